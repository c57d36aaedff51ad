"""Hot words: the more contacts the larger, and only clear growth is coloured."""

from __future__ import annotations

import re

import numpy as np

from vocmine.report.sections.hot_words import HotWordRecord, cloud


def test_the_size_of_a_word_never_falls_as_its_contacts_grow():
    rng = np.random.default_rng(0)
    lines = [HotWordRecord(int(n), 0.1, 1.0, 0.9, 1.0) for n in rng.integers(1, 5000, 200)]
    views = cloud(lines, [f"w{i}" for i in range(200)], most=None)
    sizes = [v.size for v in sorted(views, key=lambda v: v.n_contacts)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (1, 6)
    assert {v.size for v in cloud(lines[:1], ["a"])} == {1}


def test_only_sure_growth_is_coloured(full_report):
    page = full_report().html
    assert set(re.findall(r'hot"><bdi>(.*?)</bdi>', page)) == {"アプリ", "QR決済", "画面"}
