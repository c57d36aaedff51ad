"""Learn how wrong unaudited totals by reason are, on contacts whose reasons are known; write the shipped coefficients.

Run from the root of the project: ``python scripts/fit_cost_errors.py FOLDER``. FOLDER holds three openly licensed sets
as Parquet files of two columns: ``requests_hotel_ja`` (text, label; CC BY 4.0), ``intents_banking_en`` (text, intent;
CC BY 4.0) and ``calls_insurance_en`` (text, intent; CDLA-Permissive-2.0). Without FOLDER the simulator alone is used.
No text and no word of them is kept: what is written is a few numbers a kind of classifier.

Months of contacts are drawn with random shares of reasons, foreign contacts (of another trade, or of reasons left out
of the taxonomy) and handle times that differ by reason; they are tagged by names alone, by names and the month's texts,
by shipped examples, and by labels of other contacts; and totals are estimated as `vocmine.cost.issue_costs` does.
Learned is the log error of each reason's total: its mean and spread by what is seen without labels. Printed is, for
each set, how often the 95 % range holds and how wide it is, with the set left out of the learning.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.contacts import simulate
from vocmine.cost.attribution import pair_reasons
from vocmine.cost.candidates import candidate_labels, read_candidates
from vocmine.cost.prior_error import FEATURES, error_features, features_of_tags, none_target
from vocmine.cost.quantify import quantify
from vocmine.cost.unaudited import usual_effort
from vocmine.embed import default_encoder, encode_distinct
from vocmine.frames import UNKNOWN
from vocmine.text import as_analysed

OUT = Path("vocmine/cost/data/prior_error.json")
SETS = {"hotel": ("requests_hotel_ja", "label"), "banking": ("intents_banking_en", "intent"),
        "calls": ("calls_insurance_en", "intent")}
FOREIGN = {"hotel": ("shop_ja",), "banking": ("shop_en", "calls"), "calls": ("shop_en", "banking"),
           "shop_ja": ("hotel",), "shop_en": ("banking", "calls")}
COLUMNS = ["lang", "text_clean", "terms"]
LEAST = 15  # contacts, true or estimated, of a reason that is learned from
DEGREES = 6.0  # of Student's t that errors are taken to have: a few are very large
RIDGE = 0.003  # on all coefficients but the constants
WANTED = 0.955  # of the reasons of a trade that was left out, that ranges shall hold on average
FEWEST_TRADES = 3  # with fewer, leaving one out tells how alike the others are and little else
SHIFTED = ("examples", "examples_texts", "labels")  # where a mean error was found in all trades
LABELLED = 2  # months of each set that are also tagged by a classifier with labels


class CachedEncoder:
    """The bundled encoder, each text encoded once for all months."""

    def __init__(self) -> None:
        self.spec = {"encoder": "cached"}
        self._engine, self._known = default_encoder(), dict[str, np.ndarray]()

    def encode(self, texts: list[str]) -> np.ndarray:
        """Give the vectors of ``texts``."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, encode_distinct(self._engine, new), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else np.zeros((0, 512), dtype=np.float32)


class Plan(NamedTuple):
    """What a month is drawn from: contacts with labels, foreign ones, and the reasons of the taxonomy."""

    pool: pd.DataFrame
    foreign: pd.DataFrame
    names: list[str]
    shop: bool


def trades(folder: Path | None) -> dict[str, pd.DataFrame]:
    """Read the sets, analysed, each text once, with ``label``."""
    out = {}
    for lang in ("ja", "en"):
        made = simulate(days=60, per_day=140, lang=lang, seed=5)
        made = made[~made["true_reasons"].str.contains("|", regex=False)].drop_duplicates("text")
        out[f"shop_{lang}"] = as_analysed(made["text"].tolist()).assign(label=made["true_reasons"].to_numpy())
    for short, (name, column) in SETS.items():
        if folder is None:
            break
        frame = pd.read_parquet(folder / f"{name}.parquet").dropna(subset=["text", column])
        out[short] = as_analysed(frame["text"].tolist()).assign(label=frame[column].astype(str).to_numpy())
    return {name: frame[[*COLUMNS, "label"]].drop_duplicates("text_clean") for name, frame in out.items()}


