from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons.patterns import Rules
from vocmine.classify.taxonomy.core import core_items
from vocmine.classify.taxonomy.trades import shipped_trades, trade_data, trade_named
from vocmine.errors import SettingsError
from vocmine.text import as_analysed

TRADES = [trade.id for trade in shipped_trades() if trade.id != "default"]
SENTENCES = yaml.safe_load(Path(__file__).with_name("trade_sentences.yaml").read_text(encoding="utf-8"))
LEAST_RIGHT = 0.85  # of sentences that are no examples
LEAST_EXAMPLES_RIGHT = 0.96


@lru_cache(maxsize=16)
def _made(trade):
    return ReasonClassifier(Taxonomy.for_trade(trade))


def test_there_are_ten_lists_and_the_default_one():
    assert TRADES == ["appliances", "bank_card", "food_delivery", "games_apps", "health", "insurance", "public_office",
                      "saas", "travel_hotel", "utilities"]
    table = Taxonomy.trades()
    assert list(table.columns) == ["trade", "name_ja", "name_en", "n_reasons"] and table["trade"][0] == "default"
    assert table["n_reasons"].between(20, 40).all()


@pytest.mark.parametrize("trade", TRADES)
def test_each_reason_of_a_list_is_whole(trade):
    taxonomy = Taxonomy.for_trade(trade)
    assert taxonomy.trade == trade
    own = [taxonomy[leaf] for leaf in taxonomy.leaves if leaf not in core_items()]
    assert len(own) >= 12 and len(taxonomy.leaves) - len(own) >= 8
    for reason in own:
        assert set(reason.names) == set(reason.descriptions) == set(reason.examples) == {"ja", "en"}, reason.id
        assert len(reason.examples["ja"]) >= 6 and len(reason.examples["en"]) >= 4, reason.id
        assert reason.patterns or reason.hints, reason.id
        assert reason.demand in {"value", "failure"} and reason.team and reason.parent, reason.id
        assert len(reason.name("ja")) <= 20, reason.id
    for group in (reason for reason in taxonomy.reasons if reason.parent is None):
        assert set(group.names) == {"ja", "en"}, group.id
    texts = [text for leaf in taxonomy.leaves for part in taxonomy[leaf].examples.values() for text in part]
    assert len(set(texts)) == len(texts)


def test_shared_reasons_are_the_same_in_all_lists():
    default = Taxonomy.default()
    for trade in TRADES:
        taxonomy = Taxonomy.for_trade(trade)
        for leaf in (leaf for leaf in taxonomy.leaves if leaf in core_items()):
            mine, theirs = taxonomy[leaf], default[leaf]
            assert (mine.names, mine.parent, mine.demand) == (theirs.names, theirs.parent, theirs.demand)
            assert mine.patterns[: len(theirs.patterns)] == theirs.patterns
        assert {"service.waiting", "service.attitude", "service.praise", "account.login"} <= set(taxonomy.leaves)


def test_an_own_id_of_two_lists_means_the_same():
    seen = {}
    for trade in TRADES:
        for reason in Taxonomy.for_trade(trade).reasons:
            kept = seen.setdefault(reason.id, reason)
            assert (kept.names, kept.demand) == (reason.names, reason.demand), (trade, reason.id)


@pytest.mark.parametrize("trade", TRADES)
def test_sentences_that_are_no_examples_are_named_right(trade):
    rows = [(text, reason) for reason, texts in SENTENCES[trade].items() for text in texts]
    taxonomy = Taxonomy.for_trade(trade)
    assert {reason for _, reason in rows} >= {leaf for leaf in taxonomy.leaves if leaf not in core_items()}
    examples = {text for leaf in taxonomy.leaves for part in taxonomy[leaf].examples.values() for text in part}
    assert not examples & {text for text, _ in rows}
    said = _made(trade).predict([text for text, _ in rows])
    right = [reason == got for (_, reason), got in zip(rows, said, strict=True)]
    wrong = [(text, reason, got) for (text, reason), got in zip(rows, said, strict=True) if reason != got]
    assert sum(right) / len(right) >= LEAST_RIGHT, wrong


@pytest.mark.parametrize("trade", TRADES)
def test_examples_are_named_by_their_own_reason(trade):
    taxonomy = Taxonomy.for_trade(trade)
    rows = [(text, leaf) for leaf in taxonomy.leaves for part in taxonomy[leaf].examples.values() for text in part]
    said = _made(trade).predict([text for text, _ in rows])
    wrong = [(text, leaf, got) for (text, leaf), got in zip(rows, said, strict=True) if leaf != got]
    assert 1 - len(wrong) / len(rows) >= LEAST_EXAMPLES_RIGHT, wrong


@pytest.mark.parametrize("trade", TRADES)
def test_patterns_of_a_list_rarely_match_examples_of_another_reason(trade):
    taxonomy = Taxonomy.for_trade(trade)
    rows = [(text, leaf) for leaf in taxonomy.leaves for part in taxonomy[leaf].examples.values() for text in part]
    found = Rules(taxonomy, taxonomy.leaves).find(as_analysed([text for text, _ in rows])["text_clean"].tolist())
    wrong = [(rows[row], taxonomy.leaves[n]) for row, n in found if taxonomy.leaves[n] != rows[row][1]]
    assert len(wrong) / len(rows) <= 0.12, wrong


@pytest.mark.parametrize(
    ("word", "trade"),
    [("hotel", "travel_hotel"), ("Travel-Hotel", "travel_hotel"), ("旅館", "travel_hotel"), ("銀行", "bank_card"),
     ("bank", "bank_card"), ("game", "games_apps"), ("電気", "utilities"), ("市役所", "public_office"),
     ("default", "default"), ("telecom", "default"), ("医療・健康", "health")],
)
def test_a_trade_goes_by_several_names(word, trade):
    assert trade_named(word).id == trade


def test_no_word_means_two_trades():
    words = [word for trade in shipped_trades() for word in {trade.id, *trade.names.values(), *trade.also}]
    assert len(words) == len(set(words))


def test_an_unknown_trade_is_an_error_with_the_nearest():
    with pytest.raises(SettingsError, match="did you mean travel_hotel"):
        Taxonomy.for_trade("hotell")
    with pytest.raises(SettingsError, match="vocmine trades"):
        Taxonomy.for_trade("xyzxyz")
    with pytest.raises(SettingsError, match="ja, en or None"):
        Taxonomy.for_trade("hotel", "fr")


def test_a_list_survives_being_written_down():
    taxonomy = Taxonomy.for_trade("saas")
    assert Taxonomy.from_dict(taxonomy.to_dict()) == taxonomy
    assert Taxonomy.for_trade("default") is Taxonomy.default() and Taxonomy.default().trade == ""
    assert set(Taxonomy.for_trade("saas", "ja")["data.import"].examples) == {"ja"}


def test_the_file_is_what_a_user_may_start_from():
    data = trade_data(trade_named("health"))
    assert Taxonomy.from_dict(data) == Taxonomy.for_trade("health")
