"""Measure what vocmine says of agents' codes; the constants of vocmine/audits/codes were chosen with it.

Run from the root of the project: ``python scripts/tune_codes.py``. First the code lists of tests/audits/codes: how many
codes are mapped by their names, and how many of these right; twelve lists were kept aside until the constants stood.
Then made-up centres, every tenth code wrong: how many codes that are bare numbers are mapped by their texts; of the
contacts that are named as likely wrong, and of those where the tagger goes before a code (``both``), how many are.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from vocmine import Tagger
from vocmine.audits.codes import CodeMapping, likely_wrong_codes, suggest_codes
from vocmine.audits.codes.agreement import compared
from vocmine.audits.codes.combine import rules_out
from vocmine.batch.codes import sentence_tags
from vocmine.classify import ReasonClassifier, Taxonomy
from vocmine.classify.code_names import name_codes
from vocmine.contacts import simulate
from vocmine.frames import TAG_COLUMNS

LISTS = Path(__file__).resolve().parents[1] / "tests" / "audits" / "codes" / "code_lists.yaml"
CENTRES = (("ja", 5, 30), ("ja", 11, 100), ("en", 7, 30), ("en", 12, 100))  # language, seed, contacts a day
WRONG = 0.1


def coded_centre(lang: str, seed: int, per_day: int) -> tuple[pd.DataFrame, CodeMapping]:
    """Make up contacts whose code is their first reason, but for every tenth."""
    contacts = simulate(days=30, per_day=per_day, lang=lang, seed=seed)
    rng = np.random.default_rng(seed)
    true = [tuple(reasons.split("|")) for reasons in contacts["true_reasons"]]
    ids = sorted({reason for reasons in true for reason in reasons})
    codes = [ids[rng.integers(len(ids))] if rng.random() < WRONG else reasons[0] for reasons in true]
    right = [code in reasons for code, reasons in zip(codes, true, strict=True)]
    return contacts.assign(agent_code=codes, right=right), CodeMapping.of({name: name for name in ids})


def measure_wrong_codes() -> None:
    """Print precision and recall of what is said against codes."""
    tagger = Tagger(signals=False)
    for lang, seed, per_day in CENTRES:
        contacts, mapping = coded_centre(lang, seed, per_day)
        tags, right = tagger.tag(contacts), contacts.set_index("contact_id")["right"]
        found = likely_wrong_codes(contacts, tags, mapping, look_again=lambda some: sentence_tags(some, tagger))
        pairs = compared(contacts, tags, mapping)
        held, silent = right[pairs["contact_id"]], pairs["text"].isna().to_numpy()
        same = (pairs["said"] == pairs["text"]).to_numpy()
        _say(f"{lang} {len(contacts):,} contacts, code right where the text says the same {held[same].mean():.2f}, "
             f"nothing {held[silent].mean():.2f}, something else {held[~same & ~silent].mean():.2f}")
        over = rules_out(tags, mapping.read(contacts)).index
        for what, ids in (("named", found["contact_id"]), ("overruled", over)):
            wrong = ~right[ids]
            _say(f"{lang} {len(contacts):,} contacts, {what}: {len(wrong)}, "
                 f"precision {wrong.mean():.2f}, recall {wrong.sum() / (~right).sum():.2f}")


def measure_texts() -> None:
    """Print how many codes that are bare numbers are mapped by their texts, and how many of these right."""
    tagger, taxonomy = Tagger(signals=False), Taxonomy.default()
    for lang, seed, per_day in CENTRES:
        contacts, _ = coded_centre(lang, seed, per_day)
        tags, ids = tagger.tag(contacts), sorted(set(contacts["agent_code"]))
        numbers = {name: f"{1001 + i}" for i, name in enumerate(ids)}
        bare = contacts.assign(agent_code=contacts["agent_code"].map(numbers))
        said = {guess.code: guess.meaning for guess in suggest_codes(bare, tags, name_codes([]), taxonomy)}
        mapped = {name: said[number] for name, number in numbers.items() if said[number] != "open"}
        right = sum(meaning == (name,) for name, meaning in mapped.items())
        _say(f"{lang} {len(contacts):,} contacts, {len(ids)} bare numbers: {len(mapped)} mapped, {right} right")


def measure_names() -> None:
    """Print how many codes of the lists are mapped by their names alone, and how many of these right."""
    taxonomy, none = Taxonomy.default(), pd.DataFrame(columns=list(TAG_COLUMNS))
    classifier = ReasonClassifier()
    for held in (False, True):
        lists = [each for each in yaml.safe_load(LISTS.read_text(encoding="utf-8")) if bool(each.get("held")) == held]
        said = right = possible = 0
        for each in lists:
            codes = [str(code) for code in each["codes"]]
            contacts = pd.DataFrame({"contact_id": [f"{i}" for i in range(len(codes))], "agent_code": codes})
            for guess in suggest_codes(contacts, none, name_codes(codes, classifier), taxonomy):
                truth = each["codes"][guess.code]
                allowed = truth.split("|") if isinstance(truth, str) else [truth]
                meant = guess.meaning if isinstance(guess.meaning, tuple) else (guess.meaning,)
                good = set(meant) == set(truth) if isinstance(truth, list) else len(meant) == 1 and meant[0] in allowed
                possible += truth is not None
                said += guess.meaning != "open"
                right += good and guess.meaning != "open"
                if guess.meaning != "open" and not good:
                    _say(f"   wrong: {guess.code} {guess.meaning} instead of {truth}")
        name = "kept aside" if held else "seen"
        _say(f"{name}: {len(lists)} lists, {said} mapped, {right} right, {possible} have a meaning")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    measure_names()
    measure_texts()
    measure_wrong_codes()
