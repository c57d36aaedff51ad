"""Secrets planted in every corner of what a run is given: none is found in anything that it leaves or says."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import yaml
from typer.testing import CliRunner

from vocmine.cli import app, spread
from vocmine.errors import VocmineError

RUNNER = CliRunner()
KEY = "a key for the tests only"
TEXTS = {
    "ja": ["料金が二重に請求された。返金してほしい", "アプリが落ちて困る", "荷物が届かない", "パスワードを忘れた", "解約したい"],
    "en": ["I was charged twice, please refund me", "The app keeps crashing", "My parcel has not arrived", "I forgot my password", "I want to cancel"],
}
# what a text may hold, and what of it must not be seen anywhere: digits, or a part that nothing else has
IN_TEXTS = {
    "ja": [
        ("折り返しは090-7301-4401まで", "7301"), ("折り返しは０９０－７３０２－４４０２まで", "7302"), ("携帯は090 7303 4403です", "7303"),
        ("電話は０９０ ７３０４ ４４０４です", "7304"), ("電話番号は0 9 0 7 3 0 5 4 4 0 5です", "7 3 0 5"), ("電話は〇九〇ー七三〇六ー四四〇六です", "七三〇六"),
        ("連絡先は taro7307 (at) example.com です", "taro7307"), ("メールはtaro7308＠example．co．jpまで", "taro7308"), ("taro7309アットマークexample.comへ", "taro7309"),
        ("電話は090-\n7310-4410です", "7310"), ("カードは4111 1111\n1111 1111で払った", "1111 1111"), ("客：電話は090-7311-\n客：4411です\nOP：承りました", "7311"),
        ("客：番号は090-7312-4412です\nOP：090-7313-4413ですね", "7312"), ("OP：お名前は\n客：久保田美咲です\nOP：久保田様ですね", "久保田"),
        ("契約者の久我山様より入電", "久我山"), ("東京都港区芝公園4丁目7314番8号に送って", "7314"), ("〒731-5441に届かない", "731-5441"), ("&#48;&#57;&#48;-7316-4416へ", "7316"),
        ("090<b>-7317-</b>4417に電話", "7317"), ("090\u200b-7318\u200b-4418に電話", "7318"), ("電話は(090)7319-4419", "7319"), ("+81 90 7320 4420へ", "7320"),
    ],
    "en": [
        ("call me at 415-555-7401 please", "7401"), ("my mail is jane7402 (at) example.com thanks", "jane7402"), ("write to jane7403 at example dot com", "jane7403"),
        ("my card is 4111 1111\n1111 1111", "1111 1111"), ("my ssn is 733-47-7405", "7405"), ("Customer: my name is Wilhelmina Harding\nAgent: Thanks Wilhelmina", "Wilhelmina"),
        ("Ship to 7407 Maple Street, Springfield please", "7407"), ("my number is ４１５－５５５－７４０８", "7408"), ("reach me on +44 20 7946 7409", "7409"), ("call 415-555-\n7410", "555"),
    ],
}
# one of its own for each other corner
CORNERS = {
    "contact_id": ("090-8101-5501", "8101"), "customer_id": ("090-8102-5502", "8102"), "agent_id": ("agent8103@example.com", "agent8103"),
    "team": ("080-8104-5504 班", "8104"), "product": ("プラン hanako8105@example.com", "hanako8105"), "product_version": ("1.0 090-8106-5506", "8106"),
    "url": ("https://example.com/u?mail=ken8107@example.com&token=abc8107x", "8107"), "plan": ("090-8108-5508プラン", "8108"), "segment": ("法人 taro8109@example.com", "taro8109"),
    "agent_code": ("料金 > 090-8110-5510", "8110"), "kept": ("備考 090-8111-5511 まで", "8111"), "left": ("不要 090-8112-5512", "8112"), "nps_comment": ("鎌倉様 090-8113-5513", "8113"),
}


def corner_rows(lang: str) -> pd.DataFrame:
    """Some forty contacts: a secret in each text, and in each other column of one of them."""
    said = [f"{TEXTS[lang][i % 5]} {told}" if ":" not in told and "：" not in told else told for i, (told, _) in enumerate(IN_TEXTS[lang])]
    said += [TEXTS[lang][i % 5] + f" その{i}" * (lang == "ja") for i in range(18)]
    n = len(said)
    rows = pd.DataFrame({
        "contact_id": [f"c{i:03d}" for i in range(n)], "created_at": [f"2026-11-{20 + i % 3} 10:{i % 60:02d}" for i in range(n)],
        "channel": "call", "text": said, "handle_seconds": 300, "customer_id": [f"u{i // 2}" for i in range(n)], "agent_id": "a1",
        "team": "一課", "product": "アプリ", "product_version": "1.0", "url": "", "plan": "標準", "segment": "個人", "agent_code": "料金 > 請求", "kept": "備考", "left": "", "nps_comment": "",
    })
    for i, (column, (secret, _)) in enumerate(CORNERS.items()):
        rows.loc[n - 1 - i, column] = secret
    bad = rows.iloc[[0, 0, 0, 0]].assign(contact_id=["b1", "b2", "b3 090-8120-5520", "b4"])
    bad["created_at"] = ["昨日 090-8121-5521", "2026-11-20", "2026-11-20", "2026-11-20"]
    bad["channel"] = ["call", "鳩 090-8122-5522", "call", "call"]
    bad["text"] = ["本文", "本文", "", "本文"]
    bad["handle_seconds"] = ["300", "300", "300", "長い 090-8123-5523"]
    rows = pd.concat([rows.astype(object), bad.astype(object)], ignore_index=True)
    return rows.rename(columns={"nps_comment": "NPSの理由 090-8114-5514"})


def found_texts(path: Path) -> list[str]:
    """Give all that stands in a file, unpacked."""
    if path.suffix == ".parquet":
        table = pd.read_parquet(path)
        return [" ".join(map(str, table.columns)), *(str(value) for value in table.to_numpy().ravel())]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return [re.sub(r"<[^>]+>", "\n", book.read(name).decode("utf-8", "replace")) for name in book.namelist()]
    if path.suffix in (".npz", ".npy", ".skops"):
        return [path.read_bytes().decode("utf-8", "replace"), path.read_bytes().decode("utf-32-le", "replace")]
    page = path.read_text(encoding="utf-8", errors="replace")
    packed = [gzip.decompress(base64.b64decode(block)).decode("utf-8") for block in re.findall(r'data-encoding="gzip-base64"[^>]*>([^<]+)<', page)]
    told = [json.dumps(json.loads(block), ensure_ascii=False) for block in packed]
    if path.suffix == ".html":
        page = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    if path.suffix == ".json":
        page += json.dumps(json.loads(page), ensure_ascii=False)
    return [page, *told]


def leaks(folder: Path, needles: dict[str, str], said: dict[str, str]) -> list[str]:
    """List where a needle is found: in the name of a file, in it, or in what the command said."""
    out = []
    texts = {**said, **{f"name of {path.name}": [str(path.relative_to(folder))] for path in folder.rglob("*")}}
    texts |= {str(path.relative_to(folder)): found_texts(path) for path in folder.rglob("*") if path.is_file() and path.name != ".hash_key"}
    for where, parts in texts.items():
        whole = "\n".join([parts] if isinstance(parts, str) else parts)
        for corner, needle in needles.items():
            pattern = rf"(?<![\d.]){needle}(?![\d.%])" if needle.isdigit() else re.escape(needle)
            if (hit := re.search(pattern, whole)) is not None:
                out.append(f"{corner} in {where}: …{whole[max(0, hit.start() - 60) : hit.end() + 30]!r}")
    return out


def needles_of(lang: str) -> dict[str, str]:
    texts = {f"text {needle}": needle for _, needle in IN_TEXTS[lang]}
    return texts | {corner: needle for corner, (_, needle) in CORNERS.items()} | {f"bad {n}": n for n in ("8120", "8121", "8122", "8123")} | GIVEN


# what is given beside the contacts
GIVEN = {
    "header": "8114", "file": "8115", "person of file": "鈴木", "example": "8130", "name of reason": "taro8131", "description": "8132", "note of fix": "8133", "title": "8134", "unit": "8135",
    "team of reason": "8136", "issue of fix": "8137", "query": "8138", "code": "8139", "person": "8140", "plan of person": "8141", "segment of person": "taro8142",
}


def write_inputs(home: Path, lang: str) -> list[str]:
    """Write contacts and all that a run may be given, with a secret in each; give the words of the command."""
    contacts = home / "鈴木様_090-8115-5515.csv"
    corner_rows(lang).to_csv(contacts, index=False)
    examples = {"ja": ["請求が二重だ 090-8130-5530", "料金が高い"], "en": ["charged twice"]}
    reasons = [
        {"id": "billing", "name": {"ja": "料金", "en": "Billing"}, "examples": examples},
        {"id": "app", "name": {"ja": "アプリの不具合 taro8131@example.com", "en": "App taro8131@example.com"}, "examples": {"ja": ["アプリが落ちる"], "en": ["app crashes"]},
         "description": {"ja": "説明 090-8132-5532"}, "team": "080-8136-5536課"},
        {"id": "ship", "name": {"ja": "配送", "en": "Shipping"}, "examples": {"ja": ["荷物が届かない"], "en": ["parcel not arrived"]}},
    ]
    fixes = [{"issue": "billing", "fixed_at": "2026-11-21", "note": "久保様に依頼 090-8133-5533"}, {"issue": "直した 090-8137-5537", "fixed_at": "2026-11-21"}]
    codes = {"料金 > 請求": "billing", "料金 > 090-8110-5510": "billing", "他 090-8139-5539": "ignore"}
    people = pd.DataFrame({"customer_id": ["u1", "u2"], "phone": ["090-8140-5540", "090-8140-5541"], "plan": ["090-8141-5541の人", "標準"], "segment": ["個人", "taro8142@example.com"]})
    people.to_csv(home / "people.csv", index=False)
    chosen = {
        "title": "高橋様向け 090-8134-5534", "unit_name": "件 090-8135-5535", "units": {"2026-11": 1000.0}, "keep_columns": ["kept", "NPSの理由 090-8114-5514"], "query": "select 1 -- 090-8138-5538",
    }
    written = {"taxonomy": {"reasons": reasons}, "fixes": {"fixes": fixes}, "codes": {"code_mapping": codes}, "costs": {"currency": "JPY", "rate_per_minute": {"call": 60, "chat": 50}},
               "settings": {**chosen, "fixes": str(home / "fixes.yaml")}}
    for name, value in written.items():
        (home / f"{name}.yaml").write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    options = ("--taxonomy", "taxonomy.yaml"), ("--costs", "costs.yaml"), ("--settings", "settings.yaml"), ("--codes", "codes.yaml"), ("--customers", "people.csv")
    return ["run", "--contacts", str(contacts), "--out", str(home / "out"), "--lang", lang, *(word for option, file in options for word in (option, str(home / file)))]


def vocmine(words: list[str], caplog: pytest.LogCaptureFixture) -> tuple[int, str]:
    """Run a command; give its exit code and all that it says: out, err, logs and the message of an error."""
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        result = RUNNER.invoke(app, spread(words))
    error = result.exception if not isinstance(result.exception, SystemExit | None) else ""
    if error and not isinstance(error, VocmineError):
        raise error
    return result.exit_code, f"{result.output}\n{caplog.text}\n{error or ''}"


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("VOCMINE_HASH_KEY", KEY)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_secret_of_any_corner_is_left_or_said(tmp_path, caplog, lang):
    words = write_inputs(tmp_path, lang)
    code, said = vocmine(words, caplog)
    assert code == 3, said  # done, some rows rejected
    out = tmp_path / "out"
    assert leaks(out, needles_of(lang), {"said": said}) == []
    more = [["report", "--out", str(out), "--lang", {"ja": "en", "en": "ja"}[lang], "--settings", str(tmp_path / "settings.yaml"), "--each", "team"],
            ["audit", "--out", str(out), "--n", "20", "--to", str(out / "audit.csv")], ["suggest", "--out", str(out), "--n", "20", "--to", str(out / "suggest.csv")]]
    told = {" ".join(words[:1]): vocmine(words, caplog) for words in more}
    assert {name: code for name, (code, _) in told.items()} == dict.fromkeys(told, 0), told
    assert leaks(out, needles_of(lang), {name: said for name, (_, said) in told.items()}) == []


def test_the_search_finds_what_is_planted(tmp_path):
    """The test above could not fail otherwise."""
    write_inputs(tmp_path, "ja")
    found = {line.partition(" in ")[0] for line in leaks(tmp_path, needles_of("ja"), {})}
    assert found >= {*CORNERS, "header", "file", "person of file", "example", "title", "code", "text 久我山", "text 七三〇六"}
    page = base64.b64encode(gzip.compress(json.dumps(["電話 8199"]).encode())).decode()
    (tmp_path / "page.html").write_text(f'<script id="vm-data" data-encoding="gzip-base64">{page}</script>', encoding="utf-8")
    assert [line.partition(":")[0] for line in leaks(tmp_path, {"packed": "8199"}, {})] == ["packed in page.html"]


def test_ids_that_are_personal_are_keyed_and_stay_one_contact(tmp_path, caplog):
    rows = pd.DataFrame({"contact_id": ["090-8150-5550", "taro8151@example.com", "C-001", "2026-1234-5678"], "created_at": "2026-11-20", "channel": "call", "text": "料金の件"})
    for _ in range(2):
        rows.to_csv(tmp_path / "a.csv", index=False)
        code, said = vocmine(["run", "--contacts", str(tmp_path / "a.csv"), "--out", str(tmp_path / "out")], caplog)
        assert code == 0, said
    stored = pd.read_parquet(tmp_path / "out" / "contacts" / "2026-11-20.parquet")
    assert len(stored) == 4
    assert set(stored["contact_id"]) > {"C-001", "2026-1234-5678"}
    assert leaks(tmp_path / "out", {"phone": "8150", "mail": "taro8151"}, {"said": said}) == []


def test_speakers_sheets_and_labels(tmp_path, caplog):
    talk = "佐々岡様 090-8160-5560: 届きません\n担当 090-8161-5561: お調べします\n佐々岡様 090-8160-5560: 急いで"
    rows = pd.DataFrame({"id": [f"c{i}" for i in range(24)], "日時": "2026-11-20", "チャネル": "電話", "本文": [talk, *(f"{TEXTS['ja'][i % 3]} {i}" for i in range(23))],
                         "佐々岡様の 090-8163-5563 メモ": "あ", "ラベル": ["料金 090-8164-5564", "配送"] * 12})
    with pd.ExcelWriter(tmp_path / "in.xlsx") as book:
        rows.to_excel(book, sheet_name="佐々岡様 090-8162-5562", index=False)
    needles = {"speaker": "8160", "agent": "8161", "sheet": "8162", "header": "8163", "label": "8164", "name": "佐々岡"}
    code, said = vocmine(["run", "--contacts", str(tmp_path / "in.xlsx"), "--out", str(tmp_path / "out")], caplog)
    assert code == 0, said
    assert leaks(tmp_path / "out", needles, {"said": said}) == []
    code, said = vocmine(["fit", "--contacts", str(tmp_path / "in.xlsx"), "--label", "ラベル", "--out", str(tmp_path / "model")], caplog)
    assert code == 0, said
    assert leaks(tmp_path / "model", needles, {"said": said}) == []


WRONG = {  # a file or an option with a secret in the bad value
    "settings.yaml unknown key": ("settings.yaml", "090-8170-5570: 1\n"), "settings.yaml wrong value": ("settings.yaml", "period_days: 090-8170-5570\n"),
    "settings.yaml no mapping": ("settings.yaml", "- 090-8170-5570\n"), "settings.yaml broken": ("settings.yaml", "title: '090-8170-5570\n"), "settings.yaml zone": ("settings.yaml", "timezone: 090-8170-5570\n"),
    "settings.yaml target": ("settings.yaml", "targets:\n  090-8170-5570: 1\n"), "settings.yaml encoding": ("settings.yaml", "encoding: 090-8170-5570\n"), "settings.yaml twice": ("settings.yaml", "a 090-8170-5570: 1\na 090-8170-5570: 2\n"),
    "settings.yaml trade": ("settings.yaml", "trade: 090-8170-5570\n"), "settings.yaml customers": ("settings.yaml", "customers: 090-8170-5570.csv\n"), "settings.yaml fixes": ("settings.yaml", "fixes: 090-8170-5570.yaml\n"),
    "mapping.yaml unknown": ("mapping.yaml", "090-8170-5570: nothing\n"), "mapping.yaml target": ("mapping.yaml", "本文: 090-8170-5570\n"), "mapping.yaml speaker": ("mapping.yaml", "speakers:\n  山田 090-8170-5570: nobody\n"),
    "mapping.yaml role": ("mapping.yaml", "speakers:\n  山田: 090-8170-5570\n"), "mapping.yaml channel": ("mapping.yaml", "channels:\n  鳩: 090-8170-5570\n"),
    "taxonomy.yaml pattern": ("taxonomy.yaml", "reasons:\n- {id: a, name: あ, patterns: ['(090-8170-5570']}\n"), "taxonomy.yaml key": ("taxonomy.yaml", "reasons:\n- {id: a, name: あ, 090-8170-5570: 1}\n"),
    "taxonomy.yaml id": ("taxonomy.yaml", "reasons:\n- {id: a 090-8170-5570, name: あ}\n- {id: a 090-8170-5570, name: い}\n"), "taxonomy.yaml parent": ("taxonomy.yaml", "reasons:\n- {id: a, name: あ, parent: 090-8170-5570}\n"),
    "costs.yaml rate": ("costs.yaml", "currency: JPY\nrate_per_minute:\n  call: 090-8170-5570\n"), "costs.yaml channel": ("costs.yaml", "currency: JPY\nrate_per_minute:\n  090-8170-5570: 3\n"),
    "costs.yaml currency": ("costs.yaml", "currency: 090-8170-5570\nrate_per_minute:\n  call: 3\n"), "costs.yaml key": ("costs.yaml", "currency: JPY\n090-8170-5570: 3\n"),
    "codes.yaml id": ("codes.yaml", "code_mapping:\n  '01': 090-8170-5570\n"), "codes.yaml code": ("codes.yaml", "code_mapping:\n  '01 090-8170-5570': nothing\n"),
    "audit.csv label": ("audit.csv", "contact_id,label_tag,prob,label\nc1,a,0.5,料金 090-8170-5570\n"), "audit.csv prob": ("audit.csv", "contact_id,label_tag,prob,label\nc1,a,090-8170-5570,a\n"),
    "audit.csv date": ("audit.csv", "contact_id,label_tag,prob,label,drawn_on\nc1,a,0.5,a,昨日 090-8170-5570\n"), "audit.csv column": ("audit.csv", "contact_id,label_tag,prob,090-8170-5570\nc1,a,0.5,a\n"),
    "contacts.csv columns": ("contacts.csv", "090-8170-5570,created_at,channel\n1,2026-11-20,call\n"), "contacts.csv dates": ("contacts.csv", "contact_id,created_at,channel,text\n1,昨日 090-8170-5570,call,あ\n"),
    "contacts.csv channels": ("contacts.csv", "contact_id,created_at,channel,text\n1,2026-11-20,鳩 090-8170-5570,あ\n"), "contacts.json": ("contacts.json", '{"090-8170-5570": '), "contacts.xlsx": ("contacts.xlsx", "090-8170-5570"),
    "people.csv": ("people.csv", "名前 090-8170-5570,x\n1,2\n"),
}
OPTION = {"settings": "--settings", "mapping": "--mapping", "taxonomy": "--taxonomy", "costs": "--costs", "codes": "--codes", "audit": "--audit", "contacts": "--contacts", "people": "--customers"}


@pytest.mark.parametrize("case", WRONG)
def test_no_error_says_the_secret_in_a_bad_value(tmp_path, caplog, case):
    name, content = WRONG[case]
    (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "good.csv").write_text("contact_id,created_at,channel,text\nc1,2026-11-20,call,料金の件\n", encoding="utf-8")
    given = {"--contacts": str(tmp_path / "good.csv")} | {OPTION[name.partition(".")[0]]: str(tmp_path / name)}
    code, said = vocmine(["run", "--out", str(tmp_path / "out"), *(word for pair in given.items() for word in pair)], caplog)
    assert code != 0, said
    assert len(said.strip()) > 10
    assert leaks(tmp_path / "out", {"secret": "8170"}, {"said": said}) == []


@pytest.mark.parametrize("words", [
    ["run", "--contacts", "none 090-8171-5571.csv"], ["run", "--contacts", "none 090-8171-5571.sqlite"], ["run", "--contacts", "sqlite:///none.db", "--settings", "query.yaml"], ["run", "--contacts", "good.csv", "--trade", "090-8171-5571"],
    ["run", "--contacts", "good.csv", "--taxonomy", "none 090-8171-5571.yaml"], ["run", "--contacts", "good.csv", "--audit", "none 090-8171-5571.csv"], ["run", "--contacts", "good.csv", "--customers", "090-8171-5571.csv"],
    ["fit", "--contacts", "good.csv", "--label", "列 090-8171-5571"], ["run", "--contacts", "http://localhost:1/090-8171-5571.csv"],
])
def test_no_error_says_the_secret_in_an_option(tmp_path, caplog, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "query.yaml").write_text("query: select * from x where phone = '090-8171-5571'\n", encoding="utf-8")
    (tmp_path / "good.csv").write_text("contact_id,created_at,channel,text\nc1,2026-11-20,call,料金の件\n", encoding="utf-8")
    code, said = vocmine([*words, "--out", "out"], caplog)
    assert code != 0, said
    assert "8171" not in said
