"""Which encoding a file is in: by its mark, else by what the bytes would say; a choice that is close is told."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from vocmine.contacts.cells import masked
from vocmine.contacts.encoding_evidence import (
    Candidate,
    decoded,
    description_bits,
    encoding_table,
    narrow_candidates,
    wide_candidates,
)
from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SJIS = "shiftjis sjis xsjis ms932 windows31j cswindows31j mskanji"
_ALIASES = dict.fromkeys(_SJIS.split(), "cp932")
# Bytes read at once, bytes of lines looked at; of a file that may be UTF-16, of its beginning.
_BLOCK, _SAMPLE, _WIDE_SAMPLE = 1 << 20, 1 << 16, 1 << 13
_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([A-Z]|\([IJ])")
_ESCAPED = ("iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004", "iso2022_kr")
_LEFT_TO_NORMALIZER = (
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "koi8_r", "iso8859_2",
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# One character in two code points, as makers of systems wrote their tables: no other text.
_ONE = str.maketrans("〜−‖—￠￡￢", "～－∥―¢£¬")
_SINGLE = ("cp1252", "iso8859_15", "mac_roman")
_SHOWN_WORDS, _SHOWN_CHARS = 3, 16


def detect_encoding(path: str | Path, notes: Notes | None = None) -> str:
    r"""Tell the encoding of a text file, as Python names it.

    A byte order mark decides; so do the escapes of ISO-2022-JP. Else the lines that are not plain ASCII are read in
    each candidate, and the encoding whose text takes the fewest bits to describe is it: frequent characters cost few,
    rare ones many, and so do neighbours that don't go together, such as a kanji inside an English word. A file stays
    UTF-8 though a few of its lines are broken. Only where no text is plausible is charset-normalizer asked.

    Parameters
    ----------
    path : path
        Read in blocks until 64 KB of lines that are not ASCII are found.
    notes : Notes, optional
        Gets the fact ``encoding``, and the doubt ``encoding_close`` where another encoding, which gives another text,
        is nearly as plausible.

    Raises
    ------
    ContactError
        If the file can't be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as d:
    ...     file = Path(d) / "a.csv"
    ...     _ = file.write_bytes("受付番号,本文\n1,料金が高い\n".encode("cp932"))
    ...     detect_encoding(file)
    'cp932'
    """
    try:
        with Path(path).open("rb") as file:
            return encoding_of(file, notes)
    except OSError as error:
        raise ContactError("the file can't be read", where=Path(path).name, got=error.strerror or "") from None


def encoding_of(file: BinaryIO, notes: Notes | None = None) -> str:
    """Tell the encoding of an open file of bytes, from where it stands; as `detect_encoding`.

    Parameters
    ----------
    file : binary file
        Read on until enough is seen; it is the caller's to go back.
    notes : Notes, optional
        As for `detect_encoding`.

    Examples
    --------
    >>> import io
    >>> encoding_of(io.BytesIO("1,café".encode("cp1252")))
    'cp1252'
    """
    found, rivals = _found(file)
    if notes is not None:
        notes.fact("encoding", found)
        if rivals:
            notes.doubt("encoding_close", shown=_differences(rivals), line=f"--encoding {found}")
    return found


def canonical_encoding(name: str) -> str:
    """Give Python's name of an encoding; Shift_JIS means CP932, as on every Windows machine.

    Examples
    --------
    >>> canonical_encoding("Shift-JIS"), canonical_encoding("UTF8"), canonical_encoding("EUC-JP")
    ('cp932', 'utf-8', 'euc_jp')
    """
    alias = _ALIASES.get(re.sub(r"[-_ ]", "", name).casefold())
    try:
        return alias or codecs.lookup(name).name
    except LookupError:
        raise ContactError(
            "unknown encoding", where="encoding", got=repr(name),
            expected="utf-8, cp932, euc_jp, utf-16 or another of Python's",
        ) from None


def _found(file: BinaryIO) -> tuple[str, list[Candidate]]:
    """Give the encoding, and the candidates that are too near to each other."""
    head = file.read(_BLOCK)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name, []
    if b"\x00" in head[:_SAMPLE]:
        ranked = wide_candidates(head[:_WIDE_SAMPLE])
        if ranked[0].encoding.startswith(("utf-16", "utf-32")):
            return ranked[0].encoding, []
    sample, escaped, rest = b"", b"", b""
    block = head
    while block:
        # what follows the last line end belongs to the next block
        whole, end, last = (rest + block).rpartition(b"\n")
        whole, rest = (whole, last) if end else (last, b"")
        sample += _lines(whole, sample)
        if b"\x1b" in whole:
            escaped += b"".join(line for line in whole.splitlines(True) if b"\x1b" in line)[:_SAMPLE]
        if len(sample) >= _SAMPLE:
            break
        block = file.read(_BLOCK)
    sample += _lines(rest, sample)
    if _ESCAPE.search(escaped + rest) and not sample:
        return _escaped(escaped + rest), []
    return _choice(sample) if sample else ("utf-8", [])


def _lines(block: bytes, before: bytes) -> bytes:
    """Give the lines that are not ASCII, as many as are still wanted."""
    if block.isascii():
        return b""
    lines = [line for line in block.split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[: _SAMPLE - len(before)] + b"\n"


def _escaped(data: bytes) -> str:
    """Of the kinds of ISO-2022, the first in which everything is a character."""
    for name in _ESCAPED:
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return _ESCAPED[0]


def _choice(sample: bytes) -> tuple[str, list[Candidate]]:
    """Take the encoding whose text takes the fewest bits."""
    table = encoding_table()
    ranked = narrow_candidates(sample)
    best, beyond = ranked[0], sum(byte > 127 for byte in sample)
    dear = table["dear"]["single" if best.encoding in _SINGLE else "double"]
    spent = best.bits - (len(sample) - beyond) * table["classes"]["lower"]
    if beyond >= table["normalizer_bytes"] and spent > dear * beyond:
        other = _normalizer(sample, table["normalizer"])
        if other is not None and other.text != best.text:
            best, *rest = sorted([best, other], key=lambda candidate: candidate.bits)
            return best.encoding, [best, *rest]
    broken = _broken(best.text)
    near = [
        c for c in ranked[1:]
        if c.bits < best.bits + table["close"] and c.text.translate(_ONE) != best.text.translate(_ONE)
        and (broken or not _broken(c.text))
    ]
    return best.encoding, [best, near[0]] if near else []


def _broken(text: str) -> bool:
    return bool(_SURROGATE.search(text))


def _normalizer(sample: bytes, prior: float) -> Candidate | None:
    from charset_normalizer import from_bytes

    guess = from_bytes(sample[:_SAMPLE], cp_isolation=list(_LEFT_TO_NORMALIZER)).best()
    if guess is None:
        return None
    text = decoded(sample, guess.encoding)
    return Candidate(guess.encoding, text, prior + description_bits(text))


def _differences(rivals: Sequence[Candidate]) -> str:
    """Show the first words in which two texts differ: ``cp932 ｱﾌﾟﾘ / euc_jp 映彿``, without personal data."""
    words = [re.split(r"[\s,;|\"]+", candidate.text) for candidate in rivals]
    first, second = (set(each) for each in words)
    parts = []
    for candidate, mine, other in zip(rivals, words, (second, first), strict=True):
        only = [word for word in dict.fromkeys(mine) if word and word not in other][:_SHOWN_WORDS]
        parts.append(f"{candidate.encoding} {' '.join(word[:_SHOWN_CHARS] for word in masked(only))}")
    return " / ".join(parts)
