"""The customers of a run: read from the settings, counted, named by what they know."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.batch.customer_links import Linking
from vocmine.contacts.customers import read_customers
from vocmine.errors import ContactError
from vocmine.settings import Settings


def table(path, text):
    path.write_text(text, encoding="utf-8")
    return Settings(customers=str(path))


def test_without_a_table_there_is_nothing_to_link():
    assert Linking.of(Settings()) is None


def test_linked_contacts_and_doubts_are_counted(tmp_path):
    linking = Linking.of(table(tmp_path / "c.csv", "顧客ID,メール,備考\n1,a@example.jp,x\n2,b@example.jp,y\n"))
    contacts = pd.DataFrame({"contact_id": ["p", "q", "r"], "customer_id": ["1", "1", "5"], "email": ["", "b@example.jp", ""]})
    linking.link(contacts)
    linking.link(contacts.iloc[:0])
    counts = linking.counts()
    assert (counts["people"], counts["linked"]) == (2, 2)  # q is in doubt and keeps the id it came with
    assert [doubt.split(":")[0] for doubt in counts["doubts"]] == [
        "columns of the customer table that were not used",
        "1 contacts have an id, e-mail address or phone number of one customer and another of a second one; they are linked to neither",
    ]


def test_a_mapping_and_the_zone_of_the_settings_are_used(tmp_path):
    (tmp_path / "names.yaml").write_text("番号: customer_id\n開始: customer_since\n", encoding="utf-8")
    chosen = table(tmp_path / "c.csv", "番号,開始\n1,2026-01-01\n")
    chosen = chosen.model_copy(update={"customer_mapping": str(tmp_path / "names.yaml"), "timezone": "UTC"})
    people = Linking.of(chosen).customers.people
    assert people["customer_since"].tolist() == [pd.Timestamp("2026-01-01", tz="UTC")]


def test_other_knowledge_has_another_name():
    one = pd.DataFrame({"顧客ID": ["1"], "プラン": ["S"]})
    names = {Linking(read_customers(frame)).digest() for frame in (one, one.assign(プラン="M"), one.assign(顧客ID="2"), one.copy())}
    assert len(names) == 3


def test_a_missing_table_is_an_error():
    with pytest.raises(ContactError, match="no such file"):
        Linking.of(Settings(customers="none.csv"))
