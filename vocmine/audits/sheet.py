"""What a person gets to check: contacts in random order, the reasons to choose from, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from vocmine.audits.answers import Names, shown_reasons
from vocmine.audits.words import LANGS, words
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN
from vocmine.plaintext import plain

ANSWER_COLUMNS = ("label", "label_2", "label_3")
KEPT_COLUMNS = ("contact_id", "label_tag", "prob", "drawn_on")


@dataclass(frozen=True, eq=False)
class CheckSheet:
    """Contacts to check, and the reasons to choose from.

    Parameters
    ----------
    rows : DataFrame
        One row a contact: `KEPT_COLUMNS`, ``text`` (masked), and the answers so far in `ANSWER_COLUMNS`, as ids.
    reasons : mapping of str to str
        What is shown for each reason that can be chosen, in the order shown.
    names : mapping
        Names of reasons by language.
    lang : str
        ``ja`` or ``en``.
    likely : mapping of str to sequence of str
        The likeliest reasons of a contact, likeliest first.

    Examples
    --------
    >>> audit = pd.DataFrame({"contact_id": ["a"], "label_tag": ["bill"], "prob": [0.5], "label": [""]})
    >>> sheet = CheckSheet.of(audit, names={"en": {"bill": "Billing"}}, lang="en")
    >>> sheet.reasons, sheet.proposed("bill")
    ({'bill': 'Billing'}, 'Billing')
    """

    rows: pd.DataFrame
    reasons: Mapping[str, str]
    names: Names
    lang: str
    likely: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, audit: pd.DataFrame, *, names: Names | None = None, lang: str = "ja", texts: pd.Series[Any] | None = None,
        reasons: Iterable[str] = (), likely: Mapping[str, Sequence[str]] | None = None,
    ) -> CheckSheet:
        """Lay out an audit.

        Parameters
        ----------
        audit : DataFrame
            As `Audit.table`; its ``text`` is shown where `texts` is None.
        names : mapping, optional
            Names of reasons by language; ids where there are none.
        lang : str
            ``ja`` or ``en``.
        texts : Series, optional
            Masked text by contact_id.
        reasons : iterable of str
            Ids of the reasons that can be chosen; those of the names and of the audit if empty.
        likely : mapping, optional
            The likeliest reasons by contact_id.
        """
        if lang not in LANGS:
            raise SettingsError("unknown language", where="lang", got=repr(lang)[:20], expected=", ".join(LANGS))
        names = names or {}
        rows = _one_row_each(audit)
        if texts is None and "text" in audit:
            texts = audit["text"].set_axis(audit["contact_id"])
        said = {} if texts is None else dict(zip(texts.index.astype(str), texts.to_numpy(dtype=object), strict=True))
        found = [said.get(contact) for contact in rows["contact_id"]]
        rows["text"] = [plain(text) if isinstance(text, str) else "" for text in found]
        chosen = list(dict.fromkeys(reasons)) or sorted({reason for table in names.values() for reason in table})
        asked = sorted({*rows["label_tag"], *audit["label"].fillna("").astype(str)} - {"", UNKNOWN, *chosen})
        offered = [reason for reason in (*chosen, *asked) if reason != UNKNOWN]
        # independent of how contacts were drawn or come in: those checked first are a random part of all
        order = pd.Series(pd.util.hash_array(rows["contact_id"].to_numpy(dtype=object)), index=rows.index)
        rows = rows.loc[order.sort_values(kind="stable").index].reset_index(drop=True)
        table = {plain(reason): plain(name) for reason, name in shown_reasons(offered, names.get(lang, {})).items()}
        return cls(rows, table, names, lang, likely or {})

    def words(self, key: str) -> Any:
        """Give our words of a topic in the sheet's language."""
        found = words()["sheet"][key]
        return found[self.lang] if set(found) >= set(LANGS) else {name: each[self.lang] for name, each in found.items()}

    def proposed(self, reason: str) -> str:
        """Give what is shown for the reason a contact was drawn by."""
        return self.reasons.get(reason) or (str(self.words("none")) if reason == UNKNOWN else reason)


def _one_row_each(audit: pd.DataFrame) -> pd.DataFrame:
    """Give one row a contact, with its labels so far beside each other."""
    table = audit.assign(contact_id=audit["contact_id"].astype(str), label=audit["label"].fillna("").astype(str))
    rows = table.drop_duplicates("contact_id").reset_index(drop=True)
    tags = rows["label_tag"].astype(str) if "label_tag" in rows else pd.Series("", index=rows.index)
    days = rows["drawn_on"].astype(str) if "drawn_on" in rows else pd.Series("", index=rows.index)
    labels = table[table["label"] != ""].groupby("contact_id")["label"].agg(lambda each: list(dict.fromkeys(each)))
    given = [labels.get(contact, []) for contact in rows["contact_id"]]
    out = pd.DataFrame({
        "contact_id": rows["contact_id"], "label_tag": tags, "prob": rows["prob"].astype(float), "drawn_on": days,
    })
    for place, name in enumerate(ANSWER_COLUMNS):
        out[name] = [each[place] if len(each) > place else "" for each in given]
    return out