def draw_month(plan: Plan, rng: np.random.Generator) -> pd.DataFrame:
    """Draw contacts with random shares of reasons, some foreign, and handle times by reason."""
    n, spread = int(rng.choice([600, 1_000, 2_000, 4_000])), float(rng.choice([0.4, 0.7, 1.0, 2.0]))
    foreign = int(n * float(rng.choice([0.0, 0.05, 0.1, 0.1, 0.2])))
    wanted = rng.multinomial(n - foreign, rng.dirichlet(np.full(len(plan.names), spread)))
    parts = [_some(plan.pool[plan.pool["label"] == name], k, rng) for name, k in zip(plan.names, wanted, strict=True)]
    rest = _some(plan.foreign, foreign, rng).assign(label=UNKNOWN)
    made = pd.concat([*parts, rest], ignore_index=True)
    usual = dict(zip([*plan.names, UNKNOWN], rng.uniform(4.8, 6.6, len(plan.names) + 1), strict=True))
    return made.assign(seconds=rng.lognormal(made["label"].map(usual).to_numpy(), 0.7))


def _some(frame: pd.DataFrame, k: int, rng: np.random.Generator) -> pd.DataFrame:
    if not k or not len(frame):
        return frame.iloc[:0]
    return frame.iloc[rng.choice(len(frame), k, replace=k > len(frame))]


def taxonomy_of(plan: Plan) -> Taxonomy:
    """Give a taxonomy of names alone."""
    if plan.shop:
        names: dict[str, Any] = {reason: dict(Taxonomy.default()[reason].names) for reason in plan.names}
    else:
        names = {name: name.replace("::", " ").replace("_", " ") for name in plan.names}
    return Taxonomy.from_dict({"reasons": [{"id": key, "name": name} for key, name in names.items()]})


def classifiers(
    plan: Plan, train: pd.DataFrame, encoder: CachedEncoder, labelled: bool, all_reasons: bool
) -> Iterator[tuple[str, ReasonClassifier, bool]]:
    """Give the stages of a classifier: name, the classifier, and whether it still has to read the month's texts."""
    yield "names", ReasonClassifier(taxonomy_of(plan), encoder), False
    yield "texts", ReasonClassifier(taxonomy_of(plan), encoder), True
    if plan.shop and all_reasons:
        yield "examples", ReasonClassifier(None, encoder), False
        yield "examples_texts", ReasonClassifier(None, encoder), True
    for each in (10, 40) if labelled else ():
        few = train.groupby("label").head(each)
        few = few[few.groupby("label")["label"].transform("size") >= 2]
        yield f"labels_{each}", ReasonClassifier(taxonomy_of(plan), encoder).fit(few, few["label"].tolist()), False


def month_rows(month: pd.DataFrame, classifier: ReasonClassifier) -> pd.DataFrame:
    """Tag a month and give, for each reason, estimate, truth and what is seen without labels."""
    tags, candidates = classifier.tag_with_candidates(month[COLUMNS].assign(text=month["text_clean"]))
    ids = pd.Series([f"c{i:06d}" for i in range(len(month))])
    tags = pd.concat([tags.assign(kind="reason"), candidates.assign(kind="candidate")])
    tags = tags.assign(contact_id=ids.to_numpy()[tags["row"]])
    pairs = pair_reasons(ids, tags, candidate_labels(tags))
    found = read_candidates(pd.Index(ids), tags, pairs)
    if found is None:
        raise SystemExit("the classifier gave no candidates")
    seconds = month["seconds"].to_numpy()
    read = quantify(found.chances, usual_effort(seconds, pd.Series("call", index=ids.index)), found.basis)
    issues, k = pd.Index(pairs.issues), len(pairs.issues)
    truth = issues.get_indexer(pd.Index(month["label"]))
    out = pd.DataFrame({
        "issue": issues, "basis": found.basis, "n_all": len(ids), "total": seconds.sum(),
        "n": read.totals(np.ones(len(ids))), "cost": read.totals(seconds),
        "own": np.bincount(read.issue, weights=read.chance * (1 - read.chance) * seconds[read.row] ** 2, minlength=k),
        "true_n": np.bincount(truth[truth >= 0], minlength=k),
        "true_cost": np.bincount(truth[truth >= 0], weights=seconds[truth >= 0], minlength=k),
        "tagged_n": np.bincount(pairs.issue, weights=pairs.share, minlength=k),
        "tagged_cost": np.bincount(pairs.issue, weights=pairs.share * seconds[pairs.row], minlength=k),
        "none": none_target(found.chances, found.basis),
    })
    by_tags = features_of_tags(pairs.score, pairs.issue, pairs.share, k)
    return out.join(pd.DataFrame(np.hstack([error_features(found.chances, read), by_tags]), columns=_columns()))


