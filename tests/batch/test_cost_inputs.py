"""All that is given beside the contacts may be missing."""

from __future__ import annotations

import dataclasses

import pytest

from vocmine.batch import CostInputs


def test_nothing_need_be_given_and_nothing_is_changed_later():
    inputs = CostInputs()
    assert (inputs.model, inputs.audit, inputs.fixes) == (None, None, ())
    with pytest.raises(dataclasses.FrozenInstanceError):
        inputs.model = 1
