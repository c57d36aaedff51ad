"""One way of writing: NFKC with its exceptions, repeats, tags and invisible characters, with a map to the original.

Two paths give the same text: `normalize_text` is fast, `normalize` also says where each character came from. Both use
one table of characters (`_Table`) and one list of substitutions (`_RULES`), as often as these change anything: what is
normalised stays as it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Container
from dataclasses import dataclass

from vocmine.text.lookalikes import put_right

# NFKC would lose these: circled numbers become digits, spacing accents fall apart (kaomoji), "…" becomes three dots
_KEEP = frozenset(
    [*range(0x2460, 0x2500), *range(0x2776, 0x2794), *range(0x2150, 0x2190), 0xBC, 0xBD, 0xBE, 0x2025, 0x2026, 0x2122,
     0xA8, 0xAF, 0xB4, 0xB8, 0x309B, 0x309C, 0x203E, 0x02D8, 0x02D9, 0x02DA, 0x02DB, 0x02DC, 0x02DD]
)
# what these become; an empty text stands for themselves (half-width voice marks are joined later)
_FIXED: tuple[tuple[Container[int], str], ...] = (
    (_KEEP, ""),
    ((0x0A, 0xFF9E, 0xFF9F), ""),
    ((0x09, 0x3000, 0xA0), " "),
    ((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n"),
    ((0xFF5E, 0x223C, 0x2053), "〜"),
    (range(0xD800, 0xE000), "\ufffd"),
)


class _Table(dict[int, str]):
    """Character to its written form, filled as characters are met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = out = _written(code)
        return out


def _written(code: int) -> str:
    char = chr(code)
    for codes, out in _FIXED:
        if code in codes:
            return out or char
    if unicodedata.category(char) in ("Cc", "Cf") or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE01EF:
        return ""
    return unicodedata.normalize("NFKC", char)


_TABLE = _Table()
_TAGS = (
    "a|abbr|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|script|small|span|strong|style"
    "|sub|sup|table|tbody|td|th|thead|tr|u|ul"
)
_ESCAPES = 3  # rounds: what is escaped more often is no text
_BLOCKS = {"br", "div", "p", "li", "tr", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}


def _entity(match: re.Match[str]) -> str:
    out = match.group()
    for _ in range(_ESCAPES):  # exports escape what was escaped before: &amp;lt;
        out = html.unescape(out)
    return out.translate(_TABLE)


def _tag(match: re.Match[str]) -> str:
    return "\n" if match.group(1).lower() in _BLOCKS else ""


