"""Two currencies in one column are refused, whatever the chunks; one is read as before."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import check_contacts, iter_chunks
from vocmine.contacts.currencies import AmountCurrency, currency_of
from vocmine.errors import ContactError


def rows(amounts, **more):
    n = len(amounts)
    frame = {"contact_id": [f"c{i}" for i in range(n)], "created_at": "2026-11-21", "channel": "call", "text": "返金", "cost_extra": amounts}
    return pd.DataFrame({**frame, **more})


@pytest.mark.parametrize(("amounts", "got"), [
    (["¥1,200", "$12", ""], "JPY 1, USD 1"), (["1,200円", "300", "€5"], "EUR 1, JPY 1"), (["12ドル", "12 USD", "￡3", "￥9"], "GBP 1, JPY 1, USD 2"),
])
def test_two_currencies_are_one_sentence(amounts, got):
    with pytest.raises(ContactError, match="more than one currency") as error:
        check_contacts(rows(amounts), source="notes.csv")
    assert got in str(error.value) and "notes.csv, column cost_extra" in str(error.value) and "\n" not in str(error.value)


def test_a_column_that_names_the_currency_counts_where_there_is_an_amount():
    assert len(check_contacts(rows([100, 200, None], currency=["JPY", "円", "USD"])).contacts) == 3
    with pytest.raises(ContactError, match="JPY 1, USD 1"):
        check_contacts(rows([100, 200.5, None], 通貨=["JPY", "USD", "USD"]))


@pytest.mark.parametrize("amounts", [["¥1,200", "300円", "5", None], [1.0, 2.0], ["", "x"], ["$1", "2 usd"]])
def test_one_currency_or_none_is_fine(amounts):
    assert len(check_contacts(rows(amounts)).contacts) == len(amounts)


def test_chunks_do_not_hide_the_second_currency(tmp_path):
    path = tmp_path / "a.csv"
    rows(["¥10", "20", "30", "$40"]).to_csv(path, index=False)
    for size in (1, 2, 100):
        with pytest.raises(ContactError, match="JPY 1, USD 1"):
            list(iter_chunks(path, chunk_rows=size))
    other = tmp_path / "b.csv"
    rows(["$40", "50"]).assign(contact_id=["x", "y"]).to_csv(other, index=False)
    path.write_text(path.read_text().replace("$40", "40"))
    assert sum(len(part.contacts) for part in iter_chunks([path, other])) == 6  # a source each: the cost model decides


def test_words_that_are_no_amount_show_nothing():
    assert currency_of("返金済み") == "" and currency_of("￥") == "JPY"
    AmountCurrency().check(pd.DataFrame({"text": ["$"]}), "a")
