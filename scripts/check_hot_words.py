"""Measure hot words where the truth is known: what grew is found, and what chance, clumps and volumes make is not.

Usage: ``python scripts/check_hot_words.py [--shuffles 200] [--streams 10] [--lang ja en mixed]``. All texts are made
up: those of `vocmine.contacts.simulate`, without its own new and its own fixed issue, and words planted into them.

- ``new`` word: one word that no contact had before, in 15 and in 60 of the last week's 567 contacts: share of streams
  in which it is flagged, by weeks of history.
- ``doubled`` words: ten words in 20 contacts a week that are in 40 of the last: how many of the first ten are planted,
  in the order in which the report shows words, and how many of the planted are flagged.
- ``shuffled`` days, ``clumpy`` days, a ``channel`` of twice the volume, a closed ``weekend``: nothing grew; share of
  streams in which any word is flagged.

Flagged is a word with ``p_adjusted <= 0.05`` and, where something grew, ``growth_low > 1``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from vocmine.contacts import simulate
from vocmine.text import analyze
from vocmine.topics import hot_words
from vocmine.topics.contact_words import contact_words
from vocmine.topics.hotwords import word_table

LEVEL = 0.05
WEEK = 567  # contacts
HISTORY = 35  # days
CHANNEL = "chat"  # whose volume doubles
# no dictionary has them, and no text of the simulator
PLANTED = ("zorvane", "quibrel", "mashten", "plovary", "tindrix", "gelvora", "wexanth", "obrimal", "druskin", "fyrelen")
OWN = {"ja": "土日祝限定", "en": "weekendonly"}


def main() -> None:
    """Print a line for each thing that was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shuffles", type=int, default=200)
    parser.add_argument("--streams", type=int, default=10)
    parser.add_argument("--first", type=int, default=0, help="seed of the first stream")
    parser.add_argument("--lang", nargs="*", default=["ja", "en", "mixed"], choices=("ja", "en", "mixed"))
    parser.add_argument("--only", nargs="*", default=["new", "doubled", *NOTHING_GREW])
    args = parser.parse_args()
    for lang in args.lang:
        pool = pool_of(lang)
        for weeks, n in [(w, n) for w in (1, 2, 4) for n in (15, 60) if "new" in args.only]:
            found = np.mean([finds_new(pool, n, weeks, seed) for seed in range(args.first, args.first + args.streams)])
            say(lang, f"new word in {n} of {WEEK}, {weeks} weeks before: flagged {found:.2f}")
        if "doubled" in args.only:
            counted = np.array([doubled_words(pool, seed) for seed in range(args.first, args.first + args.streams)])
            precision, recall = counted.mean(axis=0) / len(PLANTED)
            say(lang, f"doubled words: precision@10 {precision:.3f}, flagged {recall:.3f}")
        for name in [name for name in NOTHING_GREW if name in args.only]:
            n = args.shuffles if name == "shuffled" else args.streams
            nothing_grew(lang, name, pool, range(args.first, args.first + n))


def nothing_grew(lang: str, name: str, pool: pd.DataFrame, seeds: range) -> None:
    """Tell in how many streams of one kind any word is flagged, and which."""
    read = contact_words(pool, (), 3, "UTC", HISTORY)
    flags = []
    for seed in seeds:
        changed = NOTHING_GREW[name](pool, np.random.default_rng(seed))
        again = replace(read, age=changed["day"].to_numpy())  # all that is read anew where days alone changed
        if list(changed["text_clean"]) != read.texts:
            again = contact_words(changed, (), 3, "UTC", HISTORY)
        flags.append(flagged(word_table(again, top=20)))
    seen = sorted({word for words in flags for word in words})[:8]
    say(lang, f"{name}: any word flagged in {np.mean([len(words) > 0 for words in flags]):.3f} of {len(seeds)} {seen}")