def _compose(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


def _first(match: re.Match[str]) -> str:
    return match.group()[0]


def _twice(match: re.Match[str]) -> str:
    return match.group()[:2]


_Replace = Callable[[re.Match[str]], str]
_RULES: tuple[tuple[re.Pattern[str], _Replace], ...] = (
    (re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"), _entity),
    # not what a page runs, draws with, or hides
    (
        re.compile(r"<(script|style)\b[^<>]{0,500}>.{0,2000}?</\1>|<!--.{0,2000}?-->", re.IGNORECASE | re.DOTALL),
        lambda _: "",
    ),
    (re.compile(rf"</?({_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE), _tag),
    # a base with marks that stand apart: half-width voiced kana, NFD accents
    (re.compile(r"[^\W\d_][\u0300-\u036f\u3099\u309a\uff9e\uff9f]+"), _compose),
    (re.compile(r"(?<=\d)[‐‑‒–—―−─ー](?=\d)"), lambda _: "-"),
    # also in reach of a half-written number: "〒100−0001", "03−"
    (re.compile(r"[‐‑−](?=\d)|(?<=\d)[‐‑−]"), lambda _: "-"),
    (re.compile(r"ー{2,}|(?<=[ぁ-ゖァ-ヺ])[〜~]+(?=[いっぁぃぅぇぉッァィゥェォイ])"), lambda _: "ー"),
    (re.compile(r"([^\W\d])\1{3,}|([!?。、.…・*#=+_-])\2{3,}"), _twice),
    (re.compile(r"[ ]{2,}"), _first),
    (re.compile(r"[ ]*\n[ \n]*"), lambda _: "\n"),
    (re.compile(r"\A\s+|\s+\Z"), lambda _: ""),
)
# Cheap tests first: plain notes pass them and are left as they are. Each finds at least all that it stands for.
_ODD = re.compile(  # what `_TABLE` changes and NFKC doesn't
    r"[\ud800-\udfff\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    r"\u200b-\u200f\u2028-\u202e\u2053\u2060-\u206f\u223c\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
# letters and marks that NFKC changes one by one, if at all: full-width ones too
_NOT_PLAIN = re.compile(
    r"[^\n -~\u3000-\u3029\u3030-\u303f\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\u4e00-\u9fff\uff01-\uff5d\uffe5]"
)
_RARE = re.compile(r"[&<~〜‐-―−─\u0300-\u036f\u3099\u309a\uff9e\uff9f]")
_LONG_VOWEL = re.compile(r"ー(?=[\dー])")
_FOUR_TIMES = re.compile(r"(.)\1\1\1")
_N_RARE = 7  # of `_RULES`, those that only `_RARE` and `_LONG_VOWEL` call for
_REPEATS, _SPACES, _LINES = _RULES[_N_RARE : _N_RARE + 3]


@dataclass(frozen=True)
class Normalized:
    """A text in one way of writing, and where it came from.

    Parameters
    ----------
    text : str
        The normalised text, n characters.
    offsets : tuple of int, length n + 1
        Where each character begins in the original; the last is the original's length.
    ends : tuple of int, length n
        Where what became each character ends in the original.
    """

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original of ``text[start:end]``.

        Examples
        --------
        >>> n = normalize("ﾃﾞｰﾀ<b>１２</b>")
        >>> n.text, n.span(3, 5)
        ('データ12', (7, 9))
        """
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.ends[end - 1]


def normalize_text(text: str) -> str:
    """Write a text in one way; the text of `normalize`, without its map.

    Examples
    --------
    >>> normalize_text("ｽｺﾞーーーい！！！！&amp; ０９０−１２３４")
    'スゴーい!!& 090-1234'
    """
    first = _written_once(text)
    return text if first == text else _settled(first)


def _settled(text: str) -> str:
    """Write a text again until it stays as it is: what one rule leaves may be work for one before it.

    Ways of writing that lead to each other for ever give the least of them, so that each of them gives the same.
    """
    orbit = [text]
    while (text := _written_once(text)) not in orbit:
        orbit.append(text)
    return min(orbit[orbit.index(text) :])


def _written_once(text: str) -> str:
    """Do each rule once."""
    if not unicodedata.is_normalized("NFKC", text) or _ODD.search(text):
        text = text.translate(_TABLE) if _NOT_PLAIN.search(text) else unicodedata.normalize("NFKC", text)
    if _RARE.search(text) or _LONG_VOWEL.search(text):
        for pattern, replace in _RULES[:_N_RARE]:
            text = pattern.sub(replace, text)
    if _FOUR_TIMES.search(text):
        text = _REPEATS[0].sub(_REPEATS[1], text)
    if "  " in text:
        text = _SPACES[0].sub(" ", text)
    if "\n\n" in text or " \n" in text or "\n " in text:
        text = _LINES[0].sub("\n", text)
    return put_right(text.strip())


def normalize(text: str) -> Normalized:
    r"""Write a text in one way and keep a map to the original.

    NFKC, but circled numbers, fractions, ``…`` and the accents of kaomoji stay; half-width kana are joined with their
    marks; dashes between digits become ``-``, long-vowel and wave-dash variants ``ー`` and ``〜``; HTML entities are
    resolved and tags taken out; control and zero-width characters go; a letter or mark that stands four times or more
    stands twice; runs of spaces and line ends become one; a character that only looks like the one meant (ぺダル,
    工アコン) becomes the latter.

    Parameters
    ----------
    text : str
        Any text, also with lone surrogates (they become U+FFFD).

    Returns
    -------
    Normalized
        The text, and the place of each of its characters in the original.

    Examples
    --------
    >>> normalize("すごーーーい<br>㈱").text
    'すごーい\n(株)'
    """
    target = normalize_text(text)
    out, starts, ends = text, list(range(len(text))), list(range(1, len(text) + 1))
    while out != target:  # the same rounds as `normalize_text` does
        out, starts, ends = _mapped_once(out, starts, ends)
    return Normalized(out, (*starts, len(text)), tuple(ends))


def _mapped_once(text: str, starts: list[int], ends: list[int]) -> tuple[str, list[int], list[int]]:
    """Do each rule once and carry the map along."""
    written = [_TABLE[ord(char)] for char in text]
    starts = [at for at, out in zip(starts, written, strict=True) for _ in out]
    ends = [at for at, out in zip(ends, written, strict=True) for _ in out]
    text = "".join(written)
    for pattern, replace in _RULES:
        if pattern.search(text):
            text, starts, ends = _mapped_sub(pattern, replace, text, (starts, ends))
    return put_right(text), starts, ends


def _mapped_sub(
    pattern: re.Pattern[str], replace: _Replace, text: str, places: tuple[list[int], list[int]]
) -> tuple[str, list[int], list[int]]:
    """Do `pattern.sub` and carry the map along: all that replaces a match comes from the whole match."""
    starts, ends = places
    parts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        a, b = match.span()
        new = replace(match)
        parts += [text[last:a], new]
        new_starts += starts[last:a] + [starts[a]] * len(new)
        new_ends += ends[last:a] + [ends[b - 1]] * len(new)
        last = b
    parts.append(text[last:])
    return "".join(parts), new_starts + starts[last:], new_ends + ends[last:]


_MOJIBAKE = re.compile(
    r"\ufffd|[ÃÂãåæèéäç][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]"
    r"|[縺繧譁蜷莉邱][\u3041-\u30ff\u4e00-\u9fff繝ｱ-ﾟ｡-､]"
)


def is_mojibake(text: str) -> bool:
    r"""Tell whether a text was read with the wrong encoding: UTF-8 as Latin-1 or Shift_JIS, or lost characters.

    Examples
    --------
    >>> is_mojibake("ã\x83\xad グイン ã\x81§ã\x81\x8d"), is_mojibake("繝ｭ繧ｰ繧､繝ｳ縺ｧ縺阪↑縺�"), is_mojibake("café で")
    (True, True, False)
    """
    hits = len(_MOJIBAKE.findall(text))
    return hits >= 2 or "\ufffd" in text
