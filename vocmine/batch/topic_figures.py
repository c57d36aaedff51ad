"""Discovered topics as a table: names in both languages, how many, how they grow, and what their contacts cost."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vocmine.batch.costing import LEDGER_FILE
from vocmine.batch.period import Period, local_days
from vocmine.csvfile import read_csv, write_csv
from vocmine.frames import UNKNOWN
from vocmine.report.words import Words
from vocmine.results import ListFit, ReasonInfo
from vocmine.settings import Settings
from vocmine.stats import Estimate, ratio_interval

if TYPE_CHECKING:
    from vocmine.topics import TopicModel

_FEWEST, _MOST = 100, 6_000  # contacts whose topics are discovered unasked; more takes minutes
_SHOWN = 10  # lines on the terminal
_MOSTLY = 0.5  # share of a topic's contacts that must bear a reason for it to name the topic in the other language
_GROWTH = ("growth", "growth_low", "growth_high")
_TEXT = ("name", "name_ja", "name_en", "terms", "quotes", "differs", "parent_name")
_PLACES = 6  # decimal places in files: the same bytes whatever the last digit


def find_topics(home: Path, period: Period, settings: Settings) -> tuple[pd.DataFrame, pd.Series]:
    """Discover the topics of a period, write model, topics and each contact's topic, and give the last two.

    Parameters
    ----------
    home : Path
        The results folder.
    period : Period
    settings : Settings
        Its seed and level.

    Returns
    -------
    topics : DataFrame
        Those of `vocmine.topics.TopicModel` with ``growth, growth_low, growth_high`` (the later half of the period
        against the earlier one; NaN where there is no telling, infinite where the earlier one has none) and ``cost``
        (labour of its contacts in the folder's ledger; NaN where there is none).
    assigned : Series of int64
        Topic by contact_id, -1 for none.
    """
    model = fitted_topics(period, settings)
    model.save(home / "topics" / "model")
    topics, assigned = topics_of(model, period, settings)
    write_csv(home / "topics" / "assigned.csv", assigned.reset_index())
    topics = topics.assign(cost=topic_costs(home, topics["topic_id"], assigned))
    write_topics(home, topics)
    return topics, assigned


def wants_topics(settings: Settings, fit: ListFit | None, n: int) -> bool:
    """Whether topics are discovered: where asked for, or where they must stand in for a list that says little.

    Of very many contacts it would take long, and is not done unasked.
    """
    return settings.discover or (
        settings.topics and fit is not None and not fit.fits and _FEWEST <= n <= _MOST
    )


def fitted_topics(period: Period, settings: Settings) -> TopicModel:
    """Fit the topics of a period."""
    from vocmine.topics import TopicModel

    return TopicModel(seed=settings.seed).fit(period.contacts)


def topics_of(model: TopicModel, period: Period, settings: Settings) -> tuple[pd.DataFrame, pd.Series]:
    """Give the topics of a model with names in both languages and growth, and the topic of each contact."""
    assigned = pd.Series(model.labels_, index=period.contacts["contact_id"], name="topic_id")
    topics = with_names(model.topics_, assigned, period.tags, period.names)
    return with_growth(topics, assigned, period, settings.level), assigned


def write_topics(home: Path, topics: pd.DataFrame) -> None:
    """Write discovered topics as a table, with lists joined; what is not known stays empty."""
    write_csv(home / "topics" / "discovered.csv", flat_topics(topics))


def flat_topics(topics: pd.DataFrame) -> pd.DataFrame:
    """Give discovered topics as they are stored."""
    flat = topics.copy()
    for name in flat.columns:
        flat[name] = flat[name].map(
            lambda value: " / ".join(map(str, value)) if isinstance(value, list | tuple) else value
        )
    for name in (*_GROWTH, "cost"):
        if name in flat:
            flat[name] = flat[name].replace(float("inf"), float("nan")).round(2 if name == "cost" else _PLACES)
    return flat


def with_names(topics: pd.DataFrame, assigned: pd.Series, tags: pd.DataFrame, names: ReasonInfo) -> pd.DataFrame:
    """Complete the names by language: by the reason that most contacts of a topic bear, else as the topic is called.

    Parameters
    ----------
    topics : DataFrame
        ``topic_id, name, name_ja, name_en``.
    assigned : Series of int64
        Topic by contact_id.
    tags : DataFrame
    names : ReasonInfo
        Names of the reasons; those that come with vocmine where it has none.
    """
    main = _main_reasons(assigned, tags)
    out = topics.copy()
    for lang, form in (("ja", "{reason}「{name}」"), ("en", '{reason} ("{name}")')):
        known = {**ReasonInfo.shipped().names.get(lang, {}), **names.names.get(lang, {})}
        reasons = topics["topic_id"].map(main).map(known)
        filled = [
            form.format(reason=reason, name=name) if isinstance(reason, str) else name
            for reason, name in zip(reasons, topics["name"], strict=True)
        ]
        own = topics[f"name_{lang}"].fillna("").astype(str)
        out[f"name_{lang}"] = own.where(own != "", pd.Series(filled, index=topics.index, dtype=object))
    return out


def _main_reasons(assigned: pd.Series, tags: pd.DataFrame) -> pd.Series:
    """Give the reason that more than half of a topic's contacts bear, by topic; topics without one are left out."""
    reasons = tags.loc[(tags["kind"] == "reason") & (tags["label"] != UNKNOWN), ["contact_id", "label"]]
    reasons = reasons.drop_duplicates().assign(topic_id=reasons["contact_id"].map(_by_contact(assigned)))
    counts = reasons.dropna(subset=["topic_id"]).groupby(["topic_id", "label"]).size().rename("n").reset_index()
    counts = counts[counts["n"] > _MOSTLY * counts["topic_id"].map(assigned.value_counts())]
    best = counts.sort_values(["topic_id", "n", "label"], ascending=[True, False, True]).drop_duplicates("topic_id")
    return best.set_index("topic_id")["label"]


def with_growth(topics: pd.DataFrame, assigned: pd.Series, period: Period, level: float) -> pd.DataFrame:
    """Add how a topic grew: its contacts of the later half of the period over those of the earlier one, with range.

    The halves have the same number of whole days; of an odd number the first day is left out.
    """
    first, last = pd.Timestamp(period.first), pd.Timestamp(period.last)
    half = ((last - first).days + 1) // 2
    day = pd.to_datetime(local_days(period.contacts, period.timezone)).to_numpy()
    age = ((last.to_numpy() - day) // pd.Timedelta(days=1).to_numpy()).astype(int)
    topic = assigned.to_numpy()
    now = pd.Series(topic[age < half]).value_counts()
    before = pd.Series(topic[(age >= half) & (age < 2 * half)]).value_counts()
    found = [
        ratio_interval(int(now.get(t, 0)), int(before.get(t, 0)), level) if half else Estimate()
        for t in topics["topic_id"]
    ]
    return topics.assign(**{name: [e.numbers[i] for e in found] for i, name in enumerate(_GROWTH)})


def topic_costs(home: Path, topic_ids: pd.Series, assigned: pd.Series) -> pd.Series:
    """Give the labour cost of each topic's contacts by the ledger of the folder; NaN where there is no money in it."""
    return costs_by_topic(folder_ledger(home), topic_ids, assigned)


def folder_ledger(home: Path) -> pd.DataFrame | None:
    """Read contacts and labour cost of a folder's ledger; None where there is none yet."""
    path = home / LEDGER_FILE
    return pd.read_parquet(path, columns=["contact_id", "cost"]) if path.exists() else None


def costs_by_topic(ledger: pd.DataFrame | None, topic_ids: pd.Series, assigned: pd.Series) -> pd.Series:
    """Give the labour cost of each topic's contacts by a ledger; NaN where there is none, or no money in it."""
    ledger = pd.DataFrame({"cost": []}) if ledger is None else ledger
    if not (ledger["cost"] > 0).any():
        return pd.Series(float("nan"), index=topic_ids.index)
    topic = ledger["contact_id"].map(_by_contact(assigned))
    return topic_ids.map(ledger["cost"].groupby(topic).sum()).astype(float)


def price_topics(home: Path) -> None:
    """Write what discovered topics cost beside them, by the ledger as it is now; nothing where none were discovered."""
    path = home / "topics" / "discovered.csv"
    topics = read_csv(path, ("topic_id", "name"))
    assigned = read_csv(home / "topics" / "assigned.csv", ("contact_id", "topic_id"))
    if topics.empty or assigned.empty:
        return
    numbers = pd.to_numeric(assigned["topic_id"])
    costs = topic_costs(home, pd.to_numeric(topics["topic_id"]), numbers.set_axis(assigned["contact_id"]))
    read = {name: pd.to_numeric(topics[name]) for name in topics.columns if name not in _TEXT}  # -1 is no formula
    write_csv(path, topics.assign(**{**read, "cost": costs.round(2)}))


def _by_contact(assigned: pd.Series) -> pd.Series:
    return assigned[~assigned.index.duplicated()]


def _currency(home: Path) -> str:
    table = read_csv(home / "issue_costs.csv", ("currency",))
    return "" if table.empty else str(table["currency"].iloc[0]).replace("nan", "")


def topic_lines(home: Path, topics: pd.DataFrame, assigned: pd.Series, settings: Settings) -> list[str]:
    """Say what was found in the language of the reader: how many topics, and the largest with growth and cost."""
    words, said = Words(settings.lang, _currency(home)), _sentences()
    found = topics[topics["topic_id"] >= 0]
    head = said["head"][settings.lang].format(
        k=len(found), share=words.percent(float((assigned >= 0).mean())), n=words.whole(len(assigned)),
        path=home / "topics" / "discovered.csv",
    )
    largest = found.sort_values(["n", "topic_id"], ascending=[False, True]).head(_SHOWN)
    lines = []
    for row in largest.to_dict("records"):
        growth = Estimate(row["growth"], row["growth_low"], row["growth_high"])
        parts = [
            said["share"][settings.lang].format(share=words.percent(row["share"])),
            said["growth"][settings.lang].format(growth=words.times_with_range(growth)) if growth.known else "",
            said["cost"][settings.lang].format(cost=words.short_money(row["cost"])) if row["cost"] > 0 else "",
        ]
        told = said["comma"][settings.lang].join(part for part in parts if part)
        name = row[f"name_{settings.lang}"]
        lines.append(said["line"][settings.lang].format(n=words.whole(row["n"]), name=name, told=told))
    return [head, *lines]


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[str, str]]:
    import yaml

    text = files("vocmine.batch").joinpath("data", "topics.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
