"""How a source was read: which column became what and why, what was left out, and what may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from vocmine.contacts.shipped import shipped_table
from vocmine.contacts.shown_names import shown_name, shown_word
from vocmine.errors import ContactError

_JAPANESE = {
    "encoding": "文字コード", "delimiter": "区切り", "header row": "列名の行", "sheet": "シート", "system": "システム",
    "zone": "時間帯", "merged cells filled": "結合セルを補った数", "hidden rows read": "非表示の行(読み込み済み)",
    "rows": "行", "not used": "使わなかった列", "doubt": "要確認",
    "mapping": "マッピング", "name": "列名から", "same": "同名", "constant": "固定値",
}
_ABSENT = ("no_words", "no_times")  # what a source does not have, noted before the mapping is looked at


@dataclass(frozen=True)
class Doubt:
    """Something about a source that may be read wrong, or was left out.

    Parameters
    ----------
    code : str
        What it is; its sentences are in ``data/doubts.yaml``.
    column : str
        Column of the source it is about; empty where it is about the whole source.
    rows : int
        How many rows (or turns, sheets) it is about; 0 where it is not about rows.
    shown : str
        What was seen: names, formats, masked values.
    line : str
        The line to add to the mapping, or the option to give, that settles it.

    Examples
    --------
    >>> print(Doubt("texts_left_out", shown="備考", line="備考: text").sentence("en"))
    columns that hold texts and were not used: 備考 -> 備考: text
    """

    code: str
    column: str = ""
    rows: int = 0
    shown: str = ""
    line: str = ""

    def sentence(self, lang: str = "en") -> str:
        """Say it, with the line that settles it behind."""
        told = doubt_sentences()[self.code][lang].format(column=self.column, rows=f"{self.rows:,}", shown=self.shown)
        return told + (f" -> {self.line}" if self.line else "")


@dataclass(frozen=True)
class ColumnUse:
    """What became of a column of a source.

    Parameters
    ----------
    source : str
        Its name there; for a constant, its value.
    target : str
        Column of the contacts table.
    why : str
        ``mapping``, ``system`` (a known system's column), ``name`` (a common name), ``same`` or ``constant``.
    how : str
        Unit, zone, order of the date or scale it was read in, and where that was seen.
    """

    source: str
    target: str
    why: str
    how: str = ""


@dataclass(frozen=True)
class Reading:
    """How one source was read.

    Parameters
    ----------
    source : str
        Its name.
    facts : mapping of str to str
        Format, system, encoding, sheet, line of the header, compression: whatever the source has.
    columns : tuple of ColumnUse
        What each used column became.
    left_out : tuple of str
        Columns that were carried along without a meaning.
    doubts : tuple of Doubt
        What may be wrong, and what was left out.
    rows : int
        Rows read.
    """

    source: str
    facts: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[ColumnUse, ...] = ()
    left_out: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    rows: int = 0

    def lines(self, lang: str = "en") -> list[str]:
        """Say it in lines, as `vocmine check` prints them before anything else."""
        said = _JAPANESE if lang == "ja" else {}
        facts = [f"{said.get(name, name)} {value}" for name, value in self.facts.items()]
        facts.append(f"{self.rows:,} {said.get('rows', 'rows')}")
        head = f"{self.source}: {', '.join(facts)}"
        whys = [", ".join(part for part in (said.get(use.why, use.why), use.how) if part) for use in self.columns]
        uses = [f"  {use.target} <- {use.source} ({why})" for use, why in zip(self.columns, whys, strict=True)]
        rest = [f"  {said.get('not used', 'not used')}: {', '.join(self.left_out)}"] if self.left_out else []
        doubt = said.get("doubt", "doubt")
        return [head, *uses, *rest, *(f"  {doubt}: {each.sentence(lang)}" for each in self.doubts)]

    def __str__(self) -> str:
        """Say it in lines."""
        return "\n".join(self.lines())

    def raise_if_doubtful(self) -> None:
        """Raise ContactError with all doubts, for who asks for it (``strict``)."""
        if self.doubts:
            raise ContactError(
                f"{len(self.doubts)} doubt{'s' * (len(self.doubts) > 1)} about the source", where=self.source,
                got="; ".join(doubt.sentence() for doubt in self.doubts),
                hint="settle them in the mapping, or read without strict",
            )


def reading_facts(reading: Reading) -> dict[str, object]:
    """Give a reading as plain values, as ``run.json`` keeps it."""
    return {
        **reading.facts, "rows": reading.rows, "not_used": list(reading.left_out),
        "columns": {use.target: " ".join(f"{use.source} ({use.why}{', ' * bool(use.how)}{use.how})".split())
                    for use in reading.columns},
        "doubts": [doubt.sentence() for doubt in reading.doubts],
    }


class Notes:
    """Facts and doubts gathered while a source is read; the same doubt about the same column adds up.

    Examples
    --------
    >>> notes = Notes()
    >>> notes.doubt("unknown_speaker", "speaker", rows=1, shown="Customer_2")
    >>> notes.doubt("unknown_speaker", "speaker", rows=2, shown="ご家族")
    >>> [(doubt.rows, doubt.shown) for doubt in notes.doubts]
    [(3, 'Customer_2, ご家族')]
    """

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.columns: list[ColumnUse] = []
        self.left_out: tuple[str, ...] = ()
        self._doubts: dict[tuple[str, str], Doubt] = {}

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The doubts so far, in the order they came; what is personal in names of columns is masked."""
        return tuple(
            replace(doubt, column=shown_word(doubt.column), shown=shown_word(doubt.shown), line=shown_word(doubt.line))
            for doubt in self._doubts.values()
        )

    def fact(self, name: str, value: object) -> None:
        """Note a fact about the source, such as its encoding."""
        self.facts[name] = str(value)

    def count(self, name: str, n: int) -> None:
        """Add up a fact that is a number, such as how many stickers were left out; nothing is noted of none."""
        if n:
            self.facts[name] = str(int(self.facts.get(name, "0")) + n)

    def doubt(self, code: str, column: str = "", *, rows: int = 0, shown: str = "", line: str = "") -> None:
        """Note a doubt. What is shown of customers' cells must be masked before."""
        old = self._doubts.get((code, column))
        if old is None:
            self._doubts[code, column] = Doubt(code, column, rows, shown, line)
            return
        seen = old.shown.split(", ")
        more = [part for part in shown.split(", ") if part and part not in seen]
        both = ", ".join([part for part in seen if part] + more)
        self._doubts[code, column] = replace(old, rows=old.rows + rows, shown=both, line=old.line or line)

    def settle_names(self, names: Iterable[str]) -> None:
        """Drop the doubts about a second column of a name that the mapping speaks of."""
        known = set(names)
        self._doubts = {
            key: doubt for key, doubt in self._doubts.items()
            if key[0] != "column_name_twice" or doubt.shown not in known
        }

    def settle(self, targets: Iterable[str]) -> None:
        """Drop the doubts of an adapter about columns of the table that the mapping brings."""
        settled = {(code, column) for code in _ABSENT for column in targets}
        self._doubts = {key: doubt for key, doubt in self._doubts.items() if key not in settled}

    def reading(self, source: str, rows: int) -> Reading:
        """Give what was gathered, with what is personal in names of columns and sheets masked."""
        facts = {name: shown_word(value) for name, value in self.facts.items()}
        columns = tuple(replace(use, source=shown_word(use.source), how=shown_word(use.how)) for use in self.columns)
        return Reading(shown_name(source), facts, columns, tuple(map(shown_word, self.left_out)), self.doubts, rows)


@cache
def doubt_sentences() -> dict[str, dict[str, str]]:
    """Give the shipped sentences of doubts, by code and language (``data/doubts.yaml``)."""
    table: dict[str, dict[str, str]] = shipped_table("doubts")
    return table