def say(lang: str, line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{lang}: {line}\n")
    sys.stdout.flush()


def pool_of(lang: str) -> pd.DataFrame:
    """Give analysed contacts in which nothing new begins, every day alike but for its weekday."""
    made = simulate(days=HISTORY, per_day=85, lang=lang, seed=11)
    made = made[made["true_issue"] == ""].reset_index(drop=True)
    contacts = analyze(made[["contact_id", "created_at", "channel", "text"]])
    return contacts.assign(day=(made["created_at"].max() - made["created_at"]).dt.days.to_numpy())


def drawn(pool: pd.DataFrame, per_day: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Draw contacts from all days alike: so many of each day, the last day first."""
    rows = rng.choice(len(pool), int(per_day.sum()), replace=per_day.sum() > len(pool))
    return dated(pool.iloc[rows], np.repeat(np.arange(len(per_day)), per_day))


def dated(frame: pd.DataFrame, age: np.ndarray) -> pd.DataFrame:
    """Give contacts days, counted back from the last, and ids of their own."""
    last = pd.Timestamp("2026-11-29 12:00", tz="UTC")
    created_at, ids = last - pd.to_timedelta(age, unit="D"), [f"c{i}" for i in range(len(frame))]
    return frame.assign(created_at=created_at, contact_id=ids, day=age).reset_index(drop=True)


def with_word(frame: pd.DataFrame, rows: np.ndarray, word: str) -> pd.DataFrame:
    """Put a word behind the texts of some contacts."""
    for column in ("terms", "text_clean"):
        values = frame[column].to_numpy(dtype=object, copy=True)
        values[rows] = values[rows] + " " + word
        frame = frame.assign(**{column: values})
    return frame


def finds_new(pool: pd.DataFrame, n: int, weeks: int, seed: int) -> bool:
    """Tell whether a word that only the last week has is flagged."""
    rng = np.random.default_rng(seed)
    frame = drawn(pool, rng.multinomial(WEEK, np.full(7, 1 / 7), size=weeks + 1).ravel(), rng)
    rows = rng.choice(np.flatnonzero(frame["day"] < 7), n, replace=False)
    return PLANTED[0] in flagged(hot_words(with_word(frame, rows, PLANTED[0]), top=20), grown=True)


def doubled_words(pool: pd.DataFrame, seed: int) -> tuple[int, int]:
    """Count the planted words among the first ten, and those flagged."""
    rng = np.random.default_rng(seed)
    frame = drawn(pool, rng.multinomial(WEEK, np.full(7, 1 / 7), size=5).ravel(), rng)
    for word in PLANTED:
        for week in range(5):
            own = np.flatnonzero(frame["day"] // 7 == week)
            frame = with_word(frame, rng.choice(own, 40 if week == 0 else 20, replace=False), word)
    table = hot_words(frame, top=100_000)
    clear = (table["p_adjusted"] <= LEVEL) & (table["growth_low"] > 1)
    order = table.assign(clear=clear).sort_values(["clear", "growth_low"], ascending=False)
    return int(order["word"].head(10).isin(PLANTED).sum()), len(set(table["word"][clear]) & set(PLANTED))


def flagged(table: pd.DataFrame, grown: bool = False) -> list[str]:
    """Give the words that are flagged; those that have clearly grown come first, so a few rows tell of any."""
    clear = table["p_adjusted"] <= LEVEL
    return table["word"][clear & (table["growth_low"] > 1) if grown else clear].tolist()


def shuffled(pool: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give the contacts' days to one another."""
    return dated(pool, rng.permutation(pool["day"].to_numpy()))


def clumpy(pool: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let the matters come in clumps: a contact's chance to come on a day depends on day and first word."""
    first = pd.factorize(pool["terms"].str.split().str[0].fillna(""))[0]
    weight = rng.gamma(3.0, 1 / 3.0, (first.max() + 1, HISTORY))
    chance = np.cumsum(weight / weight.sum(axis=1, keepdims=True), axis=1)[first]
    return dated(pool, (rng.random(len(pool))[:, None] > chance).sum(axis=1).clip(0, HISTORY - 1))


def doubled_channel(pool: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let a channel whose contacts speak its own way have twice the volume in the last week."""
    frame = shuffled(pool, rng)
    own = (frame["channel"] == CHANNEL).to_numpy()
    word = {"チャット画面": 0.5, "chatwindow": 0.3, "ボット": 0.15}
    for text, rate in word.items():
        frame = with_word(frame, np.flatnonzero(own & (rng.random(len(frame)) < rate)), text)
    before = frame[own & (frame["day"].to_numpy() >= 7)]
    more = before.iloc[rng.choice(len(before), int((own & (frame["day"] < 7)).sum()), replace=False)]
    kept = frame.drop(more.index)  # the same contact twice would be no chance
    whole = pd.concat([kept, more.assign(day=rng.integers(0, 7, len(more)))], ignore_index=True)
    return dated(whole, whole["day"].to_numpy())


def closed_weekend(pool: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let weekends, which have words of their own, be closed in the week before last, and open in the last."""
    frame = shuffled(pool, rng)
    weekend = (frame["day"] % 7 < 2).to_numpy()
    for text in OWN.values():
        frame = with_word(frame, np.flatnonzero(weekend & (rng.random(len(frame)) < 0.4)), text)
    frame = frame[~(weekend & (frame["day"].to_numpy() // 7 == 1))]
    return dated(frame, frame["day"].to_numpy())


NOTHING_GREW: dict[str, Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]] = {
    "shuffled": shuffled, "clumpy": clumpy, "channel": doubled_channel, "weekend": closed_weekend,
}


if __name__ == "__main__":
    main()
