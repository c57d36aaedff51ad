"""No personal data that was read is left anywhere in the results."""

from __future__ import annotations

import base64
import gzip
import json
import re
import unicodedata

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from vocmine.batch import RunResult, run
from vocmine.batch.privacy import masked_values, stored_names, with_keyed_ids, with_masked_teams, with_masked_words
from vocmine.cost import CostModel
from vocmine.settings import Settings

QUIET = Settings(topics=False, chunk_rows=8)


def finish(events) -> RunResult:
    result = [event for event in events if event.result is not None]
    assert len(result) == 1
    return result[0].result


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("VOCMINE_HASH_KEY", "a key for the tests only")


SECRETS = st.tuples(
    st.sampled_from(["090-{}-{}", "080{}{}", "０７０－{}－{}", "+81 90 {} {}"]), st.integers(1000, 9999), st.integers(1000, 9999)
)


def words_in(value):
    """Give all texts of a document."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in words_in(part)]


@given(st.lists(SECRETS, min_size=1, max_size=4), st.sampled_from(["連絡先は{}です。", "（{}）まで折電希望", "{}宛に送ってほしいとのこと", "TEL:{}"]))
@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_digit_run_of_a_planted_secret_survives_anywhere(tmp_path_factory, secrets, spot):
    folder = tmp_path_factory.mktemp("secrets")
    planted = [form.format(a, b) for form, a, b in secrets]
    rows = [("1,bad date,call," + spot.format(planted[0]))]
    rows += [f"{i + 2},2026-11-21,call,料金の件。{spot.format(secret)}返金希望" for i, secret in enumerate(planted)]
    (folder / "in.csv").write_text("contact_id,created_at,channel,text\n" + "\n".join(rows), encoding="utf-8")
    finish(run([folder / "in.csv"], folder / "out", settings=QUIET))
    needles = {str(part) for _, a, b in secrets for part in (a, b)}
    for path in (folder / "out").rglob("*"):
        if path.suffix == ".parquet":
            texts = [str(value) for value in pd.read_parquet(path).to_numpy().ravel()]
        elif path.suffix in {".csv", ".json", ".html"} and path.name != "run.json":
            page = path.read_text(encoding="utf-8")
            data = re.findall(r'id="vm-data"[^>]*>([^<]+)<', page)
            texts = [re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL)]
            texts += [text for block in data for text in words_in(json.loads(gzip.decompress(base64.b64decode(block))))]
        else:
            continue
        for text in texts:
            words = set(re.findall(r"(?<![\d.])\d{4}(?![\d.%])", unicodedata.normalize("NFKC", text)))
            found = words & needles - {"2026"}
            assert not found, (path.name, len(found))


def test_what_agents_say_is_stored_masked_or_not_at_all():
    from vocmine.batch.privacy import for_storage
    from vocmine.text import analyze

    raw = pd.DataFrame({"contact_id": ["1"], "text": ["客：いつ届きますか\nOP：090-1234-5678へお電話いたします"]})
    stored = for_storage(analyze(raw), "k")
    assert stored["text"].tolist() == ["いつ届きますか"] and "[電話番号]" in stored["agent_text"].iloc[0]
    assert "090" not in str(stored.to_dict()) and stored["agent_terms"].iloc[0] != ""
    bare = raw.assign(text_clean="", terms="", lang="ja", agent_text="090-1234-5678")
    assert "agent_text" not in for_storage(bare, "k")


def test_ids_of_systems_stay_and_personal_ones_are_keyed():
    kept = ["1", "C-00012", "INC0012345", "2026-1234-5678", "202611210034", "4111111111111112", "9f1c2d3e-0000-4000-8000-123456789abc", "zendesk:123", "CASE-2026-00012", "a_b"]
    keyed = ["090-1234-5678", "09012345678", "taro@example.com", "佐藤様", "+81 90 1234 5678", "4111 1111 1111 1111"]
    ids = with_keyed_ids(pd.DataFrame({"contact_id": kept + keyed}), "a key")["contact_id"].tolist()
    assert ids[: len(kept)] == kept
    assert all(re.fullmatch("[0-9a-f]{32}", value) for value in ids[len(kept) :])
    assert with_keyed_ids(pd.DataFrame({"contact_id": ids}), "a key")["contact_id"].tolist() == ids


def test_settings_are_shown_masked_and_kept_columns_keep_apart():
    told = with_masked_words(Settings(title="佐藤様向け", unit_name="注文"))
    assert (told.title, told.unit_name) == ("[氏名]様向け", "注文")
    assert masked_values({"a": ["佐藤様", 1, None], "b": {"c": ("x",)}}) == {"a": ["[氏名]様", 1, None], "b": {"c": ["x"]}}
    names = stored_names(["備考 090-1234-5678", "備考 090-1234-5679", "理由"])
    assert len(set(names.values())) == 3 and names["理由"] == "理由"


def test_rates_of_a_team_whose_name_is_masked_still_count(tmp_path):
    rows = pd.DataFrame({"contact_id": ["1", "2"], "created_at": "2026-11-20", "channel": "call", "text": "料金の件", "handle_seconds": 60, "team": ["佐藤様 班", "一課"]})
    rows.to_csv(tmp_path / "a.csv", index=False)
    model = CostModel({"call": 10, "call/佐藤様 班": 100}, "JPY")
    finish(run([tmp_path / "a.csv"], tmp_path / "out", model=model, settings=QUIET))
    assert pd.read_csv(tmp_path / "out" / "issue_costs.csv")["cost"].sum() == pytest.approx(110)
    assert with_masked_teams(CostModel({"call": 10, "call/一課": 5}, "JPY")).rate_per_minute == {"call": 10, "call/一課": 5}
