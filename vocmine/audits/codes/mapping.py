"""What agents' codes mean: a YAML file from codes to reasons, "read anew" or nothing; all mistakes at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from vocmine.audits.codes.code_words import code_key, says_other
from vocmine.errors import SettingsError
from vocmine.yamlfile import YamlFile, nearest, read_yaml, unknown_keys

READ_ANEW, IGNORE, OPEN, UNMAPPED, NO_CODE = "read_anew", "ignore", "open", "unmapped", "no_code"
MAPPED = "mapped"
_KEY = "code_mapping"
_SHOWN = 20  # mistakes that a message lists

Meaning = str | tuple[str, ...]
"""`READ_ANEW`, `IGNORE`, `OPEN`, or the ids of the reasons that a code may stand for."""


@dataclass(frozen=True)
class CodeMapping:
    """What each code of the agents means.

    Parameters
    ----------
    meanings : mapping of str to str or tuple of str
        By code as written: ids of reasons (several where the code is wider than a reason: the contact is about one of
        them), ``read_anew`` (other: only the text says), ``ignore`` (the code is about no reason), or ``open`` (nobody
        has said yet).

    Examples
    --------
    >>> mapping = CodeMapping.of({"01:料金照会": "billing.price_question", "99": "read_anew", "98": "ignore"})
    >>> mapping.meaning("０１： 料金照会"), mapping.meaning("99"), mapping.meaning("その他"), mapping.meaning("55")
    (('billing.price_question',), 'read_anew', 'read_anew', 'unmapped')
    """

    meanings: Mapping[str, Meaning] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: Any, taxonomy: Any = None) -> CodeMapping:
        """Make a mapping from a YAML file, a dict or another mapping.

        Parameters
        ----------
        mapping : CodeMapping, dict or path
            ``code_mapping: {code: id}``, or the inner table alone. A value is the id of a reason or of a group of them,
            a list of ids, ``read_anew``, ``ignore``, or nothing.
        taxonomy : Taxonomy, optional
            The list of reasons: an id that it does not have is a mistake, and a group stands for the reasons below it.

        Raises
        ------
        SettingsError
            With all mistakes at once, each with its line and the nearest id.

        Examples
        --------
        >>> CodeMapping.of({"01": "biling.refund"}, type("List", (), {"reasons": (), "leaves": ("billing.refund",)}))
        Traceback (most recent call last):
        vocmine.errors.SettingsError: 1 mistake in the code mapping; ...no such reason, did you mean billing.refund?...
        """
        if isinstance(mapping, CodeMapping):
            return mapping
        from_file = isinstance(mapping, str | os.PathLike)
        file = read_yaml(mapping, "code mapping", text_keys=True) if from_file else YamlFile("code mapping", mapping)
        table, keys = _table(file)
        known = None if taxonomy is None else leaves_below(taxonomy)
        mistakes = [*file.twice, *_mistakes(table, known, lambda *path: file.line(*keys, *path))]
        if mistakes:
            n, more = len(mistakes), len(mistakes) - _SHOWN
            raise SettingsError(
                f"{n} mistake{'s' * (n > 1)} in the code mapping", where=file.path,
                got="; ".join(mistakes[:_SHOWN]) + (f"; and {more} more" if more > 0 else ""),
                expected='"01": id of a reason, a list of ids, read_anew, ignore, or nothing',
            )
        return cls({str(code): _meaning(value, known) for code, value in table.items()})

    @cached_property
    def _by_key(self) -> dict[str, tuple[str, Meaning]]:
        return {code_key(code): (code, meaning) for code, meaning in self.meanings.items()}

    def meaning(self, code: str) -> Meaning:
        """Give what a code means; ``unmapped`` for one that is not in the mapping, unless it says "other"."""
        found = self._by_key.get(code_key(code))
        if found is not None:
            return found[1]
        return NO_CODE if not code.strip() else READ_ANEW if says_other(code) else UNMAPPED

    def written(self, code: str) -> str:
        """Give a code as the mapping writes it, as it stands if the mapping has none like it."""
        found = self._by_key.get(code_key(code))
        return code if found is None else found[0]

    def rewritten(self, rewrite: Callable[[list[str]], list[str]]) -> CodeMapping:
        """Give the same for codes that are written otherwise, as masked; what then is no longer told apart is open."""
        table: dict[str, Meaning] = {}
        for code, meaning in zip(rewrite(list(self.meanings)), self.meanings.values(), strict=True):
            table[code] = meaning if table.get(code, meaning) == meaning else OPEN
        return CodeMapping(table)

    def read(self, contacts: pd.DataFrame) -> pd.DataFrame:
        """Say what the code of each contact means.

        Returns
        -------
        DataFrame of shape (n, 4)
            Like the contacts: ``contact_id``, ``code`` (as the mapping writes it, empty for none), ``state``
            (``mapped, read_anew, ignore, open, unmapped, no_code``), ``reasons`` (a tuple of ids).
        """
        codes = contacts["agent_code"].astype(object) if "agent_code" in contacts else pd.Series("", contacts.index)
        codes = codes.where(codes.notna(), "").astype(str)
        rows = {code: (self.written(code), self.meaning(code)) for code in codes.unique()}
        pairs = [rows[code] for code in codes]
        return pd.DataFrame(
            {
                "contact_id": contacts["contact_id"].astype(str),
                "code": [code for code, _ in pairs],
                "state": [MAPPED if isinstance(meaning, tuple) else meaning for _, meaning in pairs],
                "reasons": [meaning if isinstance(meaning, tuple) else () for _, meaning in pairs],
            },
            index=contacts.index,
        )

    def to_dict(self) -> dict[str, Any]:
        """Give plain values from which `of` makes the same mapping."""
        plain = {code: list(value) if isinstance(value, tuple) else value for code, value in self.meanings.items()}
        return {_KEY: {code: None if value == OPEN else value for code, value in plain.items()}}


def leaves_below(taxonomy: Any) -> dict[str, tuple[str, ...]]:
    """Give the reasons that each id of a list stands for: itself, or those below a group."""
    leaves = tuple(taxonomy.leaves)
    parent = {reason.id: reason.parent for reason in taxonomy.reasons}
    below: dict[str, list[str]] = {}
    for leaf in leaves:
        at: str | None = leaf
        while at is not None:
            below.setdefault(at, []).append(leaf)
            at = parent.get(at)
    return {name: tuple(found) for name, found in below.items()}


def _table(file: YamlFile) -> tuple[Mapping[Any, Any], tuple[str, ...]]:
    """Give the table of codes, and the keys that lead to it."""
    value = file.value
    expected = 'code_mapping: {"01": billing.refund}'
    if not isinstance(value, Mapping):
        got = "an empty file" if value is None else type(value).__name__
        raise SettingsError("the code mapping is no table", where=file.path, got=got, expected=expected)
    if _KEY not in value:
        return value, ()
    other = [shown for _, shown in unknown_keys(value, (_KEY,))]
    if other:
        raise SettingsError("unknown key", where=file.path, got="; ".join(other), expected=expected)
    if not isinstance(value[_KEY], Mapping):
        got = "nothing" if value[_KEY] is None else type(value[_KEY]).__name__
        raise SettingsError("the code mapping is no table", where=file.place(_KEY), got=got, expected=expected)
    return value[_KEY], (_KEY,)


def _mistakes(
    table: Mapping[Any, Any], known: Mapping[str, tuple[str, ...]] | None, line_of: Callable[..., int | None]
) -> Iterator[str]:
    seen: dict[str, tuple[Any, Any]] = {}
    for code, value in table.items():
        line = line_of(code)
        at = (f"line {line}: " if line else "") + f"{code}: "
        if not str(code).strip():
            yield at + "an empty code"
        ids = value if isinstance(value, list | tuple) else [value]
        if isinstance(value, list | tuple) and not value:
            yield at + "an empty list; leave the value out for a code that is still open"
        for each in ids:
            if each is None and not isinstance(value, list | tuple):
                continue
            if not isinstance(each, str) or not each.strip():
                yield at + f"{each!r} is no id of a reason"
            elif isinstance(value, list | tuple) and each in (READ_ANEW, IGNORE, OPEN):
                yield at + f"{each} stands alone, not in a list"
            elif known is not None and each not in known and each not in (READ_ANEW, IGNORE, OPEN):
                near = nearest(each, [*known, READ_ANEW, IGNORE], cutoff=0.5)
                yield at + f"{each}: no such reason" + (f", did you mean {near}?" if near else "")
        key = code_key(str(code))
        if key in seen and seen[key][1] != value:
            yield at + f"the same code as {seen[key][0]}, with another meaning"
        seen.setdefault(key, (code, value))


def _meaning(value: Any, known: Mapping[str, tuple[str, ...]] | None) -> Meaning:
    if value is None or value == OPEN:
        return OPEN
    if value in (READ_ANEW, IGNORE):
        return str(value)
    ids = [str(each) for each in (value if isinstance(value, list | tuple) else [value])]
    leaves = [leaf for each in ids for leaf in ((each,) if known is None else known[each])]
    return tuple(dict.fromkeys(leaves))
