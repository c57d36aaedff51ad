"""What comparisons leave out is read from a frame, and told where it was left out."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.errors import SettingsError
from vocmine.report.sections.aside import Aside


def test_each_value_knows_what_it_leaves_out(made):
    aside = Aside.of(made.set_aside())
    assert bool(aside) and (aside.n("all"), aside.n("team", "A"), aside.n("team", "C")) == (71, 52, 0)
    (sentence,) = aside.sentences("team", "A", "aside_team")
    assert sentence.key == "aside_team" and {name: value for name, _, value in sentence.values} == {"incident": "i-20261014-1", "n": 52}
    assert aside.sentences("team", "C", "aside_team") == ()


def test_without_a_frame_nothing_is_left_out():
    assert not Aside.of(None) and not Aside.of(pd.DataFrame()) and Aside.of(None).n("all") == 0


def test_a_missing_column_is_named(made):
    with pytest.raises(SettingsError, match="columns are missing: n; where: set_aside"):
        Aside.of(made.set_aside().drop(columns="n"))


@pytest.mark.parametrize(("lang", "said"), [("ja", "このチームの数字は、インシデント「QR決済の画面が真っ白」の52件を除いています。"), ("en", "The figures of this team leave out 52 contacts of the incident “QR payment screen goes white”.")])
def test_a_finding_on_a_team_says_what_it_leaves_out(centre, made, lang, said):
    from vocmine.report import Extras, build_report

    answers = pd.DataFrame(
        {"reason": ["technical.app_crash"], "team": ["A"], "kind": ["unsolved"], "word": [""], "n": [40], "share": [0.6], "expected": [0.3], "difference": [0.3], "low": [0.1], "high": [0.5]}
    )
    extras = Extras(journeys={**made.journeys(), "answers": answers}, set_aside=made.set_aside(), incidents=made.incidents())
    page = build_report(centre.contacts, centre.tags, centre.costs, lang, extras=extras).html
    assert f'{said} <a class="mark" href="#incident-i-20261014-1"' in page
    extras = Extras(journeys={**made.journeys(), "answers": answers})
    assert said not in build_report(centre.contacts, centre.tags, centre.costs, lang, extras=extras).html
