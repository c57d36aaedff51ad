"""The settings of a run: a file, what the caller changes, every mistake at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from vocmine.errors import SettingsError
from vocmine.settings import Settings, load_settings, wrong_values
from vocmine.yamlfile import YamlFile


@pytest.mark.parametrize("units", ["{2026-13: 5}", "{2026-10: 0}", "{Oct: 5}", "[1]", "{2026-10: many}"])
def test_wrong_units_are_told(tmp_path, units):
    (tmp_path / "s.yaml").write_text(f"units: {units}\n")
    with pytest.raises(SettingsError, match="wrong setting"):
        load_settings(tmp_path / "s.yaml")


def test_months_of_a_file_are_words(tmp_path):
    (tmp_path / "s.yaml").write_text("units: {2026-10: 12000}\nunit_name: orders\n")
    assert load_settings(tmp_path / "s.yaml").units == {"2026-10": 12000.0}


def test_what_the_caller_changes_wins_and_none_changes_nothing(tmp_path):
    (tmp_path / "s.yaml").write_text("lang: en\nperiod_days: 7\nkeep_columns: [shop]\n")
    settings = load_settings(tmp_path / "s.yaml", period_days=14, lang=None)
    assert (settings.lang, settings.period_days, settings.keep_columns) == ("en", 14, ("shop",))
    assert load_settings() == Settings()
    assert load_settings(seed=0, signals=False) == Settings(signals=False)


def test_all_mistakes_are_told_at_once_with_line_and_nearest_name(tmp_path):
    (tmp_path / "s.yaml").write_text("langs: ja\nlevel: 2\nmonths: many\nformat: xls\n")
    with pytest.raises(SettingsError) as error:
        load_settings(tmp_path / "s.yaml", chunk_rows=0)
    for part in ("5 wrong settings", "line 1: langs: unknown, did you mean lang?", "line 2: level: ", "(got 2)", "line 3: months: ", "line 4: format: ", "chunk_rows: "):
        assert part in str(error.value), part


@pytest.mark.parametrize(("name", "value"), [
    ("lang", "fr"), ("chunk_rows", 0), ("period_days", 0), ("period_days", 3_661), ("level", 0.5), ("level", 1), ("months", -1), ("aspect_contacts", -1), ("repeat_days", 0), ("repeat_days", 366), ("agent_contacts", 19), ("agents", "perhaps"), ("staffing_level", 1), ("staffing_seconds", -1), ("staffing_shrinkage", 1),
    ("marginal_share", 0), ("marginal_share", 1.5), ("units", {"2026-00": 1}), ("units", {"2026-10": -1}), ("format", "sql"), ("seed", "x"),
])
def test_values_out_of_their_bounds_are_refused(name, value):
    with pytest.raises(SettingsError, match=rf"1 wrong setting; where: settings; got: {name}"):
        load_settings(**{name: value})


@pytest.mark.parametrize("value", ["[https://hooks.slack.com/T0/secret]", "{url: https://hooks.slack.com/T0/secret}"])
def test_a_secret_is_never_shown(tmp_path, value):
    (tmp_path / "s.yaml").write_text(f"notify: {value}\nseed: x\n")
    with pytest.raises(SettingsError, match=r"\(got 'x'\); line 1: notify: input should be a valid string; expected") as error:
        load_settings(tmp_path / "s.yaml")
    assert "T0/secret" not in str(error.value)
    settings = Settings(notify="https://hooks.slack.com/T0/secret", notify_states=["new"])
    assert "T0/secret" not in repr(settings) and "T0/secret" not in str(settings.model_dump())
    assert load_settings(notify="https://hooks.slack.com/T0/secret", notify_states=["new"]) == settings


@pytest.mark.parametrize(("name", "value"), [("notify_format", "discord"), ("notify_states", ["open"]), ("notify_states", "new")])
def test_what_can_not_be_told_is_refused(name, value):
    with pytest.raises(SettingsError, match=rf"1 wrong setting; where: settings; got: {name}"):
        load_settings(**{name: value})


def test_keys_that_are_no_words(tmp_path):
    (tmp_path / "s.yaml").write_text("1: 2\n")
    with pytest.raises(SettingsError, match="keys must be words"):
        load_settings(tmp_path / "s.yaml")


def test_settings_never_change():
    with pytest.raises(ValidationError, match="frozen"):
        Settings().lang = "en"


def test_mistakes_of_any_model_have_their_own_noun():
    class Fix(BaseModel, extra="forbid"):
        day: int

    with pytest.raises(ValidationError) as found:
        Fix(day="x", dai=1)
    text = str(wrong_values(found.value, YamlFile("fixes.yaml", {}), ("day",), "value"))
    assert text.startswith("2 wrong values; where: fixes.yaml; got: day: ")
    assert "dai: unknown, did you mean day?" in text


@pytest.mark.parametrize(("targets", "words"), [({"csatt": 4}, "did you mean csat"), ({"fcr": 75}, "fcr must be 0 to 1"), ({"csat": float("nan")}, "csat must be 1 to 5"), ({"csat": "high"}, "number")])
def test_targets_without_meaning_are_refused_at_once(targets, words):
    with pytest.raises(SettingsError, match=words):
        load_settings(targets=targets)


def test_targets_are_kept():
    assert load_settings(targets={"csat": 4.2, "first_response_seconds": 3600}).targets == {"csat": 4.2, "first_response_seconds": 3600.0}


DOCS = Path(__file__).resolve().parents[1]
ROWS = re.findall(r"^\| `(\w+)` \| (.*?) \| (.+) \|$", (DOCS / "docs" / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_setting_stands_once_in_the_docs_and_in_the_readme():
    assert sorted(name for name, _, _ in ROWS) == sorted(Settings.model_fields)
    readme = (DOCS / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("| for | settings |") : readme.index("Days, weeks and months of a run")]
    named = {name for code in re.findall(r"`([^`]+)`", table) for name in re.findall(r"^\w+", code)}
    assert named == set(Settings.model_fields)


def test_what_the_docs_say_of_defaults_is_so():
    """A word where there is none or it is found out; else the value as YAML has it."""
    for name, said, what in ROWS:
        default = Settings.model_fields[name].default
        told = re.fullmatch(r"`(.+)`", said)
        assert what.strip()
        if told is None:
            assert default in (None, {}, ()) or said == "all", name
        else:
            assert told[1] == (str(default).lower() if isinstance(default, bool) else str(default)), name


def test_the_example_of_the_docs_is_read(tmp_path):
    text = (DOCS / "docs" / "settings.md").read_text(encoding="utf-8")
    (tmp_path / "settings.yaml").write_text(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    read = load_settings(tmp_path / "settings.yaml")
    assert read.targets["fcr"] == 0.75 and read.units["2026-10"] == 12_000 and read.staffing_shrinkage == 0.3
