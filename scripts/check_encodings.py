"""Count how files in 12 encodings are read: right, refused or told, wrong in silence.

Usage: ``python scripts/check_encodings.py [--set a|b] [--show]``. Each of the 120 texts of a set (made up, in
``scripts/encoding_texts.yaml``; ``|`` parts the rows of one file) is written as a small CSV in each encoding. The bits
of ``vocmine/contacts/data/encodings.yaml`` were chosen while looking at set a; set b was only counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from vocmine.contacts import check_contacts
from vocmine.contacts.encodings import detect_encoding
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

ENCODINGS = (
    "utf-8", "utf-8-sig", "cp932", "euc_jp", "euc_jis_2004", "iso2022_jp_ext", "utf-16", "utf-16-le", "utf-16-be",
    "utf-32", "cp1252", "latin-1",
)
MORE = ("shift_jis", "shift_jis_2004", "iso2022_jp", "iso8859_15", "mac_roman", "gb18030", "big5", "cp949", "utf-32-le")
HEADERS = ("id,created_at,channel,text", "受付番号,受付日時,チャネル,本文")
# One character in two code points, as makers of systems wrote the tables: no other text.
SAME = str.maketrans("〜−‖—￠￡￢", "～－∥―¢£¬")


def main() -> None:
    """Print the counts, and with ``--show`` each file that was not read right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=("a", "b"), default="b", dest="chosen")
    parser.add_argument("--more", action="store_true", help="nine further encodings instead of the twelve")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for encoding, rows, data in files(args.chosen, MORE if args.more else ENCODINGS):
            if not data:
                counts["no such file: not in this encoding"] += 1
                continue
            path = Path(folder) / "notes.csv"
            path.write_bytes(data)
            outcome, found, seen = read(path, rows)
            counts[outcome] += 1
            if args.show and outcome != "right":
                sys.stdout.write(f"{outcome}: {encoding} read as {found}: {' | '.join(rows)[:60]} -> {seen[:100]}\n")
    for outcome, count in sorted(counts.items()):
        sys.stdout.write(f"{outcome}: {count:,}\n")


def files(chosen: str, encodings: tuple[str, ...]) -> Iterator[tuple[str, list[str], bytes]]:
    """Give encoding, texts and bytes of each file; no bytes where the encoding does not have the characters."""
    table = yaml.safe_load(Path(__file__).with_name("encoding_texts.yaml").read_text(encoding="utf-8"))
    for encoding in encodings:
        for i, text in enumerate(table[chosen]):
            rows = text.split("|")
            yield encoding, rows, written(rows, HEADERS[i % 2], encoding) or written(rows, HEADERS[0], encoding)


def written(rows: list[str], header: str, encoding: str) -> bytes:
    """Write one file; nothing where its characters don't come back the same."""
    cells = [f'"{row}"' if "," in row else row for row in rows]
    lines = [header, *(f"A{i},2026/04/0{i % 9 + 1} 10:0{i},chat,{cell}" for i, cell in enumerate(cells, 1)), ""]
    whole = "\r\n".join(lines)
    try:
        data = whole.encode(encoding)
        return data if data.decode(encoding) == whole else b""
    except UnicodeError:
        return b""


def read(path: Path, rows: list[str]) -> tuple[str, str, str]:
    """Give the outcome, the encoding that was taken, and what was seen."""
    notes = Notes()
    found = detect_encoding(path, notes)
    close = "; ".join(doubt.shown for doubt in notes.doubts)
    try:
        checked: Any = check_contacts(path)
    except ContactError as error:
        return "refused", found, str(error)
    texts = checked.contacts["text"].tolist()
    if [text.translate(SAME) for text in texts] == [row.translate(SAME) for row in rows]:
        return ("right, with a doubt", found, close) if close else ("right", found, "")
    if close:
        return "wrong, with a doubt", found, close
    if len(checked.rejected) or len(checked.warnings):
        return "rejected", found, " ".join(checked.rejected["code"].tolist() + checked.warnings["code"].tolist())
    return "wrong in silence", found, " | ".join(texts)


if __name__ == "__main__":
    main()
