"""Texts through a spaCy model, in worker processes with bounded memory or here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from vocmine.errors import SettingsError, VocmineError
from vocmine.text.worker import load_parser, need_parser, parse_texts

_LIFETIME = 1_000  # texts a process parses before it is replaced


def through_model(texts: list[str], model: str, what: str, workers: int) -> list[list[Any]]:
    """Parse each distinct text once, and give what was asked for (``pairs`` or ``people``) of each text.

    Raises
    ------
    SettingsError
        If ``workers`` is negative.
    MissingExtraError
        If GiNZA is not installed.
    VocmineError
        If a process failed; its message has no text of a customer.
    """
    if workers < 0:
        raise SettingsError("wrong number of processes", where="workers", got=str(workers), expected="0 or more")
    need_parser(model, "parsing" if what == "pairs" else "looking for names with a model")
    distinct = list(dict.fromkeys(texts))
    if workers == 0:
        done = list(parse_texts(distinct, model, what, _parser(model, what)))
    else:
        size = max(1, min(_LIFETIME, -(-len(distinct) // workers)))
        chunks = [distinct[i : i + size] for i in range(0, len(distinct), size)]
        with ThreadPoolExecutor(workers) as pool:
            parts = pool.map(lambda chunk: _in_process(chunk, model, what), chunks)
            done = [found for part in parts for found in part]
    by_text = dict(zip(distinct, done, strict=True))
    return [by_text[text] for text in texts]


def _in_process(texts: list[str], model: str, what: str) -> list[list[Any]]:
    code = f"from vocmine.text.worker import main; main({model!r}, {what!r})"
    path = os.pathsep.join(p for p in sys.path if p)
    env = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    sent = "".join(json.dumps(text) + "\n" for text in texts)
    run = subprocess.run(  # noqa: S603 -- our own interpreter and code
        [sys.executable, "-W", "ignore", "-c", code], input=sent, capture_output=True, encoding="utf-8", env=env,
        check=False,
    )
    if run.returncode != 0:
        last = run.stderr.strip().splitlines()[-1:] or [f"exit code {run.returncode}"]
        raise VocmineError(
            "the parsing process failed", where=f"model {model}", got=last[0].partition(":")[0],
            hint="try workers=0 to see the whole error",
        )
    return [json.loads(line) for line in run.stdout.splitlines()]


@lru_cache(maxsize=3)
def _parser(model: str, what: str) -> Any:
    return load_parser(model, what)
