"""Contacts whose code is likely wrong: sure, rare, and about nothing that the code says."""

from __future__ import annotations

import pandas as pd

from vocmine.audits import apply_codes, likely_wrong_codes
from vocmine.audits.codes.mapping import CodeMapping

TABLE = {"01": "refund", "02": "login", "その他": "read_anew"}


def codes_of(n, wrong, make_tags, **more):
    """n contacts of code 01 about refunds, of which the first ones are surely about the login."""
    contacts = pd.DataFrame({"contact_id": [f"c{i:03d}" for i in range(n)], "agent_code": "01", "text": "x"})
    tags = make_tags([(f"c{i:03d}", "reason", "login" if i < wrong else "refund", 0.97) for i in range(n)])
    return contacts, tags.assign(**more)


def test_a_slip_is_named_with_its_words(make_tags):
    contacts, tags = codes_of(40, 1, make_tags)
    found = likely_wrong_codes(contacts, tags, TABLE)
    assert found.values.tolist() == [["c000", "01", "refund", "login", 0.97, "「login」"]]
    pd.testing.assert_frame_equal(likely_wrong_codes(contacts, apply_codes(contacts, tags, CodeMapping.of(TABLE)), TABLE), found)


def test_what_many_contacts_of_a_code_are_read_as_is_no_slip(make_tags):
    assert likely_wrong_codes(*codes_of(40, 4, make_tags), TABLE).empty


def test_unsure_or_without_words_or_other_is_not_named(make_tags):
    assert likely_wrong_codes(*codes_of(40, 1, make_tags, score=0.9), TABLE).empty
    assert likely_wrong_codes(*codes_of(40, 1, make_tags, evidence=""), TABLE).empty
    contacts, tags = codes_of(40, 1, make_tags)
    assert likely_wrong_codes(contacts.assign(agent_code="その他"), tags, TABLE).empty


def test_a_sentence_about_the_code_clears_it(make_tags):
    contacts, tags = codes_of(40, 1, make_tags)
    seen = []

    def look_again(asked):
        seen.extend(asked["contact_id"])
        return make_tags([("c000", "candidate", "refund", 0.3), ("c000", "reason", "login", 0.97)])

    assert likely_wrong_codes(contacts, tags, TABLE, look_again=look_again).empty and seen == ["c000"]
    assert len(likely_wrong_codes(contacts, tags, TABLE, look_again=lambda asked: make_tags([("c000", "candidate", "refund", 0.001)]))) == 1
