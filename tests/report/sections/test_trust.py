"""The part on trust: what numbers rest on, and inside of it how often tags are right."""

from __future__ import annotations

from vocmine.report.trust_notes import trust_sentences
from vocmine.report.words import Words


def test_quality_of_tags_stands_inside_of_trust(full_report):
    part = full_report("en").html.partition('<section id="trust"')[2].partition("</section>")[0]
    assert '<h3 class="sub" id="quality">How often the reasons are right</h3>' in part
    assert full_report("en").html.count('id="quality"') == 1


def test_all_sentences_on_trust_are_on_the_page(full_report):
    report = full_report("en")
    for sentence in trust_sentences(report.summary, Words("en", "JPY"), "Asia/Tokyo"):
        assert sentence in report.html.replace("&#39;", "'")
