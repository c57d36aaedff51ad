"""One trial: a damaged file is read; it must end in a frame with its rejects, or in one sentence, within seconds."""

from __future__ import annotations

import random
import signal
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutate import damaged
from tests.fuzz.seeds import contact_seeds, reader_of, yaml_seeds
from vocmine.contacts.rejects import Checked
from vocmine.errors import VocmineError

SECONDS = 10  # of one input


class TooSlow(BaseException):  # nothing of ours may catch it
    pass


@dataclass(frozen=True)
class Finding:
    """An input that ended in neither."""

    name: str
    seed: str
    problem: str


def read_once(path: Path) -> str:
    """Read a file; give the trouble, or nothing."""
    try:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = reader_of(path.name)(path)
        signal.setitimer(signal.ITIMER_REAL, 0)
        return _trouble_of(found)
    except VocmineError as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        return _trouble_of_words(str(error))
    except BaseException as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        frames = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        ours = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__) if "/vocmine/" in f.filename]
        return f"{type(error).__name__} at {' < '.join(ours[::-1][:3])} (in {frames[-1]}): {str(error)[:80]!r}"


def _trouble_of(found: object) -> str:
    if not isinstance(found, Checked):
        return ""
    rows = [*found.contacts.get("row", []), *found.rejected["row"]] if "row" in found.contacts else list(found.rejected["row"])
    return "" if all(row is not None for row in rows) else "a reject without its row"


def _trouble_of_words(words: str) -> str:
    """A sentence is short, and can be written anywhere."""
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return f"a sentence that can't be written: {words[:80]!r}"
    return f"a sentence of {len(words)} characters: {words[:80]!r}" if len(words) > 6_000 else ""


def run(folder: Path, n: int, seed: int) -> list[Finding]:
    """Read `n` damaged files, the kinds in turn; a finding repeats by its seed."""
    def slow(*_: object) -> None:
        raise TooSlow

    old = signal.signal(signal.SIGALRM, slow)
    seeds = [*contact_seeds().items(), *yaml_seeds().items(), *yaml_seeds().items(), *yaml_seeds().items()]
    found = []
    try:
        for i in range(n):
            name, data = seeds[i % len(seeds)]
            path = folder / name
            path.write_bytes(damaged(data, random.Random(f"{seed}/{i}")))
            if problem := read_once(path):
                found.append(Finding(name, f"{seed}/{i}", problem))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    return found
