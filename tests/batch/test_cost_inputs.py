"""All that is given beside the contacts may be missing."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from vocmine.batch import CostInputs


def test_nothing_need_be_given_and_nothing_is_changed_later():
    inputs = CostInputs()
    assert (inputs.model, inputs.audit, inputs.fixes) == (None, None, ())
    with pytest.raises(dataclasses.FrozenInstanceError):
        inputs.model = 1


def test_what_is_given_is_named_as_the_options_are():
    audits = [object(), object()]
    assert CostInputs(model=object(), audit=audits, fixes=[object()]).given() == ("costs", "audit", "fixes")
    assert CostInputs(audit=[]).given() == ()
    assert CostInputs(audit=pd.DataFrame({"a": []})).given() == ("audit",)
