"""Which encoding a file is in: rules for Japanese files first, charset-normalizer for what they leave open."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from vocmine.errors import ContactError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SJIS = "shiftjis sjis xsjis ms932 windows31j cswindows31j mskanji"
_ALIASES = dict.fromkeys(_SJIS.split(), "cp932")
_CANDIDATES = ("utf-8", "cp932", "euc_jp", "euc_jis_2004")
# Bytes read at once, lines looked at, share of them that must be readable.
_BLOCK, _SAMPLE, _ENOUGH = 1 << 20, 1 << 16, 0.9
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_EVERYDAY = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]")
_ODD = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff\u0080-\u009f]")


def detect_encoding(path: str | Path) -> str:
    r"""Tell the encoding of a text file, as Python names it.

    A byte order mark decides; so do the NUL bytes of UTF-16 and the escapes of ISO-2022-JP. Else each line that is not
    plain ASCII votes for the encodings it is valid in, and of the best ones the text with the most everyday Japanese
    wins: a file stays UTF-8 though a few of its lines are broken. Only what none of them fits is left to
    charset-normalizer.

    Parameters
    ----------
    path : path
        Read in blocks until 64 KB of lines that are not ASCII are found.

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
            head = file.read(_BLOCK)
            for bom, name in _BOMS:
                if head.startswith(bom):
                    return name
            if wide := _wide(head[:4096]):
                return wide
            if re.search(rb"\x1b\$[@B]", head) and not re.search(rb"[\x80-\xff]", head):
                return "iso2022_jp_2"
            lines = _non_ascii(head)
            while len(lines) < _SAMPLE and (block := file.read(_BLOCK)):
                lines += _non_ascii(block)
    except OSError as error:
        raise ContactError("the file can't be read", where=Path(path).name, got=error.strerror or "") from None
    return _vote(lines) if lines else "utf-8"


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


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: NUL bytes at every second place of the ASCII in it."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < 2 or min(even, odd) * 5 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _non_ascii(block: bytes) -> bytes:
    lines = [line for line in block.splitlines() if not line.isascii()]
    return b"\n".join(lines)[: _SAMPLE * 2] + b"\n" if lines else b""


def _vote(sample: bytes) -> str:
    lines = [line for line in sample.splitlines() if line]
    best, best_score = "", 0.0
    for name in _CANDIDATES:
        decoded = [text for line in lines if (text := _strict(line, name))]
        share = len(decoded) / len(lines)
        score = share * _japanese("".join(decoded)) if name != "utf-8" else share
        # a line of UTF-8 beyond ASCII is hardly ever valid by chance: it needs no look at the text
        if score > best_score + 1e-9 and (share >= _ENOUGH or name == "utf-8" or share > 0.5):
            best, best_score = name, score
    return best if best_score >= 0.5 else _normalizer(sample, best)


def _strict(line: bytes, name: str) -> str:
    try:
        return line.decode(name)
    except UnicodeDecodeError:
        return ""


def _japanese(text: str) -> float:
    """How much of what is not ASCII reads as everyday Japanese, 0 to 1."""
    rare = [c for c in text if not c.isascii()]
    if not rare:
        return 0.0
    body = "".join(rare)
    usual = len(_EVERYDAY.findall(body)) - 2 * len(_ODD.findall(body))
    kana = len(_KANA.findall(body)) / len(body)
    return max(0.0, usual / len(body)) * (1.0 if kana > 0.05 else 0.75)


def _normalizer(sample: bytes, fallback: str) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(sample[:_SAMPLE]).best()
    # UTF-16 and UTF-7 were ruled out above: what is left has ASCII in it as it is
    if guess is None or "a,\n".encode(guess.encoding) != b"a,\n":
        return fallback or "utf-8"
    return _ALIASES.get(re.sub(r"[-_ ]", "", guess.encoding).casefold(), guess.encoding)
