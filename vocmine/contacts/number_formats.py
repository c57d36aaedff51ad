"""Numbers of a spreadsheet as its user sees them: with the unit, the leading zeros or the per cent of their format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skipped>_.|\*.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<condition>[<>=][^\]]*)\]|(?P<ignored>\[[^\]]*\])|(?P<number>General|[0#?.,]+)|(?P<percent>%)"
    r"|(?P<literal>[-$+/():!^&'~{}<>= ]|[^\x00-\x7f])|(?P<other>.)",
    re.IGNORECASE,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')


@dataclass(frozen=True)
class _Shown:
    """Texts and places for digits of a format, in their order; a place is kept as it stands there (``#,##0.0``)."""

    parts: tuple[tuple[str, str], ...]
    percent: bool

    def of(self, number: float) -> Any:
        places = [part for kind, part in self.parts if kind == "number"]
        if len(places) > 1:
            return self._in_groups(number, places)
        thousands = len(places[0]) - len(places[0].rstrip(","))
        texts = [part.strip() for kind, part in self.parts if kind == "text"]
        zeros = set(places[0]) == {"0"} and len(places[0]) > 1 and float(number).is_integer()
        if not (any(texts) or self.percent or zeros):
            return number
        value = round(abs(number) * (100 if self.percent else 1) / 1000**thousands, 10)
        digits = str(int(value)) if float(value).is_integer() else repr(float(value))
        digits = digits.zfill(len(places[0])) if zeros else digits
        filled = [digits + "%" * self.percent if kind == "number" else part for kind, part in self.parts]
        return ("-" if number < 0 else "") + "".join(filled).strip()

    def _in_groups(self, number: float, places: list[str]) -> Any:
        """Write a number such as a postal code, with the format 000-0000; others, such as fractions, as they are."""
        if any(set(place) != {"0"} for place in places) or not float(number).is_integer() or number < 0 or self.percent:
            return number
        digits, out = str(int(number)).zfill(sum(map(len, places))), ""
        for kind, part in reversed(self.parts):
            if kind == "text":
                out = part + out
                continue
            cut = 0 if part is places[0] else len(digits) - len(part)
            digits, out = digits[:cut], digits[cut:] + out
        return out.strip()


def as_shown(number: Any, code: str) -> Any:
    r"""Give a number as the text its format shows, where that has a text, zeros in front or %; else the number.

    All its decimal places are kept, whatever the format rounds to.

    Examples
    --------
    >>> [as_shown(5.5, '0"分"'), as_shown(123, "00000"), as_shown(0.95, "0%"), as_shown(1000000, "[$¥-411]#,##0")]
    ['5.5分', '00123', '95%', '¥1000000']
    >>> as_shown(5.5, "0.00"), as_shown(1600022, r"000\-0000")
    (5.5, '160-0022')
    """
    shown = _shown(code)
    return number if shown is None else shown.of(number)


@cache
def _shown(code: str) -> _Shown | None:
    """Take a format apart; None where it is a date, has conditions or no place for digits."""
    section = _SECTION.match(code)
    parts: list[tuple[str, str]] = []
    percent = False
    for token in _TOKEN.finditer(section[0] if section else ""):
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        if kind in ("condition", "other"):
            return None
        percent = percent or kind == "percent"
        if kind == "number":
            parts.append(("number", text))
        elif kind in ("quoted", "escaped", "currency", "literal"):
            parts.append(("text", text))
    return _Shown(tuple(parts), percent) if any(kind == "number" for kind, _ in parts) else None
