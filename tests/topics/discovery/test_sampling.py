from __future__ import annotations

from random import Random

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from vocmine.topics.discovery.sampling import by_content, distinct_texts


def test_each_text_comes_once_with_its_count() -> None:
    analysed = pd.DataFrame({"terms": ["返金", "画面", "返金", ""], "lang": ["ja", "ja", "ja", "en"]})
    found = distinct_texts(["返金は", "画面が", "返金は", "  "], analysed)
    assert found.columns.tolist() == ["text_clean", "terms", "lang", "n"]
    assert dict(zip(found["text_clean"], found["n"], strict=True)) == {"返金は": 2, "画面が": 1}


@given(st.lists(st.text(max_size=6), max_size=40, unique=True), st.integers(0, 40), st.randoms())
def test_the_order_of_texts_changes_no_choice(texts: list[str], most: int, random: Random) -> None:
    shuffled = random.sample(texts, len(texts))
    one, other = ([some[i] for i in by_content(some, most)] for some in (texts, shuffled))
    assert one == other and len(one) == min(most, len(texts))


def test_more_texts_only_add_to_the_choice_of_a_share() -> None:
    texts = [f"t{i}" for i in range(200)]
    fewer = {texts[i] for i in by_content(texts, 20)}
    assert fewer <= {texts[i] for i in by_content(texts, 50)}
