"""Contacts of any kind brought to what is studied: checked, linked, tagged, masked, as the daily job does with them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.batch.chunks import tag_chunk
from vocmine.batch.codes import AgentCodes, masked_codes
from vocmine.batch.customer_links import Linking
from vocmine.batch.origin import ColumnNames, origins_of, read_chunks
from vocmine.batch.state import KEY_VARIABLE
from vocmine.contacts import Checked, check_contacts
from vocmine.contacts.identity import system_name, with_system
from vocmine.embed import remembered_vectors
from vocmine.errors import ContactError
from vocmine.frames import require_columns
from vocmine.settings import Settings
from vocmine.study.tables import ContactTables
from vocmine.tagger import Tagger

if TYPE_CHECKING:
    from vocmine.classify import Taxonomy


class GivenTags(Tagger):
    """Tags that are there already, in the place of a tagger.

    Parameters
    ----------
    tags : DataFrame
        ``contact_id, kind, label`` and any of ``score, source, evidence``.
    tagger : Tagger
        What knows the names of the reasons.
    """

    def __init__(self, tags: pd.DataFrame, tagger: Tagger) -> None:
        super().__init__(tagger.reasons, tagger.sentiment, signals=tagger.signals)
        require_columns(tags, ("contact_id", "kind", "label"), "tags", ContactError)
        defaults: dict[str, Any] = {"score": 1.0, "source": "", "evidence": ""}
        lacking: dict[str, Any] = {name: value for name, value in defaults.items() if name not in tags}
        self.given = tags.assign(contact_id=tags["contact_id"].astype(str), **lacking)

    def tag(self, contacts: pd.DataFrame) -> pd.DataFrame:
        """Give the tags of some contacts, in their order."""
        place = pd.Series(range(len(contacts)), index=contacts["contact_id"].astype(str))
        mine = self.given[self.given["contact_id"].isin(place.index)]
        return mine.iloc[mine["contact_id"].map(place).argsort(kind="stable")].reset_index(drop=True)


@dataclass(frozen=True)
class Gathered:
    """Contacts that were read, tagged and masked.

    Parameters
    ----------
    tables : ContactTables
        Contacts and tags.
    run : dict
        What was read, accepted, and rejected by code.
    rejected : DataFrame
        Rows that could not be used.
    """

    tables: ContactTables
    run: dict[str, Any]
    rejected: pd.DataFrame = field(repr=False)


def gather(
    contacts: Any, tagger: Tagger, codes: AgentCodes | None, mapping: ColumnNames, settings: Settings
) -> Gathered:
    """Read, check, tag and mask contacts.

    Parameters
    ----------
    contacts : DataFrame, Checked, path, address, or list of paths
        A frame may be raw, or as `vocmine.read_contacts` gives it.
    tagger : Tagger
        What tags them.
    codes : AgentCodes or None
        What agents' codes mean.
    mapping : path or mapping, optional
        Names of columns.
    settings : Settings
        Time zone, customers, columns to keep.

    Raises
    ------
    ContactError
        If no row can be used.
    """
    people = Linking.of(settings)
    parts: list[Checked] = []
    pairs: list[tuple[pd.DataFrame, pd.DataFrame]] = []
    failed: list[pd.DataFrame] = []
    read = list(_checked(contacts, mapping, settings))
    key = _hash_key([checked.contacts for _, checked in read])
    with remembered_vectors():
        for system, checked in read:
            parts.append(checked)
            rows = with_system(masked_codes(checked.contacts), system)
            rows = rows if people is None else people.link(rows)
            done = tag_chunk(rows, tagger, system, key=key, keep=settings.keep_columns, codes=codes)
            pairs.append((done.contacts, done.tags))
            failed.append(done.failed)
    rejected = [*(part.rejected for part in parts), *failed]
    refused = pd.concat([rows for rows in rejected if len(rows)] or rejected[:1], ignore_index=True)
    n_read = sum(part.n_read for part in parts)
    if n_read == len(refused):
        codes_found = ", ".join(f"{code} {n}" for code, n in sorted(refused["code"].value_counts().items()))
        raise ContactError(
            "no row could be used" if n_read else "there are no rows", where="contacts",
            got=f"{n_read:,} rows read, {len(refused):,} rejected ({codes_found})" if n_read else "0 rows",
            expected="one row a contact: contact_id, created_at, channel, text",
            hint="vocmine.check_contacts says what is wrong with each row",
        )
    # system by system, so that it does not depend on the order of the files which system keeps an id that several have
    pairs.sort(key=lambda pair: min((str(name) for name in pair[0]["source_system"].dropna().unique()), default=""))
    tables = ContactTables(pairs, settings.timezone, settings.keep_columns)
    by_code = {str(code): int(n) for code, n in refused["code"].value_counts(sort=False).items()}
    if tables.refused:
        by_code["duplicate_id"] = by_code.get("duplicate_id", 0) + tables.refused
    run = {"read": n_read, "accepted": n_read - sum(by_code.values()), "rejected": by_code}
    return Gathered(tables, run, refused)


def _checked(contacts: Any, mapping: ColumnNames, settings: Settings) -> Iterator[tuple[str, Checked]]:
    """Give contacts chunk by chunk with the system that their ids belong to."""
    if isinstance(contacts, Checked):
        yield system_name(None, None, contacts.contacts), contacts
    elif isinstance(contacts, str | Path) or (isinstance(contacts, list | tuple) and contacts):
        files = [contacts] if isinstance(contacts, str | Path) else contacts
        for origin in origins_of(files):
            origin.check()
            system = origin.system(settings.query)
            yield from ((system, checked) for checked in read_chunks(origin, settings, mapping))
    else:
        checked = check_contacts(contacts, mapping, timezone=settings.timezone)
        yield system_name(None, None, contacts), checked


def _hash_key(frames: list[pd.DataFrame]) -> str:
    """Give the key of the hashes of people's ids: of the environment, else made of the ids themselves.

    Nobody who has not got the contacts can make it, and the same contacts give the same hashes.
    """
    told = os.environ.get(KEY_VARIABLE)
    if told:
        return told
    digest = hashlib.sha256()
    for frame in frames:
        for name in ("contact_id", "customer_id"):
            if name in frame:
                digest.update("\n".join(frame[name].astype(object).map(str)).encode("utf-8", "replace"))
    return digest.hexdigest()


def tagger_of(taxonomy: Any, settings: Settings, tags: pd.DataFrame | None = None) -> Tagger:
    """Make the tagger of a study.

    Parameters
    ----------
    taxonomy : Tagger, Taxonomy, classifier, path, mapping or None
        The shipped reasons, or those of the settings' trade, if None.
    settings : Settings
        Trade, signals.
    tags : DataFrame, optional
        Tags that are there already.
    """
    from vocmine.batch.steps import tagger_for
    from vocmine.classify import ReasonClassifier, Taxonomy

    if isinstance(taxonomy, Tagger):
        made = taxonomy
    elif taxonomy is None or isinstance(taxonomy, str | Path):
        made = tagger_for(None if taxonomy is None else Path(taxonomy), settings)
    else:
        given: Taxonomy | Any = Taxonomy.from_dict(dict(taxonomy)) if isinstance(taxonomy, Mapping) else taxonomy
        reasons = ReasonClassifier(given) if isinstance(given, Taxonomy) else given
        made = Tagger(reasons, signals=settings.signals)
    return made if tags is None else GivenTags(tags, made)