def _columns() -> list[str]:
    return [*FEATURES, *(f"tag_{name}" for name in FEATURES)]


def all_rows(data: dict[str, pd.DataFrame], runs: int) -> pd.DataFrame:
    """Draw and tag all months."""
    encoder, out = CachedEncoder(), list[pd.DataFrame]()
    for trade, frame in data.items():
        labels = sorted(frame["label"].unique())
        others = [data[name] for name in FOREIGN[trade] if name in data]
        for run in range(runs):
            rng = np.random.default_rng([run, len(labels), len(frame)])
            whole = run % 2 == 0
            some = rng.choice(labels, int(len(labels) * rng.uniform(0.3, 0.8)), replace=False)
            names = labels if whole else sorted(some)
            inside = frame[frame["label"].isin(names)]
            outside = frame[~frame["label"].isin(names)] if run % 8 == 3 else pd.concat(others or [frame.iloc[:0]])
            train = inside.groupby("label").sample(frac=0.5, random_state=1)
            plan = Plan(inside, outside, names, trade.startswith("shop"))
            for stage, classifier, reads in classifiers(plan, train, encoder, run < LABELLED, whole):
                left = inside.drop(train.index) if stage.startswith("labels") else inside
                month = draw_month(plan._replace(pool=left), rng)
                if reads:
                    classifier.fit(month[COLUMNS].assign(text=month["text_clean"]))
                out.append(month_rows(month, classifier).assign(trade=trade, stage=stage, month=len(out)))
            sys.stderr.write(f"{trade} {run + 1}/{runs}\n")
    return pd.concat(out, ignore_index=True)


def with_errors(rows: pd.DataFrame, estimate: str) -> pd.DataFrame:
    """Give the log error of the estimate; totals of less than some contacts' worth are no smaller."""
    usual = rows["total"] / rows["n_all"]
    error = np.log(np.maximum(rows["true_cost"], 3 * usual)) - np.log(np.maximum(rows[estimate], usual))
    return rows.assign(error=error)


def fit(rows: pd.DataFrame, shifted: bool = True, columns: tuple[str, ...] = FEATURES) -> tuple[np.ndarray, np.ndarray]:
    """Learn mean and log spread of the error as linear in the features; each trade and stage weighs the same.

    Of the mean a half is used: what is learned on all estimates overcorrects large reasons, which matter most.
    """
    enough = (rows["issue"] != UNKNOWN) & ((rows["true_n"] >= LEAST) | (rows["n"] >= LEAST))
    some = rows[enough]
    x, error = some[list(columns)].to_numpy(dtype=float), some["error"].to_numpy()
    weight = (1 / some.groupby(["trade", "stage"])["error"].transform("size")).to_numpy()
    k = x.shape[1]

    def loss(shift: np.ndarray, spread: np.ndarray) -> float:
        log_spread = np.clip(x @ spread, -4.0, 0.5)
        away = (error - x @ shift) / np.exp(log_spread)
        each = log_spread + 0.5 * (DEGREES + 1) * np.log1p(away**2 / DEGREES)
        return float((weight * each).sum() / weight.sum() + RIDGE * (shift[1:] @ shift[1:] + spread[1:] @ spread[1:]))

    start = np.r_[-1.0, np.zeros(k - 1)]
    shift = np.zeros(k)
    if shifted:
        both = minimize(lambda theta: loss(theta[:k], theta[k:]), np.r_[shift, start], method="L-BFGS-B").x
        shift, start = both[:k] / 2, both[k:]
    spread = minimize(lambda theta: loss(shift, theta), start, method="L-BFGS-B").x
    return shift, spread


