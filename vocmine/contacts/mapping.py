"""What a user tells about a source: names of columns, values, units, zone, format; every mistake said at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vocmine.contacts.mapping_checks import KEYS, TARGETS, mapping_mistakes
from vocmine.errors import SettingsError
from vocmine.limits import DEFAULT_LIMITS, ReadingLimits
from vocmine.yamlfile import YamlFile, listed, read_yaml


@dataclass(frozen=True)
class ContactMapping:
    """How the columns and values of a source become those of the contacts table.

    Parameters
    ----------
    columns : dict of str to str
        Column of the source -> column of the table. Several columns may go to ``text`` (joined by line breaks) and to
        ``created_at`` (a date and a time of day). In JSON a dotted name reaches into objects: ``source.body: text``.
    constants : dict of str to object
        Value of a column the source does not have. ``{source}`` and ``{row}`` stand for the name of the source and the
        line: ``contact_id: "{source}-{row}"``.
    channels : dict of str to str
        Further names of channels: ``店頭: call``.
    units : dict of str to str
        Unit of a duration by its column: ``対応時間: 分``, ``Time tracked: hh:mm``; scale of satisfaction from worst to
        best: ``満足度: 1-10``, ``CSAT: 5-1`` where 1 is the best.
    speakers : dict of str to str
        Who is ``customer``, ``agent`` or ``bot`` in a conversation: ``山田: agent``, ``"*": customer`` for all others.
    ignore : tuple of str
        Columns that are not to be taken for what their name says.
    timezone : str, optional
        Zone of times that name none; wins over the one told to the reader, as it belongs to the source.
    day_first : bool, optional
        Whether 03/04/2026 is the third of April; judged by the whole column if None.
    max_text_chars : int
        Longer texts are rejected.
    format : str, optional
        Format of the source where it can't be told by its name or content: one of `vocmine.frames.FORMATS`, or the
        name of a system (`vocmine formats` lists them). ``transcript`` is also chosen where a column goes to
        ``conversation_id``, ``social`` where one goes to ``repost_of``.
    system : str, optional
        What the ids belong to: the same id of two systems is two contacts. If None the system that was recognised,
        else the family of the file's name (`notes_0401.csv` and `notes_0402.csv` are one).
    sheets : tuple of str
        Sheets of a workbook to read; chosen by their columns if empty.
    header_row : int, optional
        Line of the column names; looked for if None, 0 for a table without names.
    records : str, optional
        Key of the list of records in a JSON document that has several.
    active_gap_minutes : float, optional
        In a conversation over hours, count the gaps between turns that are at most so long as handle time; 0 counts
        none, which is so too, with a doubt, if it is not told.
    handle_includes_after_call : bool
        Whether a column of handle time (AHT) has after-call work in it already; if not, it is added. See
        `with_handle_time`.
    limits : ReadingLimits
        How much a source may hold; not in a file: the settings of a run say it.

    Examples
    --------
    >>> ContactMapping.of({"本文": "text", "受付日時": "created_at"}).columns["本文"]
    'text'
    >>> ContactMapping.of({"columns": {"本文": "txt"}, "chanels": {}})
    Traceback (most recent call last):
    vocmine.errors.SettingsError: 2 mistakes in the mapping; ...unknown column 'txt', did you mean text?...
    """

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    timezone: str | None = None
    day_first: bool | None = None
    max_text_chars: int = 50_000
    format: str | None = None
    system: str | None = None
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    records: str | None = None
    active_gap_minutes: float | None = None
    handle_includes_after_call: bool = True
    limits: ReadingLimits = DEFAULT_LIMITS

    @classmethod
    def of(cls, mapping: Any = None) -> ContactMapping:
        """Make a mapping from a YAML file, a dict or nothing.

        Parameters
        ----------
        mapping : ContactMapping, dict, path or None
            Either flat (``{"本文": "text"}``), or with the parameters of this class as keys; columns may also stand
            beside these keys. In a file ``No`` and ``On`` are names like any other, not YAML's yes and no.

        Raises
        ------
        SettingsError
            With all mistakes at once and the nearest known name of each.
        """
        if isinstance(mapping, ContactMapping):
            return mapping
        from_file = isinstance(mapping, str | os.PathLike)
        file = read_yaml(mapping, "mapping", text_keys=True) if from_file else YamlFile("mapping", mapping)
        where, mapping = file.path, file.value
        if mapping is None:
            mapping = {}
        if not isinstance(mapping, Mapping):
            got = type(mapping).__name__
            raise SettingsError("the mapping is no table", where=where, got=got, expected="本文: text")
        if not any(isinstance(value, Mapping) for value in mapping.values()) and not set(mapping) & set(KEYS):
            mapping = {"columns": mapping}
        mapping = _gathered(mapping)
        mistakes = [*file.twice, *(_with_line(file, *found) for found in mapping_mistakes(mapping))]
        if mistakes:
            raise SettingsError(
                f"{len(mistakes)} mistake{'s' * (len(mistakes) > 1)} in the mapping", where=where,
                got=listed(mistakes), expected=f"keys {', '.join(KEYS)}; columns of the contacts table",
            )
        return cls(**{name: _plain(name, value) for name, value in mapping.items()})

    def source_format(self) -> str | None:
        """Give the format that the mapping tells, or that its columns can only mean.

        Examples
        --------
        >>> ContactMapping.of({"会話ID": "conversation_id", "発言": "text"}).source_format()
        'transcript'
        """
        targets = set(self.columns.values())
        folded = "transcript" if "conversation_id" in targets else "social" if "repost_of" in targets else None
        return self.format or folded


def _plain(name: str, value: Any) -> Any:
    """Bring a value of a mapping into the type of its field."""
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    if name in ("sheets", "ignore"):
        return (value,) if isinstance(value, str) else tuple(value)
    return value


def _with_line(file: YamlFile, keys: tuple[Any, ...], mistake: str) -> str:
    """Put the line before a mistake; columns that stand beside the keys have theirs at the top."""
    line = file.line(*keys) or file.line(*keys[1:])
    return f"line {line}: {mistake}" if line else mistake


def _gathered(mapping: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Bring columns that stand beside the keys (``本文: text``, then ``constants: ...``) under ``columns``."""
    flat = {name: target for name, target in mapping.items() if name not in KEYS and target in TARGETS}
    columns = mapping.get("columns", {})
    if not flat or not isinstance(columns, Mapping):
        return mapping
    rest = {name: value for name, value in mapping.items() if name not in flat}
    return {**rest, "columns": {**flat, **columns}}
