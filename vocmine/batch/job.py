"""The daily job: contact files in; tags, alerts, issue costs and a report out; safe to repeat and to kill."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine import __version__
from vocmine.batch import outputs
from vocmine.batch.audit_files import Audits
from vocmine.batch.chunks import Spool, Tagged, tag_chunk
from vocmine.batch.codes import KEPT, AgentCodes, code_states, masked_codes, write_check
from vocmine.batch.contact_store import ContactStore
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.customer_links import Linking
from vocmine.batch.events import Event, RunResult
from vocmine.batch.fit_check import list_fit
from vocmine.batch.folder_identity import keep_identity, need_key
from vocmine.batch.incident_files import read_incidents
from vocmine.batch.notifying import Notified, notify, notify_address
from vocmine.batch.origin import ColumnNames, Origin, origins_of, read_chunks
from vocmine.batch.period import write_names
from vocmine.batch.privacy import with_masked_words
from vocmine.batch.report_inputs import cost_and_report, read_report_period
from vocmine.batch.settling import settle
from vocmine.batch.state import fingerprint, hash_key, locked
from vocmine.batch.taxonomies import keep_taxonomy, names_of
from vocmine.batch.topic_figures import find_topics, price_topics, wants_topics
from vocmine.contacts.cells import masked_ids
from vocmine.contacts.dates import check_timezone
from vocmine.contacts.identity import with_system
from vocmine.contacts.reading import reading_facts
from vocmine.csvfile import read_csv, write_csv
from vocmine.embed import remembered_vectors
from vocmine.errors import ContactError
from vocmine.frames import REJECTED_COLUMNS
from vocmine.settings import Settings
from vocmine.store import FORMAT
from vocmine.tagger import Tagger
from vocmine.text.worker import need_parser

if TYPE_CHECKING:
    from vocmine.contacts import Checked
    from vocmine.cost import CostModel, Fix

_MERGE_ROWS = 100_000  # tagged rows that are stored in one go: bounds the memory


@dataclass(frozen=True)
class Job:
    """What a run is asked to do; made by `run`."""

    origins: tuple[Origin, ...]
    out: Path
    tagger: Tagger
    settings: Settings
    mapping: ColumnNames = None
    inputs: CostInputs = field(default_factory=CostInputs)
    people: Linking | None = None
    codes: AgentCodes | None = None


@dataclass
class Tally:
    """What a run has counted so far."""

    read: int = 0
    accepted: int = 0
    unknown: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    sources: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[pd.DataFrame] = field(default_factory=list)
    warnings: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)
    gone: tuple[str, ...] = ()
    doubts: dict[str, None] = field(default_factory=dict)
    code_states: Counter[tuple[str, str]] = field(default_factory=Counter)
    replaced: int = 0
    unchanged: int = 0
    apart: int = 0

    def refuse(self, source: int, rejected: pd.DataFrame) -> None:
        """Count accepted rows of a source as rejected after all."""
        self.accepted -= len(rejected)
        self.sources[source]["accepted"] -= len(rejected)
        self.sources[source]["rejected"] += len(rejected)
        self.codes.update(rejected["code"])
        self.rejected.append(rejected)

    def spend(self, stage: str, began: float) -> None:
        """Add the time since ``began`` to a stage."""
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + time.perf_counter() - began, 3)


def run(
    files: Sequence[str | Path],
    out: str | Path,
    *,
    tagger: Tagger | None = None,
    model: CostModel | None = None,
    audit: Audits = None,
    fixes: Sequence[Fix] = (),
    mapping: ColumnNames = None,
    settings: Settings | None = None,
) -> Iterator[Event]:
    """Do the daily job on contact files and add the results to a folder.

    The same files again change nothing. A run that was killed is finished by the same call: chunks that were tagged
    are not tagged again.

    Parameters
    ----------
    files : sequence of path
        Contact files of any format that `vocmine.contacts.read_contacts` knows, or SQLAlchemy addresses (with the
        settings' ``query``).
    out : path
        Folder of the results; made if missing, added to otherwise.
    tagger : Tagger, optional
        The shipped taxonomy with no labels if None.
    model : CostModel, optional
        Rates. Without one the report counts contacts and hours, not money.
    audit : Audit, DataFrame or sequence of them, optional
        Hand-checked contacts, see `vocmine.audits.Audit`; several audits of different days are pooled, see
        `vocmine.audits.pool_audits`, and need ``drawn_on``.
    fixes : sequence of Fix, optional
        What was mended and when, see `vocmine.cost.read_fixes`: the report says what it has saved.
    mapping : path or mapping, optional
        Names of columns that are not those of the contact table.
    settings : Settings, optional
        See `vocmine.settings.Settings`. Its ``customers`` links contacts of several systems to one person.

    Yields
    ------
    Event
        Steps as they happen; the last one has the `RunResult`.

    Raises
    ------
    VocmineError
        If a file can't be read at all, or a setting, cost model or audit is wrong. Rows that can't be used never
        raise: they are counted in the result and listed in ``rejected.csv``.
    """
    chosen = with_masked_words(settings or Settings())
    check_timezone(chosen.timezone)  # before the folder keeps it
    if chosen.aspect_contacts:
        need_parser(purpose="reading contacts for aspects")
    tagger = tagger or Tagger()
    job = Job(
        origins_of(files), Path(out), tagger, chosen, mapping, CostInputs(model, audit, fixes), Linking.of(chosen),
        AgentCodes.of(chosen, tagger.taxonomy()),
    )
    if not job.origins:
        raise ContactError("no contacts were given", where="files", expected="one or more contact files")
    notify_address(chosen)  # a wrong one is told before the work, not after it
    for origin in job.origins:
        origin.check()
    with locked(job.out), remembered_vectors():  # reasons, sentiment and topics read the same texts
        yield from _work(job)


def _work(job: Job) -> Iterator[Event]:
    tally = Tally()
    need_key(job.out)
    key = hash_key(job.out)
    keep_identity(job.out, job.settings, job.inputs.model, key)
    store = ContactStore(job.out, job.settings.timezone, job.settings.keep_columns)
    spool = Spool(job.out / ".work" / _fingerprint(job), store)
    names: list[str] = []
    began = time.perf_counter()
    for name, event in _tag_files(job, spool, tally, key):
        names.append(name)
        yield event
    tally.spend("read", began)
    began = time.perf_counter()
    for done in _merge(store, spool, names, tally):
        yield Event("store", done, len(names), "storing contacts and tags by day")
    tally.gone = keep_taxonomy(job.out, job.tagger.taxonomy())
    write_names(job.out, names_of(job.out, job.tagger))
    if job.codes is None:
        (job.out / KEPT).unlink(missing_ok=True)
    else:
        job.codes.keep(job.out)
        tally.doubts.update(dict.fromkeys(job.codes.doubts(tally.code_states, job.settings.lang)))
    tally.spend("store", began)
    _write_rejected(job, tally)
    _need_contacts(job, store, tally)
    result = yield from _finish(job, store, tally)
    spool.clear()  # before the last word: nobody need ask for more after it
    yield Event("done", 1, 1, "done", result)


def _tag_files(job: Job, spool: Spool, tally: Tally, key: str) -> Iterator[tuple[str, Event]]:
    for number, origin in enumerate(job.origins):
        readings: dict[str, Any] = {}
        source = {"source": origin.name, "read": 0, "accepted": 0, "rejected": 0, "readings": readings}
        tally.sources.append(source)
        system = origin.system(job.settings.query)
        for i, checked in enumerate(read_chunks(origin, job.settings, job.mapping)):
            name = f"{number:04d}-{i:06d}"
            if job.codes is not None:
                tally.code_states += code_states(masked_codes(checked.contacts), job.codes)
            if not spool.has(name):
                keep = job.settings.keep_columns
                contacts = masked_codes(with_system(checked.contacts, system))
                contacts = contacts if job.people is None else job.people.link(contacts)
                spool.put(name, tag_chunk(contacts, job.tagger, origin.name, key=key, keep=keep, codes=job.codes))
            if (seen := checked.reading) is not None:
                readings[seen.source] = reading_facts(seen)
                told = (f"{seen.source}: {doubt.sentence(job.settings.lang)}" for doubt in seen.doubts)
                tally.doubts.update(dict.fromkeys(told))
            unknown, failed = spool.outcome(name)
            _count(tally, source, checked, failed)
            tally.unknown += unknown
            yield name, Event("read", tally.read, None, f"reading and tagging {origin.name}")


def _count(tally: Tally, source: dict[str, Any], checked: Checked, failed: pd.DataFrame) -> None:
    rejected = pd.concat([checked.rejected, failed], ignore_index=True) if len(failed) else checked.rejected
    n_read = len(checked.contacts) + len(checked.rejected)
    tally.read += n_read
    tally.accepted += n_read - len(rejected)
    tally.codes.update(rejected["code"])
    source["read"] += n_read
    source["accepted"] += n_read - len(rejected)
    source["rejected"] += len(rejected)
    if len(rejected):
        tally.rejected.append(rejected)
    doubts = {doubt.code for doubt in checked.reading.doubts} if checked.reading is not None else set()
    warnings = checked.warnings[~checked.warnings["code"].isin(doubts)]
    if len(warnings):
        tally.warnings.update(f"{c}: {code}" for c, code in zip(warnings["column"], warnings["code"], strict=True))


def _merge(store: ContactStore, spool: Spool, names: list[str], tally: Tally) -> Iterator[int]:
    """Bring the chunks into the day files, a bounded number of rows at a time.

    System by system, so that it does not depend on the order of the files which system keeps an id that several have;
    of one system's files the later is the newer word.
    """
    pending: dict[str, Tagged] = {}
    for i, name in enumerate(sorted(names, key=lambda name: (spool.system(name), name))):
        pending[name] = spool.get(name)
        if i + 1 == len(names) or sum(len(chunk.contacts) for chunk in pending.values()) >= _MERGE_ROWS:
            settled = settle(store, [(chunk.contacts, chunk.tags) for chunk in pending.values()])
            tally.days |= set(store.upsert(settled.contacts, settled.tags))
            tally.replaced += settled.n_replaced
            tally.unchanged += settled.n_unchanged
            tally.apart += settled.n_apart
            for number, ids in settled.refused.groupby("chunk")["contact_id"]:
                source = int(list(pending)[int(str(number))].split("-")[0])
                tally.refuse(source, _refused(tally.sources[source]["source"], ids.tolist()))
            yield i + 1
            pending = {}


def _refused(source: str, ids: list[str]) -> pd.DataFrame:
    """List rows whose id is that of another contact of the same source; which rows they were is not known any more."""
    shown = masked_ids(ids)
    rows = [(source, None, shown_id, "contact_id", "duplicate_id", shown_id) for shown_id in shown]
    return pd.DataFrame(rows, columns=list(REJECTED_COLUMNS))


def _write_rejected(job: Job, tally: Tally) -> None:
    """Keep the rejected rows of earlier runs, but those of the same sources only as this run saw them."""
    path = job.out / "rejected.csv"
    old = read_csv(path, REJECTED_COLUMNS)
    old = old[~old["source"].isin({origin.name for origin in job.origins})]
    fresh = [
        rows.reindex(columns=list(REJECTED_COLUMNS)).astype({"row": "Int64"}).astype("str") for rows in tally.rejected
    ]
    table = pd.concat([old, *fresh], ignore_index=True).replace({"<NA>": "", "nan": "", "None": ""})
    write_csv(path, table.sort_values(["source", "row"], key=_sortable, kind="stable"))


def _need_contacts(job: Job, store: ContactStore, tally: Tally) -> None:
    """Stop where neither this run nor an earlier one gave a contact: there is nothing to report on."""
    if store.days():
        return
    codes = ", ".join(f"{code} {n}" for code, n in sorted(tally.codes.items()))
    raise ContactError(
        "no row could be used" if tally.read else "there are no rows",
        where=", ".join(origin.name for origin in job.origins),
        got=f"{tally.read:,} rows read, {tally.read - tally.accepted:,} rejected" + (f" ({codes})" if codes else ""),
        hint=f"see {job.out / 'rejected.csv'}" if codes else "there are no earlier contacts in the folder either",
    )


def _sortable(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").fillna(0) if column.name == "row" else column


def _finish(job: Job, store: ContactStore, tally: Tally) -> Generator[Event, None, RunResult]:
    alerts = outputs.no_alerts()
    if job.settings.topics:
        began = time.perf_counter()
        days = sorted(tally.days)
        for i, day_alerts in enumerate(outputs.update_topics(job.out, store, days, job.settings)):
            alerts = outputs.add_alerts(alerts, day_alerts)
            yield Event("topics", i + 1, len(days), "looking for new and growing topics")
        outputs.write_alerts(job.out, alerts, days)
        tally.spend("topics", began)
    period = read_report_period(job.out, store, job.settings)
    fit = list_fit(period.tags, period.contacts, job.tagger.taxonomy())
    if wants_topics(job.settings, fit, len(period.contacts)):
        yield Event("topics", 0, None, "discovering topics")
        find_topics(job.out, period, job.settings)
    yield Event("cost", 0, 1, "costing the issues")
    began = time.perf_counter()
    write_check(job.out, period, job.codes, job.tagger)
    counts = {"read": tally.read, "accepted": tally.accepted, "rejected": dict(tally.codes), "fit": fit.to_dict()}
    made = cost_and_report(job.out, store, job.settings, job.inputs, counts, period)
    price_topics(job.out)
    tally.spend("report", began)
    notified = yield from _notify(job)
    result = RunResult(
        out=job.out,
        n_read=tally.read,
        n_accepted=tally.accepted,
        n_rejected=tally.read - tally.accepted,
        n_stored=store.count(),
        n_alerts=len(alerts),
        findings=tuple(made.findings),
        narrowing=made.narrowing,
        rejected_by_code=dict(tally.codes),
        seconds=tally.seconds,
        n_unknown=tally.unknown,
        gone=tally.gone,
        left_empty=dict(tally.warnings),
        doubts=tuple(tally.doubts),
        n_replaced=tally.replaced,
        n_unchanged=tally.unchanged,
        n_apart=tally.apart,
        fit=fit,
        notified=notified,
    )
    known = None if job.people is None else job.people.counts()
    outputs.write_run(job.out, result, tally.sources, dict(tally.warnings), job.settings, known, job.inputs.given())
    return result


def _notify(job: Job) -> Generator[Event, None, Notified]:
    """Tell of incidents last: whatever becomes of it, the results are there."""
    if notify_address(job.settings) is not None:
        yield Event("notify", 0, 1, "telling of incidents")
    model = job.inputs.model
    currency = "" if model is None or model.numerator == "hours" else model.currency
    return notify(job.out, read_incidents(job.out), job.settings, currency)


def _fingerprint(job: Job) -> str:
    """Name the work: another file, setting, mapping, taxonomy or version is other work."""
    tagger = fingerprint(outputs.describe_tagger(job.tagger))
    mapping = job.mapping
    if mapping is not None and not isinstance(mapping, Mapping):
        mapping = Path(mapping).read_text(encoding="utf-8-sig")
    files = [(origin.name, origin.digest()) for origin in job.origins]
    people = None if job.people is None else job.people.digest()
    codes = None if job.codes is None else job.codes.mapping.to_dict()
    return fingerprint(__version__, FORMAT, job.settings.model_dump(), mapping, tagger, files, people, codes)