def judge(rows: pd.DataFrame, shift: np.ndarray, spread: np.ndarray) -> pd.DataFrame:
    """Say how often a 95 % range holds a reason of 20 contacts or more, and how wide it is, by trade and stage."""
    out = []
    for _, month in rows.groupby("month"):
        x = month[list(FEATURES)].to_numpy(dtype=float)
        none = (month["issue"] == UNKNOWN).to_numpy()
        size = np.where(none, 0.0, month["n"] * np.exp(np.clip(x @ shift, -1.0, 1.0)))
        share = month["none"].iloc[0]
        size = np.where(none, share, size * (1 - share) / size.sum()) * month["n_all"].iloc[0]
        point = month["cost"] * size / np.maximum(month["n"], 1e-9)
        point *= month["total"].iloc[0] / point.sum()
        log_spread = np.clip(x @ spread, np.log(0.02), np.log(1.5))
        wide = 2.042 * np.sqrt(np.exp(2 * log_spread) + month["own"] / np.maximum(point, 1e-9) ** 2)
        low, high = point * np.exp(-wide), np.where(wide <= 1, np.exp(np.minimum(wide, 1)), np.e * wide) * point
        held = (low <= month["true_cost"]) & (month["true_cost"] <= high)
        error = np.log(np.maximum(point, month["true_cost"] / 20) / np.maximum(month["true_cost"], 1e-9))
        shown = month.assign(held=held, square=error**2, ratio=high / np.maximum(low, 1e-9))
        out.append(shown[~none & (month["true_n"] >= 20)])
    whole = pd.concat(out).groupby(["trade", "stage"])
    means = whole[["held", "square"]].mean().join(whole["ratio"].median()).join(whole.size().rename("n"))
    return means.assign(log_rmse=np.sqrt(means.pop("square"))).round(3)


def _widening(rows: pd.DataFrame, shifted: bool) -> float:
    """Find the factor of the spread with which ranges hold as often as wanted for trades that were left out."""
    trades_here = sorted(rows["trade"].unique())
    if len(trades_here) < FEWEST_TRADES:
        return 1.0
    learned = {trade: fit(rows[rows["trade"] != trade], shifted) for trade in trades_here}
    held = 0.0
    for factor in np.arange(0.6, 1.6, 0.05):
        wider = np.r_[np.log(factor), np.zeros(len(FEATURES) - 1)]
        tables = [judge(rows[rows["trade"] == trade], a, b + wider) for trade, (a, b) in learned.items()]
        held = float(np.mean([table["held"].mean() for table in tables]))
        if held >= WANTED:
            sys.stdout.write("".join(f"left out:\n{table.to_string()}\n" for table in tables))
            return float(factor)
    raise SystemExit(f"no range holds as often as wanted: {held:.3f}")


def coefficients(rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Learn for each kind of chances, and for bare scores of tags; print what each trade shows when it is left out."""
    out: dict[str, dict[str, Any]] = {}
    read, tagged = with_errors(rows, "cost"), with_errors(rows, "tagged_cost")
    for basis, some in read.groupby("basis"):
        none = some[(some["issue"] == UNKNOWN) & (some["true_n"] > 0)]
        share, guess = none["true_n"] / none["n_all"], np.maximum(none["none"], 1e-3)
        factor = min(float(share.mean() / guess.mean()), 1.0)  # what is not seen is not taken from the others
        some = some.assign(none=some["none"] * factor)  # noqa: PLW2901 (the same rows)
        shifted = basis in SHIFTED
        widen = _widening(some, shifted)
        shift, spread = fit(some, shifted)
        spread[0] += np.log(widen)
        sys.stdout.write(f"{basis}, widened {widen:.2f}, learned on all:\n{judge(some, shift, spread).to_string()}\n")
        miss = float(np.sqrt((np.log(share / (guess * factor)) ** 2).mean()))
        out[str(basis)] = {"shift": shift, "spread": spread, "none_factor": factor, "none_spread": miss}
    shift, spread = fit(tagged, False, tuple(f"tag_{name}" for name in FEATURES))
    worst = max(one["none_spread"] for one in out.values())
    out["scores"] = {"shift": shift, "spread": spread, "none_factor": 1.0, "none_spread": worst}
    rounded = {basis: {key: np.round(value, 4).tolist() for key, value in one.items()} for basis, one in out.items()}
    return dict(sorted(rounded.items()))


def main() -> None:
    """Read the sets, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="where the labelled sets lie")
    parser.add_argument("--runs", type=int, default=8, help="months a set and stage")
    parser.add_argument("--rows", type=Path, help="keep the drawn rows here, or take them from here if it is there")
    args = parser.parse_args()
    if args.rows is not None and args.rows.exists():
        rows = pd.read_parquet(args.rows)
    else:
        rows = all_rows(trades(args.folder), args.runs)
        if args.rows is not None:
            rows.to_parquet(args.rows)
    OUT.write_text(json.dumps(coefficients(rows), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
