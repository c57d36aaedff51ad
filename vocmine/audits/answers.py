"""What people write as the right reason, read as the id of one: names, widths, spaces and numbers however they come."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from vocmine.audits.words import LANGS, words
from vocmine.frames import UNKNOWN
from vocmine.yamlfile import nearest

Names = Mapping[str, Mapping[str, str]]
AS_PROPOSED = "as proposed"
"""Stands for the reason a contact was drawn by."""

_NUMBER = re.compile(r"\d+(\.\d+)?")
_NOTHING = re.compile(r"[\s\u200b-\u200f\ufeff]+")


def answer_key(text: str) -> str:
    """Give what two spellings of one answer share: no width, case or spaces, and numbers without idle zeros.

    Examples
    --------
    >>> answer_key(" ﾍﾝ ｷﾝ　"), answer_key("Ｒｅｆｕｎｄ"), answer_key("007") == answer_key("7.0")
    ('ヘンキン', 'refund', True)
    """
    key = _NOTHING.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if _NUMBER.fullmatch(key) and key.isascii():
        return f"{Decimal(key).normalize():f}"
    return key


def shown_reasons(reasons: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Give what a person is shown for each reason: its name, and its id where the name is not its own.

    Examples
    --------
    >>> shown_reasons(["a", "b", "c"], {"a": "Other", "b": "Other", "c": "Refund"})
    {'a': 'Other (a)', 'b': 'Other (b)', 'c': 'Refund'}
    """
    named = {reason: _NOTHING.sub(" ", names.get(reason, reason)).strip() or reason for reason in reasons}
    # a space in front keeps a spreadsheet from taking a chosen name for a formula, and is not read
    named = {reason: f"\u3000{name}" if name[0] in "=+-@" else name for reason, name in named.items()}
    keys = [answer_key(name) for name in named.values()]
    ours = {*_our_words(), *(answer_key(reason) for reason in named)}
    return {
        reason: f"{name} ({reason})" if keys.count(key) > 1 or (key in ours and key != answer_key(reason)) else name
        for (reason, name), key in zip(named.items(), keys, strict=True)
    }


@dataclass(frozen=True)
class AnswerBook:
    """The answers that are understood.

    Parameters
    ----------
    by_key : mapping of str to frozenset of str
        Ids that a spelling may stand for: one, or several that share a name.
    shown : tuple of str
        Names and ids, to say which is nearest.

    Examples
    --------
    >>> book = AnswerBook.of({"ja": {"billing.refund": "返金"}, "en": {"billing.refund": "Refund"}})
    >>> book.read("　返金 "), book.read("REFUND"), book.read("この中にない"), book.read("返品")
    ('billing.refund', 'billing.refund', 'unknown', None)
    """

    by_key: Mapping[str, frozenset[str]]
    shown: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, names: Names, ids: Iterable[str] = ()) -> AnswerBook:
        """Make it from names by language, and from ids that may have none."""
        ids = dict.fromkeys([*ids, *(reason for table in names.values() for reason in table)])
        found: dict[str, set[str]] = {}
        shown: list[str] = []
        for table in names.values():
            for reason, name in table.items():
                for text in (name, f"{name} ({reason})"):
                    found.setdefault(answer_key(text), set()).add(reason)
                shown.append(name)
        found.update({key: {reason} for key, reason in _our_words().items()})
        exact: dict[str, set[str]] = {}
        for reason in ids:  # an id says what it means, whatever else has that name
            exact.setdefault(answer_key(reason), set()).add(reason)
        found.update(exact)
        return cls({key: frozenset(all_of) for key, all_of in found.items()}, tuple(dict.fromkeys([*shown, *ids])))

    def read(self, text: str) -> str | None:
        """Give the id an answer stands for, `AS_PROPOSED`, or None where it is not known or stands for several."""
        found = self.by_key.get(answer_key(text), frozenset())
        return next(iter(found)) if len(found) == 1 else text.strip() if text.strip() in found else None

    def near(self, text: str) -> str:
        """Name the reasons that may have been meant."""
        several = sorted(self.by_key.get(answer_key(text), ()))
        if several:
            return " or ".join(several)
        keys = {answer_key(name): name for name in reversed(self.shown)}
        return next((keys[key] for key in [nearest(answer_key(text), keys, cutoff=0.4)] if key), "")


def _our_words() -> dict[str, str]:
    """Give the answers that are no reasons, by their spelling."""
    sheet = words()["sheet"]
    own = {answer_key(UNKNOWN): UNKNOWN, answer_key(AS_PROPOSED): AS_PROPOSED}
    for lang in LANGS:
        own |= {answer_key(text): UNKNOWN for text in (sheet["none"][lang], *sheet["also_none"][lang])}
        own |= {
            answer_key(text): AS_PROPOSED for text in (sheet["as_proposed"][lang], *sheet["also_as_proposed"][lang])
        }
    return own
