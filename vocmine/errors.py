"""The few errors vocmine raises on purpose, each with what, where, what was got, what is expected and what to do."""

from __future__ import annotations

import re
from importlib import import_module

# what may be personal: many digits in any writing, a sign of mail, or letters that names are written in
_MAY_BE_PERSONAL = re.compile(
    r"(?:\d[^\d\n]{0,4}){7}|[@＠〒]|[\u3041-\u30ff\u3400-\u9fff\uf900-\uffef]|\bat\b|[A-Z][a-z]+ [A-Z]"
)


def masked_part(part: str) -> str:
    """Give a part of a message with what is personal in it masked, whoever wrote it there.

    Examples
    --------
    >>> masked_part("'鳩'"), masked_part("'昨日 090-1234-5678'")
    ("'鳩'", "'昨日 [電話番号]'")
    """
    if _MAY_BE_PERSONAL.search(part) is None:
        return part
    # by name, as this module imports nothing: the rules are loaded when there is something to mask
    found: list[str] = import_module("vocmine.text").mask_pii([f"got: {part}"])
    return found[0].removeprefix("got: ")


class VocmineError(Exception):
    """A mistake the user can mend.

    Parameters
    ----------
    what : str
        What is wrong, as a short clause without a full stop.
    where : str, optional
        File and line, column, key or parameter.
    got, expected : str, optional
        What was found and what is allowed. Never customer text in clear: personal data in any part is masked.
    hint : str, optional
        What to do next.

    Examples
    --------
    >>> print(VocmineError("unknown channel", where="notes.csv, row 3", got="'fax'", expected="call, chat or email"))
    unknown channel; where: notes.csv, row 3; got: 'fax'; expected: call, chat or email
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        got: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.what = what = masked_part(what)
        self.where, self.got, self.expected, self.hint = where, got, expected, hint = [
            part if part is None else masked_part(part) for part in (where, got, expected, hint)
        ]
        parts = [what]
        named = (("where", where), ("got", got), ("expected", expected))
        parts += [f"{name}: {value}" for name, value in named if value]
        if hint:
            parts.append(hint)
        super().__init__("; ".join(parts))

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword-only fields when crossing a process border."""
        return _rebuild, (type(self), self.what, self.where, self.got, self.expected, self.hint)


def _rebuild(
    kind: type[VocmineError], what: str, where: str | None, got: str | None, expected: str | None, hint: str | None
) -> VocmineError:
    return kind(what, where=where, got=got, expected=expected, hint=hint)


class ContactError(VocmineError):
    """Contacts that can't be read or don't fit the column table."""


class SettingsError(VocmineError, ValueError):
    """A wrong taxonomy, cost model, mapping, run settings or parameter."""


class AuditError(VocmineError, ValueError):
    """A hand-checked sample that does not fit the tags it is to correct."""


class StoreError(VocmineError):
    """A saved folder that is missing, damaged, or of another kind or version."""


class MissingExtraError(VocmineError, ImportError):
    """An optional dependency that is not installed; the message has its pip line."""


def missing_extra(package: str, extra: str, purpose: str) -> MissingExtraError:
    """Make the error for an optional dependency that is not installed.

    Examples
    --------
    >>> print(missing_extra("bertopic", "topics", "topic discovery"))
    topic discovery needs the package 'bertopic', which is not installed; run: pip install 'vocmine[topics]'
    """
    return MissingExtraError(
        f"{purpose} needs the package '{package}', which is not installed", hint=f"run: pip install 'vocmine[{extra}]'"
    )
