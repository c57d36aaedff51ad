"""The brief as Markdown: what customers wrote is text, no mention, no link; golden in both languages."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocmine.errors import SettingsError
from vocmine.report.brief.markdown import escaped

GOLDEN = Path(__file__).parents[1] / "golden"


def written(report, tmp_path):
    report.to_brief(tmp_path / "brief.md")
    return (tmp_path / "brief.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_words_are_the_golden_ones(full_report, lang, tmp_path):
    text = written(full_report(lang), tmp_path)
    path = GOLDEN / f"brief_{lang}.md"
    if os.environ.get("VOCMINE_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hostile_words_are_no_markup(hostile_report, lang, tmp_path):
    text = written(hostile_report(lang), tmp_path)
    body = re.sub(r"(?m)^    .*$", "", text)
    assert not re.search(r"(?<!\\)<", body) and not re.search(r"(?<!\\)\[", body) and not re.search(r"(?<!\\)`", body)
    assert not re.search(r"@\w", body) and not re.search(r"https?:/", body) and "evil.example" not in body and "ABC-34" not in body
    assert not re.search(r"#\d", body)


@pytest.mark.parametrize(("text", "safe"), [
    ("1. first", "1\\. first"), ("- item", "\\- item"), ("+81", "+81"), ("+ a", "\\+ a"), ("===", "\\==="), ("# head", "\\# head"), ("a | b", "a \\| b"),
    ("![x](y)", "\\!\\[x\\](y)"), ("&lt;", "\\&lt;"), ("$x$", "\\$x\\$"), ("~~a~~", "\\~\\~a\\~\\~"), ("a\nb", "a b"), ("12.1万円", "12.1万円"), ("reasons.yaml", "reasons.yaml"),
])
def test_each_sign_that_means_something_is_escaped(text, safe):
    assert escaped(text) == safe


@given(st.text(max_size=80))
def test_any_text_reads_as_it_is(text):
    """Without the escapes and what has no width, it is the text."""
    plain = re.sub(r"\\([\\`*_{}\[\]<>#|~$^!&+=\-.)])", r"\1", escaped(text)).replace("\u200b", "")
    assert plain == " ".join(text.split()).replace("\u200b", "")
    assert not re.search(r"@\w", escaped(text))


def test_another_suffix_is_refused(full_report, tmp_path):
    with pytest.raises(SettingsError, match="a page or Markdown"):
        full_report().to_brief(tmp_path / "brief.pdf")
    assert not list(tmp_path.iterdir())
