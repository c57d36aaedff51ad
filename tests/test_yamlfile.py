"""Files that users write: every mistake with its file and line, whichever of the readers meets it."""

from __future__ import annotations

import pytest

from vocmine.classify import Taxonomy
from vocmine.contacts import ContactMapping
from vocmine.cost import CostModel, read_fixes
from vocmine.errors import SettingsError
from vocmine.settings import load_settings
from vocmine.yamlfile import nearest, read_mapping, read_yaml

READERS = {
    "settings": load_settings, "mapping": ContactMapping.of, "cost model": CostModel.from_yaml, "fixes": read_fixes,
    "taxonomy": Taxonomy.from_yaml,
}
BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcde", "bcdef", strict=True)
)


@pytest.fixture
def write(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "own.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("what", READERS)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: [2\n", r"file is not YAML; where: .*own\.yaml, line 3"),
        ("a: 1\n\tb: 2\n", r"line 2; .*indent with blanks"),
        ("a: 1\nb: 2\na: 3\n", r"line 3: the key 'a' stands in line 1 already"),
        (b"a: 1\nb: \x89\xbf\xff\n", r"file is not UTF-8; where: .*own\.yaml, line 2; save it as UTF-8"),
        (BOMB, r"too large with its aliases.*own\.yaml.*at most"),
        ("a: &a [1, *a]\n", r"holds itself; where: .*own\.yaml, line 1"),
        ("a: 2026-13-45\n", r"can't be read; where: .*own\.yaml.*put it in quotes"),
        ("a: !!python/object/apply:os.getcwd []\n", r"not YAML; where: .*own\.yaml, line 1"),
        ("[" * 5000, r"nested too deeply; where: .*own\.yaml"),
    ],
    ids=["open", "tab", "twice", "encoding", "bomb", "circle", "date", "code", "deep"],
)
def test_every_reader_says_what_is_wrong_and_where(what, text, message, write):
    with pytest.raises(SettingsError, match=message) as error:
        READERS[what](write(text))
    assert "own.yaml" in str(error.value)


@pytest.mark.parametrize("what", READERS)
def test_no_file(what, tmp_path):
    with pytest.raises(SettingsError, match=rf"there is no such {what} file; where: .*none\.yaml"):
        READERS[what](tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match=rf"the {what} file can't be read; where: "):
        READERS[what](tmp_path)


@pytest.mark.parametrize(
    ("what", "text", "message"),
    [
        ("settings", "lang: ja\nperiod_dayz: 3\n", r"own\.yaml; got: line 2: period_dayz: unknown, did you mean period_days\?; expected: lang, "),
        ("settings", "lang: ja\nlevel: 95\n", r"line 2: level: .*got 95"),
        ("mapping", "columns:\n  本文: text\n  日時: creatd_at\n", r"line 3: columns: 日時: unknown column 'creatd_at', did you mean created_at\?"),
        ("mapping", "本文: text\nchanels: {}\n", r"line 2: chanels: unknown key, did you mean channels\?"),
        ("cost model", "currency: JPY\nrate_per_minut:\n  call: 1\n", r"unknown key; .*line 2: 'rate_per_minut', did you mean 'rate_per_minute'\?; expected: rate_per_minute, "),
        ("cost model", "currency: JPY\nrate_per_minute:\n  chat: 2\n  call: -1\n", r"own\.yaml, line 4: rate_per_minute\.call; got: -1"),
        ("fixes", "fixes:\n- {issue: a, fixed_at: 2026-01-01}\n- {issue: b, fixd_at: 2026-01-01}\n", r"own\.yaml, line 3, fix 2; .*did you mean 'fixed_at'\?"),
        ("taxonomy", "reasons:\n- id: a\n  name: A\n- id: b\n  nam: B\n", r"line 5: reason 'b': unknown key 'nam', did you mean 'name'\?"),
        ("taxonomy", "reasons:\n- id: a\n  name: A\n- id: b\n  name: B\n  parent: c\n", r"line 6: reason 'b': there is no parent 'c'"),
        ("taxonomy", "reasons:\n- id: a\n  name: A\nword: {}\n", r"line 4: top level: unknown key 'word', did you mean 'words'\?"),
    ],
)
def test_wrong_keys_and_values_have_their_line_and_the_nearest_key(what, text, message, write):
    with pytest.raises(SettingsError, match=message):
        READERS[what](write(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_byte_order_mark_is_no_part_of_the_first_key(write, encoding):
    assert load_settings(write("title: 週報\n", encoding)).title == "週報"


def test_lines_and_what_stands_around_them(write):
    file = read_yaml(write("a:\n  - x\n  - {y: 1}\n2: b\ntrue: c\n"), "settings")
    assert [file.line("a"), file.line("a", 1), file.line("a", 1, "y"), file.line(2), file.line(True)] == [1, 3, 3, 4, 5]
    assert file.line("a", 9) == 1 and file.line("z") is None and file.line() is None
    assert file.place("z").endswith("own.yaml") and file.place(2).endswith("own.yaml, line 4")


def test_aliases_that_stay_small_are_fine(write):
    text = "base: &b {call: 1, chat: 2}\nother: {<<: *b, chat: 3}\nlist: [*b, *b]\n"
    assert read_mapping(write(text), "settings").value["other"] == {"call": 1, "chat": 3}


def test_an_empty_file_is_an_empty_mapping_and_a_list_is_none(write):
    assert read_mapping(write("# nothing yet\n"), "settings").value == {}
    with pytest.raises(SettingsError, match=r"the settings file is no mapping; .*got: list; expected: key: value"):
        read_mapping(write("- a\n"), "settings")


def test_nearest():
    assert nearest("chanel", ["channel", "text"]) == "channel"
    assert nearest(7, ["channel"]) is None


def test_keys_may_be_texts_as_they_stand(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("No: a\n2026: b\ninner: {on: c, ~: d}\n1: e\n1: f\n")
    file = read_yaml(path, "mapping", text_keys=True)
    assert file.value == {"No": "a", "2026": "b", "inner": {"on": "c", "~": "d"}, "1": "f"}
    assert file.line("No") == 1
    assert file.twice == ("line 5: the key '1' stands in line 4 already",)
    assert False in read_yaml(path, "mapping").value
