"""Labels of a person: learn from them, name those that look wrong, and say which contacts to label next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch.contact_store import ContactStore
from vocmine.batch.label_column import read_labels
from vocmine.batch.period import read_period
from vocmine.batch.taxonomies import chosen_taxonomy, ids_by_name
from vocmine.csvfile import write_csv
from vocmine.errors import ContactError, SettingsError
from vocmine.frames import UNKNOWN, require_columns
from vocmine.settings import Settings
from vocmine.tagger import Tagger

if TYPE_CHECKING:
    from vocmine.classify import Taxonomy

DOUBTS = "doubtful_labels.csv"
_SHOWN_DOUBTS = 5  # names in a line; the rest is counted
_FEWEST = 2  # contacts of a label, to learn it
_POOL = 5_000  # contacts that suggestions are chosen from
_UNLABELLED = 10_000  # contacts without a label that are analysed
_COLUMNS = ("contact_id", "created_at", "channel", "guess", "score", "second", "label", "text")


def learn(contacts: pd.DataFrame, label: str, out: Path, taxonomy: Path | None, settings: Settings) -> list[str]:
    """Learn reasons from a column of labels, save a tagger, and list the labels that look wrong.

    Parameters
    ----------
    contacts : DataFrame
        Contacts with the column of labels. Those without one, or with a mark for none such as ``-`` or 未分類, are
        learned from as far as left-out labels say that it helps; those marked ``unknown`` are left out.
    label : str
        The column: ids or names of the taxonomy's reasons, or, without a taxonomy, any words.
    out : Path
        Folder of the saved tagger; ``doubtful_labels.csv`` goes there too.
    taxonomy : Path, optional
        YAML with the reasons.

    Returns
    -------
    list of str
        What was learned, and what to look at, in lines.

    Raises
    ------
    ContactError
        If there is no such column, no label, or no label on two contacts.
    """
    from vocmine.classify import ReasonClassifier, find_label_errors
    from vocmine.text import analyze

    require_columns(contacts, [label], "--label")
    chosen = chosen_taxonomy(taxonomy, settings.trade)
    column = read_labels(contacts[label], _names_and_ids(chosen))
    words = column.labels[column.labels != ""]
    if words.empty or (words == UNKNOWN).all():
        raise ContactError("no contact has a label", where=f"column {label}")
    known = _taxonomy(chosen, set(words) - {UNKNOWN})
    y = _ids_of_names(words, known)
    enough = y.map(y.value_counts()) >= _FEWEST
    if not (enough & (y != UNKNOWN)).any():
        raise ContactError(
            "each label stands on one contact only", where=f"column {label}", expected=f"{_FEWEST} contacts of a label"
        )
    single = sorted(set(y[~enough]) - {UNKNOWN})
    y = y[enough & (y != UNKNOWN)]
    analysed = analyze(contacts.loc[y.index].reset_index(drop=True))
    bare = contacts.loc[column.labels.index[column.labels == ""]]
    more = analyze(_drawn(bare)) if len(bare) else None
    reasons = ReasonClassifier(known).fit(analysed, y.tolist(), unlabeled=more)
    Tagger(reasons, signals=settings.signals).save(out)
    lines = [f"learned {y.nunique():,} reasons from {len(y):,} contacts; saved in {out}"]
    lines += _unlabelled_lines(len(bare), int((column.labels == UNKNOWN).sum()), reasons.figures_)
    lines += [column.line] if column.line else []
    if single:
        more_names = ", ..." if len(single) > _SHOWN_DOUBTS else ""
        lines.append(f"  not learned, as only one contact has it: {', '.join(single[:_SHOWN_DOUBTS])}{more_names}")
    if y.nunique() < 2:
        return lines
    doubts = find_label_errors(analysed, y.tolist())
    text = analysed["text_clean"].to_numpy(dtype=object)[doubts["row"]]
    ids = analysed["contact_id"].to_numpy(dtype=object)[doubts["row"]]
    table = doubts.assign(contact_id=ids, text=text, score=doubts["score"].round(4))
    write_csv(out / DOUBTS, table[["contact_id", "label", "suggested", "score", "text"]])
    return lines + _doubt_lines(table, out / DOUBTS)


def _names_and_ids(taxonomy: Taxonomy | None) -> frozenset[str]:
    if taxonomy is None:
        return frozenset()
    return frozenset(x for reason in taxonomy.leaves for x in (reason, *taxonomy[reason].names.values()))


def _drawn(contacts: pd.DataFrame) -> pd.DataFrame:
    """Give of very many contacts a fixed draw, by a hash of the text: whatever the order, it is the same."""
    if len(contacts) <= _UNLABELLED:
        return contacts.reset_index(drop=True)
    place = pd.Series(pd.util.hash_array(contacts["text"].astype(str).to_numpy(dtype=object)), index=contacts.index)
    return contacts.loc[place.nsmallest(_UNLABELLED).index].reset_index(drop=True)


def _unlabelled_lines(n: int, unknown: int, figures: dict[str, Any]) -> list[str]:
    """Say what the contacts without a label gave."""
    lines = [f"  {unknown:,} marked as none of the reasons: left out"] if unknown else []
    if not n:
        return lines
    if "unlabeled" not in figures and "share_new" in figures:
        new = f"about {figures['share_new']:.0%} of them seem to have a reason that no label has"
        return [*lines, f"  {n:,} without a label: {new}; they only tell which contacts are like these"]
    if "unlabeled" not in figures:
        return [*lines, f"  {n:,} without a label: not read, as there are labels enough or too few texts without"]
    without, right = figures["accuracy_labels_alone"], figures["accuracy"]
    read = f"  {n:,} without a label ({int(figures['unlabeled']):,} texts read)"
    if not figures["unlabeled_kept"]:
        return [*lines, f"{read}: left out, as labels held back are told no better with them"]
    return [*lines, f"{read}: with them {right:.0%} of labels held back are told right, without {without:.0%}"]


def learn_unsupervised(contacts: pd.DataFrame, out: Path, taxonomy: Path | None, settings: Settings) -> list[str]:
    """Learn from contacts without labels how customers put the reasons of a taxonomy, and save a tagger.

    Parameters
    ----------
    contacts : DataFrame
        Contacts, of 20 distinct texts at least.
    out : Path
        Folder of the saved tagger.
    taxonomy : Path, optional
        YAML with the reasons; the shipped ones if None.

    Returns
    -------
    list of str
        What was learned, in lines.
    """
    from vocmine.classify import ReasonClassifier
    from vocmine.text import analyze

    known = chosen_taxonomy(taxonomy, settings.trade)
    reasons = ReasonClassifier(known).fit(analyze(contacts))
    Tagger(reasons, signals=settings.signals).save(out)
    figures = reasons.figures_
    return [
        f"learned {len(reasons.classes_):,} reasons from {int(figures['n']):,} texts without labels; saved in {out}",
        f"  by its own estimate, which nobody has checked, {figures['expected_accuracy']:.0%} of its first guesses are "
        "right: check with `vocmine audit`, or label those of `vocmine suggest`",
    ]


def _doubt_lines(table: pd.DataFrame, path: Path) -> list[str]:
    if table.empty:
        return ["no label looks wrong"]
    n = len(table)
    head = f"{n:,} label{'' if n == 1 else 's'} may be wrong, the likeliest first: {path}"
    rows = table.head(_SHOWN_DOUBTS)[["contact_id", "label", "suggested"]].itertuples(index=False)
    return [head, *(f"  {contact}: {label} -> {other}?" for contact, label, other in rows)]


def _taxonomy(chosen: Taxonomy | None, labels: set[str]) -> Taxonomy | None:
    """Give the taxonomy of the labels: the given one, the shipped one if it has them all, or just the words."""
    from vocmine.classify import Taxonomy

    if chosen is not None:
        return chosen
    if labels <= set(Taxonomy.default().leaves):
        return None
    return Taxonomy.from_dict({"reasons": [{"id": name, "name": name} for name in sorted(labels)]})


def _ids_of_names(labels: pd.Series, taxonomy: Taxonomy | None) -> pd.Series:
    """Turn names of reasons, as a list of values shows them, into their ids; what is no name stays as it is."""
    if taxonomy is None:
        return labels
    ids = ids_by_name((name, reason) for reason in taxonomy.leaves for name in taxonomy[reason].names.values())
    return labels.map(lambda label: label if label in taxonomy else ids.get(label, label))


def suggest(home: Path, n: int, to: Path, settings: Settings, tagger: Tagger) -> str:
    """Write the contacts of a results folder most worth labelling into a CSV to fill in, for `vocmine fit`.

    Raises
    ------
    SettingsError
        If ``n`` is below 1.
    """
    from vocmine.classify import ReasonClassifier, suggest_labels

    if n < 1:
        raise SettingsError("too few contacts to suggest", where="--n", got=str(n), expected="1 or more")
    contacts = read_period(home, ContactStore(home, settings.timezone), settings.period_days).contacts
    # by a hash of the id: the same contacts in every run, whatever the order of rows
    place = pd.Series(pd.util.hash_array(contacts["contact_id"].to_numpy(dtype=object)), index=contacts.index)
    pool = contacts.loc[place.nsmallest(_POOL).index].sort_values("contact_id").reset_index(drop=True)
    found = suggest_labels(pool, tagger.reasons or ReasonClassifier(), n)
    rows = pool.iloc[found["row"].to_numpy()]
    table = found.assign(
        guess=found["label"], label="", score=found["score"].round(3), created_at=_times(rows["created_at"]),
        channel=rows["channel"].to_numpy(), text=rows["text"].to_numpy(),
    )
    write_csv(to, table[list(_COLUMNS)])
    return (
        f"{len(table):,} contacts in {to}, the most telling first; fill in the column label (ids or names of reasons), "
        f"then, with the same --taxonomy or --trade: vocmine fit --contacts {to} --label label --out model"
    )


def _times(created_at: pd.Series) -> Any:
    return created_at.dt.strftime("%Y-%m-%dT%H:%M:%SZ").to_numpy()

