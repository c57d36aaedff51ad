"""The single steps of the daily job, each one plain function on files or on a results folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch import labels, outputs
from vocmine.batch.audit_files import Audits, labels_to_ids, pooled_audit, read_audits
from vocmine.batch.chunks import tag_chunk
from vocmine.batch.contact_store import ContactStore, parquet_bytes
from vocmine.batch.cost_inputs import CostInputs
from vocmine.batch.costing import cost_period, write_costs
from vocmine.batch.explain import totals_sentence
from vocmine.batch.fit_check import list_fit, trade_fit_lines, trade_table_lines
from vocmine.batch.folder_identity import need_identity
from vocmine.batch.measures import narrowing, narrowing_sentence
from vocmine.batch.origin import ColumnNames, origins_of, read_chunks
from vocmine.batch.period import read_period
from vocmine.batch.report_inputs import cost_and_report
from vocmine.batch.state import locked
from vocmine.batch.taxonomies import chosen_taxonomy
from vocmine.batch.topic_figures import find_topics, topic_lines
from vocmine.csvfile import write_csv
from vocmine.errors import SettingsError
from vocmine.frames import REJECTED_COLUMNS
from vocmine.report.words import Words
from vocmine.results import ListFit
from vocmine.settings import Settings
from vocmine.store import write_atomic
from vocmine.tagger import Tagger

if TYPE_CHECKING:
    from vocmine.contacts import Checked
    from vocmine.contacts.reading import Reading
    from vocmine.cost import CostModel

_NOTED = ("handle_time_added_up", "after_call_included", "after_call_added", "damaged_text")  # cells are kept


@dataclass(frozen=True)
class ReadCounts:
    """What reading contact files found.

    Parameters
    ----------
    n_read, n_rejected : int
        Rows.
    codes : dict of str to int
        Rejected rows by code.
    warnings : dict of str to int
        Cells left empty in rows that were kept, and remarks on how a column was read, by column and code.
    readings : tuple of Reading
        How each source was read.
    fit : ListFit, optional
        How the list of reasons fits, where contacts were tagged.
    """

    n_read: int
    n_rejected: int
    codes: dict[str, int]
    warnings: dict[str, int]
    readings: tuple[Reading, ...] = ()
    fit: ListFit | None = field(default=None, compare=False)

    def lines(self, lang: str = "en") -> list[str]:
        """Say it in lines: first how each source was read, then what was wrong with its rows."""
        head = f"{self.n_read:,} rows read, {self.n_read - self.n_rejected:,} accepted, {self.n_rejected:,} rejected"
        rows = [f"  rejected, {code}: {n:,}" for code, n in sorted(self.codes.items())]
        doubts = {doubt.code for reading in self.readings for doubt in reading.doubts}
        cells = {what: n for what, n in self.warnings.items() if what.rpartition(": ")[2] not in doubts}
        told = [line for reading in self.readings for line in reading.lines(lang)]
        return [*told, head, *rows, *(f"  {_verb(what)}, {what}: {n:,}" for what, n in sorted(cells.items()))]


def _verb(what: str) -> str:
    """Say whether a remark on a column tells of cells left empty, or of how the column was read."""
    return "noted" if what.endswith(_NOTED) else "left empty"


def tagger_for(taxonomy: Path | None, settings: Settings) -> Tagger:
    """Make the tagger of a run: the shipped one, that of a trade, of a taxonomy in YAML, or saved by `vocmine fit`.

    Raises
    ------
    VocmineError
        If the taxonomy or the saved model is wrong, there is no such trade, or a taxonomy and a trade are given.
    """
    from vocmine.classify import ReasonClassifier

    if taxonomy is not None and taxonomy.is_dir() and settings.trade is None:
        return Tagger.load(taxonomy)
    chosen = chosen_taxonomy(taxonomy, settings.trade)
    return Tagger(None if chosen is None else ReasonClassifier(chosen), signals=settings.signals)


def read_cost_model(path: Path | None) -> CostModel | None:
    """Read a cost model; None where there is none."""
    from vocmine.cost import CostModel

    return None if path is None else CostModel.from_yaml(path)


def read_cost_inputs(
    costs: Path | None = None, audit: Path | Sequence[Path] | None = None, fixes: Path | str | None = None
) -> CostInputs:
    """Read what a person gives a run beside the contacts: rates, a checked sample, a list of fixes."""
    from vocmine.cost import read_fixes

    return CostInputs(read_cost_model(costs), read_audits(audit), () if fixes is None else read_fixes(fixes))


def check_files(
    files: Sequence[str | Path], settings: Settings, mapping: ColumnNames = None, rejected: Path | None = None
) -> ReadCounts:
    """Read contact files, count what is wrong, and write the rejected rows where asked."""
    parts: list[pd.DataFrame] = []
    found = _count(_checked(files, settings, mapping), parts)
    if rejected is not None:
        write_csv(
            rejected, pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(REJECTED_COLUMNS))
        )
    return found


def suggest_columns(file: str | Path, settings: Settings) -> str:
    """Propose a mapping for a contact file, see `vocmine.contacts.suggest_mapping`."""
    from vocmine.contacts import suggest_mapping

    return suggest_mapping(
        str(file), settings.encoding, format=settings.format, query=settings.query, timezone=settings.timezone
    )


def format_lines(system: str | None = None) -> list[str]:
    """Say which systems' exports are read, or how one of them is handed over.

    Raises
    ------
    SettingsError
        If there is no such system.
    """
    from vocmine.contacts.adapters.systems import adapters

    known = adapters()
    if system is not None:
        if system not in known:
            raise SettingsError("unknown system", where="formats", got=system, expected=", ".join(known))
        return [known[system].title, *(f"  {line}" for line in known[system].example.splitlines())]
    parts = ((f"{name}: {known[name].title}", *known[name].example.splitlines(), "") for name in sorted(known))
    return [line for part in parts for line in part]


def tag_files(
    files: Sequence[str | Path], to: Path, tagger: Tagger, mapping: ColumnNames, settings: Settings,
    candidates: bool | None = None,
) -> ReadCounts:
    """Tag contact files into one table, CSV or Parquet by its ending.

    Candidates, for programs more than for people, are written where asked for; if None into Parquet alone.
    """
    from vocmine.classify.trade_fit import sample_texts

    if to.suffix not in {".csv", ".parquet"}:
        raise SettingsError(
            "unknown format of the table", where="--to", got=to.suffix or "no ending", expected=".csv or .parquet"
        )
    tables: list[pd.DataFrame] = []
    failed: list[pd.DataFrame] = []
    sample: list[str] = []

    def tagging() -> Iterator[Checked]:
        for checked in _checked(files, settings, mapping):
            done = tag_chunk(checked.contacts, tagger, "tag")
            sample[:] = sample_texts([*sample, *checked.contacts["text"]])
            tables.append(done.tags)
            failed.append(done.failed)
            yield checked

    found = _count(tagging(), [])
    lost = sum(len(rows) for rows in failed)
    codes = dict(Counter(found.codes) + Counter({"processing_failed": lost}))
    tags = pd.concat(tables, ignore_index=True)
    fit = list_fit(tags, sample, tagger.taxonomy())
    if not (to.suffix == ".parquet" if candidates is None else candidates):
        tags = tags[tags["kind"] != "candidate"].reset_index(drop=True)
    if to.suffix == ".csv":
        write_csv(to, tags)
    else:
        write_atomic(to, parquet_bytes(tags, ContactStore(to.parent, settings.timezone).tag_schema))
    return ReadCounts(found.n_read, found.n_rejected + lost, codes, found.warnings, found.readings, fit)


def trade_lines(files: Sequence[str | Path], settings: Settings, mapping: ColumnNames = None) -> list[str]:
    """List the shipped lists of reasons by trade; with contact files, say first which one fits them."""
    from vocmine.classify import Taxonomy, suggest_trade
    from vocmine.classify.trade_fit import sample_texts

    lines = trade_table_lines(Taxonomy.trades(), settings.lang)
    if not files:
        return lines
    sample: list[str] = []
    for checked in _checked(files, settings, mapping):
        sample = sample_texts([*sample, *checked.contacts["text"]])
    return [*trade_fit_lines(suggest_trade(sample), settings.lang), *lines]


def fit_files(
    files: Sequence[str | Path],
    label: str | None,
    out: Path,
    taxonomy: Path | None,
    mapping: ColumnNames,
    settings: Settings,
) -> str:
    """Learn reasons from a column of labels or from the texts alone, save a tagger, and say what was learned."""
    kept: list[pd.DataFrame] = []

    def read() -> Iterator[Checked]:
        for checked in _checked(files, settings, mapping):
            kept.append(checked.contacts)
            yield checked

    found = _count(read(), [])
    contacts = pd.concat(kept, ignore_index=True)
    if label is None:
        lines = labels.learn_unsupervised(contacts, out, taxonomy, settings)
    else:
        lines = labels.learn(contacts, label, out, taxonomy, settings)
    lost = [f"  {found.n_rejected:,} of {found.n_read:,} rows rejected, not learned from: {_codes(found.codes)}"]
    return "\n".join([*lines, *(lost if found.n_rejected else [])])


def _codes(codes: dict[str, int]) -> str:
    return ", ".join(f"{code} {n:,}" for code, n in sorted(codes.items()))


def propose_files(
    files: Sequence[str | Path], out: Path, mapping: ColumnNames, settings: Settings, previous: Path | None = None
) -> list[str]:
    """Draft a list of reasons from contact files, write it as YAML, and say what was found.

    Raises
    ------
    SettingsError
        If the list would be written over the previous one.
    """
    from vocmine.proposals import propose

    if previous is not None and previous.resolve() == out.resolve():
        raise SettingsError(
            "the list would be written over the previous one", where="--out", got=str(out), hint="name another file"
        )
    contacts = pd.concat([checked.contacts for checked in _checked(files, settings, mapping)], ignore_index=True)
    proposed = propose(contacts, previous=previous)
    proposed.to_yaml(out, settings.lang)
    return [*proposed.lines(settings.lang), f"{out}"]


def cost_results(home: Path, settings: Settings, model: CostModel | None = None, audit: Audits = None) -> str:
    """Cost the issues of a results folder again; say both totals, what ranges rest on and what would narrow them.

    Raises
    ------
    AuditError
        If of several audits none holds.
    """
    with locked(home):
        need_identity(home, settings, model)
        period = read_period(home, ContactStore(home, settings.timezone), settings.period_days)
        checked = pooled_audit(labels_to_ids(audit, period.names.names), period.contacts, period.tags)
        costs = cost_period(period, settings, model, checked)
        write_costs(home, costs, period)
        ahead = narrowing(costs, period, settings, model)
    made = f"{len(costs.table):,} issues from {period.first} to {period.last}: {home / 'issue_costs.csv'}"
    said = (
        totals_sentence(costs, settings.lang), Words(settings.lang).basis(costs.basis, costs.n_checked),
        narrowing_sentence(ahead, costs, period.names, settings.lang),
    )
    return "\n".join(line for line in (made, *said) if line)


def report_results(home: Path, settings: Settings, inputs: CostInputs | None = None) -> list[str]:
    """Write the report of a results folder again; give its findings, and what would narrow the ranges."""
    with locked(home):
        need_identity(home, settings, inputs.model if inputs else None)
        store = ContactStore(home, settings.timezone)
        run = outputs.read_counts(home)
        report = cost_and_report(home, store, settings, inputs or CostInputs(), run)
    return [*report.findings, *([report.narrowing] if report.narrowing else [])]


def discover_topics(home: Path, settings: Settings) -> str:
    """Discover the topics of a results folder's last days, write each contact's topic, and tell of the largest."""
    with locked(home):
        need_identity(home, settings)
        period = read_period(home, ContactStore(home, settings.timezone), settings.period_days)
        topics, assigned = find_topics(home, period, settings)
        return "\n".join(topic_lines(home, topics, assigned, settings))


def _checked(files: Sequence[str | Path], settings: Settings, mapping: ColumnNames) -> Iterator[Checked]:
    for origin in origins_of(files):
        origin.check()
        yield from read_chunks(origin, settings, mapping)


def _count(chunks: Iterator[Checked], rejected: list[pd.DataFrame]) -> ReadCounts:
    n_read, codes, warnings = 0, Counter[str](), Counter[str]()
    readings: list[Reading] = []
    for checked in chunks:
        if checked.reading is not None:
            if readings and readings[-1].columns is checked.reading.columns:  # the next chunk of the same source
                readings.pop()
            readings.append(checked.reading)
        n_read += checked.n_read
        codes.update(checked.rejected["code"])
        warnings.update(
            f"{c}: {code}" for c, code in zip(checked.warnings["column"], checked.warnings["code"], strict=True)
        )
        if len(checked.rejected):
            rejected.append(checked.rejected)
    return ReadCounts(n_read, sum(codes.values()), dict(codes), dict(warnings), tuple(readings))
