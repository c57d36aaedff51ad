"""Count false alarms on made-up contacts in which nothing is news: every alarm and every incident is false.

Usage: ``python scripts/check_alarms.py [--seeds 0 1 2 3 4 5 6 7] [--days 60] [--per-day 100] [--alpha 0.02]``

The contacts are those of `vocmine.contacts.simulate` without the planted issue and without the issue that is fixed at
half time, whose fall would rightly be told. The sums of the last lines, with the sensitivity that runs have, are the
figures of ``vocmine/topics/data/reliability.yaml``.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

import pandas as pd

from vocmine.batch.reliability import per_30_days
from vocmine.batch.replay import Replay, Sensitivity, replay
from vocmine.contacts import simulate
from vocmine.contacts.simulator.draw import TIMEZONE
from vocmine.text import analyze


class QuietDays:
    """Made-up contacts of some days in which nothing is news, analysed once."""

    def __init__(self, days: int, per_day: int, seed: int) -> None:
        frame = simulate(days, per_day, seed=seed)
        frame = frame[frame["true_issue"] == ""].reset_index(drop=True)
        analysed = analyze(frame[["contact_id", "created_at", "channel", "customer_id", "text"]])
        day = analysed["created_at"].dt.tz_convert(TIMEZONE).dt.strftime("%Y-%m-%d")
        self._by_day = {str(name): rows for name, rows in analysed.groupby(day)}
        self.days = tuple(sorted(self._by_day))

    def read(self, day: str) -> pd.DataFrame:
        """Give the analysed contacts of a day."""
        return self._by_day[day]


def counted(days: QuietDays, setting: Sensitivity) -> Replay:
    """Show the days to one registry."""
    running = replay(days, [setting], TIMEZONE)
    while True:
        try:
            next(running)
        except StopIteration as end:
            done: Replay = end.value[0]
            return done


def main() -> None:
    """Print a line a seed, what was told, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(8)))
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--per-day", type=int, default=100)
    parser.add_argument("--alpha", type=float, default=Sensitivity.in_use().alpha)
    args = parser.parse_args()
    setting = replace(Sensitivity.in_use(), alpha=args.alpha)
    judged = alarms = incidents = 0
    for seed in args.seeds:
        done = counted(QuietDays(args.days, args.per_day, seed), setting)
        judged, alarms, incidents = judged + done.days, alarms + done.n_alarms, incidents + len(done.opened)
        sys.stdout.write(f"seed {seed}: {done.days} days, {done.n_alarms} alarms, {len(done.opened)} incidents\n")
        for alert in done.registry.alerts().itertuples():
            sys.stdout.write(f"  {alert.day:%Y-%m-%d} {alert.status} {alert.n} {alert.name}\n")
        sys.stdout.flush()
    for name, n in (("alarms", alarms), ("incidents", incidents)):
        rate = per_30_days(n, judged)
        sys.stdout.write(
            f"{name} in 30 days: {rate['per_30_days']:.2f} ({rate['low']:.2f} to {rate['high']:.2f})\n")
    sys.stdout.write(f"days: {judged}\nalarms: {alarms}\nincidents: {incidents}\n")


if __name__ == "__main__":
    main()
