"""Groups of contacts that no reason fits."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.classify.uncovered import uncovered_groups
from vocmine.errors import SettingsError


def test_groups_of_unknown_contacts_are_named_and_masked():
    parking = ["駐車場はありますか", "駐車場がありますか", "駐車場ありますか?", "駐車場はございますか", "車で行きます。駐車場はありますか"]
    pets = ["犬と泊まれますか", "犬と一緒に泊まれますか", "犬連れで泊まれますか", "ペットの犬と泊まれますか", "犬も泊まれますか。090-1234-5678まで"]
    texts = [*parking, *pets, "画面が固まる", "駐車場はありますか"]
    ids = [f"c{i:02d}" for i in range(len(texts))]
    contacts = pd.DataFrame({"contact_id": ids, "text": texts})
    labels = ["unknown"] * 11 + ["a"]
    tags = pd.DataFrame({"contact_id": ids, "label": labels, "score": 0.3})
    found = uncovered_groups(contacts, tags, min_contacts=4)
    assert len(found) == 2
    assert {name.split(" / ")[0] for name in found["name"]} <= {"駐車場", "犬", "泊まる"}
    assert "c11" not in {i for row in found["contact_ids"] for i in row}
    assert found["cohesion"].between(0.5, 1).all()
    assert "1234" not in str(found["examples"].tolist())
    shuffled = uncovered_groups(contacts.sample(frac=1, random_state=3), tags, min_contacts=4)
    pd.testing.assert_frame_equal(shuffled, found)
    assert uncovered_groups(contacts.tail(2), tags).empty
    with pytest.raises(SettingsError, match="2 or more"):
        uncovered_groups(contacts, tags, min_contacts=1)
