"""Cutting a sentence out of a long text keeps its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vocmine.report.quotes import excerpt


def test_quotes_are_verbatim_masked_and_shown_once(full_report, centre):
    texts = set(centre.contacts.text_clean)
    report = full_report()
    quotes = [q for part in report.evidence.quotes.values() for q in part]
    assert quotes
    assert all(q.text in texts for q in quotes)
    by_id = centre.contacts.set_index("contact_id").text_clean
    assert all(by_id[q.contact_id] == q.text for q in quotes)
    assert all(len({q.text for q in part}) == len(part) for part in report.evidence.quotes.values())
    english = full_report("en").evidence.quotes["account.login"][0]
    assert english.text == "I still cannot log in after the reset."


@given(st.text(alphabet="あ亜a 。.!？\n", max_size=400), st.text(alphabet="あa 亜", max_size=8), st.integers(20, 120))
def test_an_excerpt_is_part_of_the_text(text, evidence, longest):
    cut = excerpt(text, evidence, longest)
    assert cut.strip("…") in " ".join(text.split())
    assert len(cut) <= longest + 2


def test_the_sentence_with_the_evidence_is_shown():
    text = "いつもお世話になっております。" * 8 + "先月の請求が二重です。" + "ご確認をお願いいたします。" * 8
    assert "先月の請求が二重です。" in excerpt(text, "二重 請求", longest=40)


def test_a_text_without_sentence_ends_is_cut():
    cut = excerpt("あ" * 500, longest=50)
    assert len(cut) == 50
    assert cut.endswith("…")


def test_a_mask_is_never_cut_in_half():
    for longest in range(20, 40):
        cut = excerpt("返金先の口座は[口座番号]で名義は[氏名]です、連絡先は[電話番号]になりますので" * 3, longest=longest)
        assert cut.count("[") == cut.count("]")
