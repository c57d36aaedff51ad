"""How near is tagging to the cost of only splitting words? Same texts, one run, so that the ratios count.

    python benchmarks/bench_tagging.py [--texts FILE] [--rows N] [--lang ja|en] [--labels N] [--only NAME ...]
                                       [--processes N] [--profile]

Rates are texts a second of CPU time, the best of three runs that take turns, so that a busy machine matters less. The
taggers: with the shipped reasons, with a list of one's own of which only the names are known, and fitted on labels,
once for each way in which a fitted model may serve. Beside them stand SudachiPy's splitting and GiNZA's pipeline (of
some hundred texts). Without --texts the texts are the simulator's, all distinct, and so are the labels learned from,
of another draw; FILE is a CSV or Parquet file with a column `text`. --processes N tags in N processes too and says how
many times as fast by the clock. --profile prints what takes the time with the shipped reasons.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import multiprocessing
import pstats
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from vocmine import Tagger
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.reasons import stage
from vocmine.contacts import simulate

GINZA_TEXTS = 100
WARM = 300  # texts tagged before the clock starts
Work = Callable[[], object]


def distinct_contacts(path: Path | None, rows: int, lang: str, seed: int = 0) -> pd.DataFrame:
    """Give contacts whose texts are all different, with their true reason where the simulator made them."""
    if path is None:
        made = simulate(days=30, per_day=max(1, rows // 10), lang=lang, seed=seed)
        frame = pd.DataFrame({"text": made["text"].astype(str), "reason": made["true_reasons"].str.split("|").str[0]})
    else:
        frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
        frame = frame[["text"]].astype(str)
    frame = frame.drop_duplicates("text").head(rows).reset_index(drop=True)
    return frame.assign(contact_id=[f"c{row}" for row in range(len(frame))])


def taggers(lang: str, labels: int, wanted: list[str]) -> Iterator[tuple[str, Tagger]]:
    """Give the taggers, each under its name; a new way to serve is found by itself."""
    if not wanted or "shipped" in wanted:
        yield "shipped", Tagger()
    shipped = Taxonomy.default()
    names = shipped.names(lang)
    own = Taxonomy.from_dict({"reasons": [{"id": leaf, "name": names[leaf]} for leaf in shipped.leaves]})
    if not wanted or "names" in wanted:
        yield "names", Tagger(ReasonClassifier(own))
    known = distinct_contacts(None, labels, lang, seed=1)
    parameter = next(name for name in ReasonClassifier().get_params() if name.startswith("serv"))
    for way in getattr(stage, parameter.upper()):
        if not wanted or f"fitted_{way}" in wanted:
            model = ReasonClassifier(own, **{parameter: way})
            yield f"fitted_{way}", Tagger(model.fit(known["text"].tolist(), known["reason"].tolist()))


def best_of(works: dict[str, Work], repeat: int = 3) -> dict[str, float]:
    """Give the least CPU seconds of each work; they take turns, so that all meet the same machine."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(repeat):
        for name, work in works.items():
            began = time.process_time()
            work()
            best[name] = min(best[name], time.process_time() - began)
    return best


def peers(texts: list[str], lang: str) -> tuple[dict[str, Work], dict[str, int]]:
    """Give the work of SudachiPy and GiNZA, and the number of texts of each."""
    from sudachipy import Dictionary

    splitter = Dictionary().create()
    works: dict[str, Work] = {"sudachipy": lambda: [[m.surface() for m in splitter.tokenize(text)] for text in texts]}
    sizes = {"sudachipy": len(texts)}
    if lang == "ja" and find_spec("ja_ginza"):
        import spacy

        pipeline, few = spacy.load("ja_ginza"), texts[:: max(1, len(texts) // GINZA_TEXTS)]
        works["ginza"] = lambda: list(pipeline.pipe(few))
        sizes["ginza"] = len(few)
    return works, sizes


_TAGGER: list[Tagger] = []  # of a worker


def start_worker(tagger: Tagger, few: pd.DataFrame) -> None:
    _TAGGER[:] = [tagger]
    tagger.tag(few)


def work_on(part: pd.DataFrame) -> int:
    return len(_TAGGER[0].tag(part))


def seconds_in(processes: int, tagger: Tagger, contacts: pd.DataFrame) -> float:
    """Give the seconds by the clock that some processes take, without their start."""
    parts = [contacts.iloc[start::processes] for start in range(processes)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, start_worker, (tagger, contacts.head(WARM))) as pool:
        list(pool.map(work_on, [contacts.head(1)] * processes * 4))  # all have started
        began = time.perf_counter()
        list(pool.map(work_on, parts))
        return time.perf_counter() - began


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 2**20)


def profile(tagger: Tagger, contacts: pd.DataFrame) -> None:
    watch = cProfile.Profile()
    watch.runcall(tagger.tag, contacts)
    pstats.Stats(watch).sort_stats("tottime").print_stats(40)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--lang", choices=("ja", "en"), default="ja")
    parser.add_argument("--labels", type=int, default=1_000, help="labelled texts that are learned from")
    parser.add_argument("--only", nargs="*", default=[], help="names of taggers: shipped, names, fitted_...")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    contacts = distinct_contacts(args.texts, args.rows, args.lang)
    texts = contacts["text"].tolist()
    if args.profile:
        Tagger().tag(contacts.head(WARM))
        profile(Tagger(), contacts)
        return
    made = dict(taggers(args.lang, args.labels, args.only))
    for tagger in made.values():
        tagger.tag(contacts)
    peak = memory_mb()
    works, sizes = peers(texts, args.lang)
    for name, tagger in made.items():
        works[name] = lambda tagger=tagger: tagger.tag(contacts)  # type: ignore[misc]
        sizes[name] = len(texts)
    rates = {name: sizes[name] / seconds for name, seconds in best_of(works).items()}
    figures = {"texts": float(len(texts)), "characters_per_text": sum(map(len, texts)) / len(texts)}
    for name, rate in rates.items():
        figures[f"{name}_per_s"] = rate
        if name in made:
            figures[f"{name}_over_sudachipy"] = rate / rates["sudachipy"]
            if "ginza" in rates:
                figures[f"{name}_times_ginza"] = rate / rates["ginza"]
    if args.processes > 1:
        for name, tagger in made.items():
            one, many = (seconds_in(n, tagger, contacts) for n in (1, args.processes))
            figures[f"{name}_{args.processes}_processes_times_as_fast"] = one / many
    figures["peak_mb_of_taggers"] = peak
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1))


if __name__ == "__main__":
    main()
