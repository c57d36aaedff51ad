"""Words as people read them: in hot words, in the words of topics, in their names."""

from __future__ import annotations

import pytest

from vocmine.topics.naming.surface_forms import surface_form


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        ("出来る_ない", "できない"), ("分かる_にくい", "分かりにくい"), ("見る_ない", "見ない"), ("入る_ない", "入らない"), ("来る_ない", "来ない"),
        ("為る_ない", "しない"), ("有る_ない", "ない"), ("払う_ない", "払わない"), ("高い_ない", "高くない"), ("問題_ない", "問題ない"),
        ("表示_ない", "表示なし"), ("奇麗", "きれい"), ("need_not", "not need"), ("user_id", "user_id"), ("返金", "返金"), ("_ない", "_ない"), ("", ""),
    ],
)
def test_terms_as_people_write_them(term, wanted):
    assert surface_form(term) == wanted
