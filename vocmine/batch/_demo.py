"""The demo: a made-up support centre, its contacts as files, and the daily job on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from vocmine.batch.events import Event
from vocmine.batch.job import run
from vocmine.csvfile import write_csv
from vocmine.settings import Settings
from vocmine.store import write_atomic

_RATES = """# Made-up rates of the made-up centre: replace them by your own.
currency: JPY
rate_per_minute:
  call: 65.7
  chat: 52.0
  email: 58.0
  social: 58.0
  survey: 20.0
  bot: 5.0
concurrency:
  chat: 1.6
"""


def demo(
    out: str | Path, *, days: int = 60, per_day: int = 100, seed: int = 0, lang: Literal["ja", "en"] = "ja"
) -> Iterator[Event]:
    """Make up contacts, write them with their truth into ``out/demo``, and run everything on them.

    Parameters
    ----------
    out : path
        Folder of the results.
    days, per_day, seed : int
        See `vocmine.contacts.simulator.simulation`.
    lang : {"ja", "en"}
        Language of the report; the contacts are in both.

    Yields
    ------
    Event
        As `vocmine.batch.run` does; the last one has the result.
    """
    from vocmine.contacts import simulate
    from vocmine.cost import CostModel

    home = Path(out)
    yield Event("read", 0, None, "making up contacts")
    frame = simulate(days=days, per_day=per_day, seed=seed)
    truth = [name for name in frame.columns if name.startswith("true_")]
    write_csv(home / "demo" / "contacts.csv", frame.drop(columns=truth))
    write_csv(home / "demo" / "truth.csv", frame[["contact_id", *truth]])
    write_atomic(home / "demo" / "costs.yaml", _RATES.encode())
    model = CostModel.from_yaml(home / "demo" / "costs.yaml")
    settings = Settings(lang=lang, notify="")  # what is made up is told to nobody
    yield from run([home / "demo" / "contacts.csv"], home, model=model, settings=settings)
