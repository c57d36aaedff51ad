"""Posts and their reposts."""

from __future__ import annotations

import pandas as pd

from vocmine.contacts import read_contacts
from vocmine.contacts.adapters.social import fold_posts


def posts_of(*rows):
    return pd.DataFrame(rows, columns=["contact_id", "created_at", "text", "reach", "repost_of"])


def test_reposts_are_folded_and_reach_is_kept():
    posts = posts_of(
        ("3", "2026-11-23", "RT @a: 新しいアプリがまったく起動しなくて本当に困っている https://t.example/x", 30, None),
        ("1", "2026-11-21", "新しいアプリがまったく起動しなくて本当に困っている", 10, None),
        ("4", "2026-11-24", "RT @b: 新しいアプリがまったく起動しなくて本当に困…", 5, None),
        ("2", "2026-11-22", "", 7, "1"), ("5", "2026-11-24", "なにか", 1, "2"), ("6", "2026-11-25", "別の投稿", None, None),
        ("7", "2026-11-25", "消えた元", 2, "999"), ("8", "2026-11-26", "消えた元", 3, "999"),
    )
    folded = fold_posts(posts)
    assert folded["contact_id"].tolist() == ["1", "6", "7"]
    assert folded["n_posts"].tolist() == [5, 1, 2]
    assert folded["reach"].sum() == posts["reach"].sum() and folded["reach"].isna().tolist() == [False, True, False]
    shuffled = fold_posts(posts.sample(frac=1, random_state=3))
    assert sorted(shuffled["contact_id"]) == ["1", "6", "7"]


def test_rings_of_reposts_end():
    ring = posts_of(("1", "2026-11-21", "a", 1, "2"), ("2", "2026-11-21", "b", 1, "3"), ("3", "2026-11-21", "c", 1, "1"), ("4", "2026-11-21", "d", 1, "1"))
    assert fold_posts(ring)["n_posts"].sum() == 4


def test_the_same_words_are_two_posts():
    assert len(fold_posts(posts_of(("1", "2026-11-21", "困る", 1, None), ("2", "2026-11-21", "困る", 1, None)))) == 2


def test_posts_from_a_frame():
    posts = pd.DataFrame({"tweet_id": [1, 2], "date": "2026-11-21", "tweet": ["つながらない", "RT @a: つながらない"], "impressions": [1, 2]})
    contacts = read_contacts(posts, format="social")
    assert contacts[["contact_id", "channel", "reach", "n_posts"]].values.tolist() == [["1", "social", 3.0, 2]]
    assert contacts["is_public"].tolist() == [True]
