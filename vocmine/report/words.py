"""Words, numbers and dates of a report in one language. The words stand in ``templates/strings_*.yaml``."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from fnmatch import fnmatch
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from vocmine.errors import SettingsError
from vocmine.results import Note, NoteValue
from vocmine.stats import Estimate

LANGS = ("ja", "en")
_MINOR = {"JPY": 0, "KRW": 0, "VND": 0}
_SIGNS = {"JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"}
_JA_UNITS = {"JPY": "円", "USD": "ドル", "EUR": "ユーロ", "GBP": "ポンド"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATED = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?")
_UNITS = ("%", "倍", "×", "円", "ドル", "ユーロ", "ポンド", "件")
_STEADY = (0.8, 1.25)  # an interval of growth inside these is called steady
_NARROW = 0.005  # of the value
_NONE = "–"
MOST_TIMES = 100
"""A ratio beyond it, or below one over it, is no figure that anyone can believe: it is said in words."""


@lru_cache(maxsize=4)
def _strings(lang: str) -> Mapping[str, str]:
    """Read the words of a language: one file for the common ones, and one for each larger part of the report."""
    table: dict[str, str] = {}
    for path in sorted(files("vocmine.report").joinpath("templates").iterdir(), key=lambda path: path.name):
        if fnmatch(path.name, f"strings_*{lang}.yaml"):
            table.update(yaml.safe_load(path.read_text(encoding="utf-8")))
    return table


@lru_cache(maxsize=1)
def _notes() -> Mapping[str, Mapping[str, str]]:
    text = files("vocmine.report").joinpath("templates", "cost_notes.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = yaml.safe_load(text)
    return table


class Words:
    """The words of one language, and how it writes numbers, money and days.

    Parameters
    ----------
    lang : {"ja", "en"}
        Language of the report.
    currency : str
        Such as ``JPY``; empty where there is no money in the report.

    Raises
    ------
    SettingsError
        If there are no words for the language.

    Examples
    --------
    >>> Words("ja", "JPY").short_money(4_213_000), Words("en", "USD").short_money(4_213_000)
    ('421万円', '$4.21M')
    """

    def __init__(self, lang: str, currency: str = "") -> None:
        if lang not in LANGS:
            raise SettingsError("no words for this language", where="lang", got=repr(lang), expected="ja or en")
        self.lang, self.currency = lang, currency

    def __call__(self, key: str, **values: Any) -> str:
        """Give the text of a key, with its gaps filled."""
        return _strings(self.lang)[key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a text for a key."""
        return key in _strings(self.lang)

    def starting(self, prefix: str) -> dict[str, str]:
        """Give all texts of keys that start with a prefix, by the rest of the key, in their order; gaps are kept.

        Examples
        --------
        >>> sorted(Words("en").starting("mood_neg"))
        ['ative']
        """
        found = _strings(self.lang)
        return {key.removeprefix(prefix): str(found[key]) for key in sorted(found) if key.startswith(prefix)}

    def name(self, key: str, group: str) -> str:
        """Give the name of a code such as a channel, or the code itself."""
        full = f"{group}_{key}"
        return self(full) if self.has(full) else key

    def whole(self, value: float) -> str:
        """Write a whole number with separators."""
        return _NONE if math.isnan(value) else f"{value:,.0f}"

    def count(self, value: float) -> str:
        """Write a number of contacts with its unit."""
        key = "contact_one" if round(value) == 1 else "contact_many"
        return self(key, n=self.whole(value))

    def percent(self, value: float) -> str:
        """Write a share; one decimal below 10 %.

        Examples
        --------
        >>> [Words("en").percent(x) for x in (0.1234, 0.0512, 0.0, 1.0, 0.0004)]
        ['12%', '5.1%', '0%', '100%', '<0.1%']
        """
        if math.isnan(value):
            return _NONE
        if 0 < value < 0.001:
            return "<0.1%"
        if -0.0005 < value < 0:
            return "0.0%"  # no minus before nothing
        return f"{value:.0%}" if abs(value) >= 0.0995 or value == 0 else f"{value:.1%}"

    def change(self, value: float) -> str:
        """Write a change as a share with its sign; one to more than a hundred times as much in words.

        Examples
        --------
        >>> [Words("en").change(x) for x in (0.123, -0.05, 312.7)]
        ['+12%', '-5.0%', 'to more than 100×']
        """
        if value > MOST_TIMES - 1:
            return self("change_beyond", n=MOST_TIMES)
        return f"+{self.percent(value)}" if value > 0 else self.percent(value)

    def signed(self, value: float, write: Callable[[float], str]) -> str:
        """Write a change with its sign, plus or minus.

        Examples
        --------
        >>> w = Words("en", "USD")
        >>> w.signed(1200, w.short_money), w.signed(-1200, w.short_money), w.signed(-2.4, w.hours)
        ('+$1.20K', '-$1.20K', '-2.4 h')
        """
        return f"{'-' if value < 0 else '+'}{write(abs(value))}"

    def basis(self, basis: str, n_checked: int = 0) -> str:
        """Say what ranges rest on, by the basis of issue costs.

        Examples
        --------
        >>> Words("en").basis("counted"), Words("en").basis("audit", 120)[:41]
        ('The range leaves out mistakes in finding reasons.', 'The range combines 120 contacts checked b')
        """
        return self(f"basis_{basis}", n=self.count(n_checked))

    def decimal(self, value: float, places: int = 1) -> str:
        """Write a number with decimals."""
        return _NONE if math.isnan(value) else f"{round(value, places) + 0.0:,.{places}f}"  # no -0.0

    def money(self, value: float) -> str:
        """Write an amount to the smallest unit of its currency.

        Examples
        --------
        >>> Words("ja", "JPY").money(1234567), Words("en", "USD").money(1234.5), Words("ja", "USD").money(3)
        ('1,234,567円', '$1,234.50', '3.00ドル')
        """
        if math.isnan(value):
            return _NONE
        return self._with_unit(f"{abs(value):,.{self.decimals}f}", value < 0)

    @property
    def decimals(self) -> int:
        """Decimals of the currency."""
        return _MINOR.get(self.currency, 2)

    def short_money(self, value: float) -> str:
        """Write an amount as one says it: three figures and a unit.

        Examples
        --------
        >>> w = Words("ja", "JPY")
        >>> [w.short_money(x) for x in (950, 8200, 42_100, 421_000, 123_400_000)]
        ['950円', '8,200円', '4.2万円', '42.1万円', '1.23億円']
        """
        if math.isnan(value):
            return _NONE
        return self._with_unit(self._short(abs(value)), value < 0)

    def hours(self, value: float) -> str:
        """Write hours with their unit."""
        if math.isnan(value):
            return _NONE
        return self("hours", n=f"{value:,.1f}" if abs(value) < 10 else f"{value:,.0f}")

    def spoken_range(self, low: str, high: str) -> str:
        """Join the ends of an interval; a unit that both end with stands once.

        Examples
        --------
        >>> Words("ja").spoken_range("106万円", "139万円"), Words("en").spoken_range("29%", "39%")
        ('106万〜139万円', '29 to 39%')
        >>> Words("ja").spoken_range("-8,000円", "3.1万円")
        '-8,000円〜3.1万円'
        """
        unit = next((u for u in _UNITS if low.endswith(u) and high.endswith(u)), "")
        if unit and low[-len(unit) - 1].isdigit() != high[-len(unit) - 1].isdigit():
            unit = ""  # 8,000円 to 3.1万円: without its unit the first would be read as 万
        return low if low == high else self("range", low=low.removesuffix(unit), high=high)

    def part(self, share: float) -> str:
        """Say a part of a whole.

        Examples
        --------
        >>> Words("ja").part(0.5), Words("en").part(0.5), Words("en").part(0.3)
        ('半分', 'half', '30%')
        """
        return self("half") if share == 0.5 else self.percent(share)

    def note(self, note: Note) -> str:
        """Put a remark of the cost table into the words of the language; a code without words stands as it is.

        Examples
        --------
        >>> Words("en").note(Note.of("imputed", n=3, of=9))
        'Handle time was not recorded, and estimated, for 3 of 9 contacts.'
        """
        words = _notes().get(note.code)
        if words is None:
            return note.code
        return words[self.lang].format(**{name: self._note_value(name, value) for name, value in note.values})

    def _note_value(self, name: str, value: NoteValue) -> NoteValue:
        """Write a value of a note: an amount as money, a channel by its name, a count with commas."""
        if name in ("amount", "usual") and not isinstance(value, str):
            return self.money(value)
        if name == "channel":
            return self.name(str(value), "channel")
        return f"{value:,}" if isinstance(value, int) else value

    def money_range(self, cost: Estimate, factor: float = 1.0) -> str:
        """Write an interval of money in short form; empty where there is none, or it is too narrow to tell anything."""
        if not cost.ranged or cost.high - cost.low < _NARROW * abs(cost.value):
            return ""
        low, high = self.short_money(cost.low * factor), self.short_money(cost.high * factor)
        return "" if low == high else self.spoken_range(low, high)

    def times(self, ratio: float, places: int | None = None) -> str:
        """Write a ratio; two decimals below 2, so that a small fall does not look like none.

        Examples
        --------
        >>> [Words("en").times(x) for x in (0.784, 1.04, 2.04, 22.5, 31_268.0)]
        ['0.78×', '1.04×', '2.0×', '22×', 'more than 100×']
        """
        if math.isnan(ratio):
            return _NONE
        if math.isinf(ratio):
            return self("times_new")
        if ratio > MOST_TIMES:
            return self("times_beyond", n=MOST_TIMES)
        if 0 < ratio < 1 / MOST_TIMES:
            return self("times_below", n=f"{1 / MOST_TIMES:.2f}")
        if places is None:
            places = 2 if ratio < 1.995 else 1 if ratio < 9.95 else 0
        return self("times", n=f"{ratio:,.{places}f}")

    def times_range(self, growth: Estimate) -> str:
        """Write the interval of a ratio; an end that nobody could believe is said in words.

        Examples
        --------
        >>> wide = Estimate(22.0, 1.9, 31_268.0)
        >>> Words("en").times_range(wide), Words("ja").times_range(wide)
        ('1.90× to more than 100×', '1.90倍〜100倍超')
        >>> Words("en").times_range(Estimate(2_000.0, 150.0, 31_268.0))
        ''
        """
        if not growth.ranged or math.isinf(growth.value) or growth.low == growth.high:
            return ""
        if growth.low > MOST_TIMES:
            return ""  # the ratio itself says that it is beyond
        if growth.high > MOST_TIMES:
            places = 2 if growth.low < 9.995 else 1
            return self("range", low=self.times(growth.low, places), high=self("times_beyond", n=MOST_TIMES))
        places = 2 if growth.high < 9.995 else 1
        return self.spoken_range(self.times(growth.low, places), self.times(growth.high, places))

    def times_with_range(self, growth: Estimate) -> str:
        """Write a ratio with its interval in brackets, where there is one.

        Examples
        --------
        >>> Words("en").times_with_range(Estimate(3.1, 1.9, 5.0)), Words("ja").times_with_range(Estimate(3.1))
        ('3.1× (1.90 to 5.00×)', '3.1倍')
        """
        spread = self.times_range(growth)
        times = self.times(growth.value)
        return self("times_ranged", times=times, range=spread) if spread else times

    def direction(self, growth: Estimate) -> str:
        """Say what a ratio shows: ``up``, ``down``, ``flat``, ``unclear``; ``unknown`` without an interval."""
        if not growth.ranged:
            return "unknown"
        if growth.low > 1 or growth.high < 1:
            return "up" if growth.low > 1 else "down"
        return "flat" if _STEADY[0] <= growth.low and growth.high <= _STEADY[1] else "unclear"

    def day(self, day: date) -> str:
        """Write a day without its year."""
        return f"{day.month}月{day.day}日" if self.lang == "ja" else f"{day.day} {_MONTHS[day.month - 1]}"

    def month(self, name: str) -> str:
        """Write a month, or a day, that is named as a machine does; anything else stays as it is.

        Examples
        --------
        >>> [Words("ja").month(name) for name in ("2026-10", "2026-10-05", "x")], Words("en").month("2026-10")
        (['2026年10月', '2026年10月5日', 'x'], 'Oct 2026')
        """
        found = _DATED.fullmatch(name)
        if found is None:
            return name
        year, month, day = found.groups()
        if day:
            return self.full_day(date(int(year), int(month), int(day)))
        return f"{year}年{int(month)}月" if self.lang == "ja" else f"{_MONTHS[int(month) - 1]} {year}"

    def full_day(self, day: date) -> str:
        """Write a day with its year."""
        return f"{day.year}年{self.day(day)}" if self.lang == "ja" else f"{self.day(day)} {day.year}"

    def span(self, first: date, last: date) -> str:
        """Write a span of days; the year stands once where it is the same."""
        if first == last:
            return self.full_day(first)
        # The year stands once: in Japanese with the first day, in English with the last.
        low, high = self.full_day(first), self.full_day(last)
        if first.year == last.year:
            low, high = (low, self.day(last)) if self.lang == "ja" else (self.day(first), high)
        return self("range", low=low, high=high)

    def _short(self, size: float) -> str:
        if self.lang == "ja":
            if size >= 99_950_000:
                return f"{size / 1e8:,.3g}億" if size < 9.995e10 else f"{size / 1e8:,.0f}億"
            if size >= 999_500:
                return f"{size / 1e4:,.0f}万"
            return f"{size / 1e4:.1f}万" if size >= 9_999.5 else f"{size:,.0f}"
        for unit, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
            if size >= unit * 0.9995:
                return f"{size / unit:#.3g}".rstrip(".") + letter
        return f"{size:,.0f}"

    def _with_unit(self, number: str, negative: bool) -> str:
        minus = "-" if negative else ""
        if self.lang == "ja" and self.currency in _JA_UNITS:
            return f"{minus}{number}{_JA_UNITS[self.currency]}"
        sign = _SIGNS.get(self.currency)
        return f"{minus}{sign}{number}" if sign else f"{minus}{number} {self.currency}".rstrip()
