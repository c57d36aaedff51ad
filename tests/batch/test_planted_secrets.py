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

RUNNER = CliRunner()
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


def number(i: int) -> str:
    return f"090-{8200 + i}-5{600 + i}"


def corner_rows(lang: str) -> pd.DataFrame:
    """Some forty contacts: a secret in each text, and in each other column of one of them."""
    said = [f"{TEXTS[lang][i % 5]} {told}" if ":" not in told and "：" not in told else told for i, (told, _) in enumerate(IN_TEXTS[lang])]
    said += [TEXTS[lang][i % 5] + f" その{i}" * (lang == "ja") for i in range(18)]
    n = len(said)
    rows = pd.DataFrame({
        "contact_id": [f"c{i:03d}" for i in range(n)], "created_at": [f"2026-11-{20 + i % 3} 10:{i % 60:02d}" for i in range(n)],
        "channel": ["call", "chat"][0], "text": said, "handle_seconds": 300, "customer_id": [f"u{i // 2}" for i in range(n)], "agent_id": "a1",
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
