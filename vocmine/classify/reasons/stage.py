"""The stage of life a reason classifier is in: names only, the taxonomy's examples, or labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from vocmine.classify.reasons.inputs import label_sets
from vocmine.classify.reasons.names import NamesModel, fit_names, readable
from vocmine.classify.reasons.patterns import Found, Rules
from vocmine.classify.reasons.shipped_vectors import rounded, shipped_vectors
from vocmine.classify.reasons.supervised import ReasonModel, Rows, fit_model, model_arrays, model_from_arrays
from vocmine.classify.reasons.unsupervised import FEWEST, Alone, centred, distinct, learned
from vocmine.classify.reasons.word_match import Encode
from vocmine.classify.taxonomy.courtesy import without_courtesy
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN

if TYPE_CHECKING:
    from vocmine.classify.reasons.classifier import ReasonClassifier

_Said = TypeVar("_Said")
_MOST = 12_000  # rows of a fit; of more, the rarest reasons are kept whole and the others sampled
_FOREIGN = 0.75  # an example of the taxonomy is so much less sure of real contacts than of other examples
_NAMES_THRESHOLD = 0.13  # with names alone abstain only where nothing is near


@dataclass(frozen=True)
class Stage:
    """What a classifier works with.

    Parameters
    ----------
    taxonomy : Taxonomy
        The reasons.
    classes : tuple of str
        Ids in the order of the columns.
    rules : Rules
        Their patterns; empty once there are labels.
    model : ReasonModel or None
        Where there are examples or labels.
    names : NamesModel or None
        Where there are names only.
    fast : bool
        Whether the student serves.
    discount : float
        Factor of the model's probabilities: examples are not the words of these customers.
    passes_over : bool
        Whether courtesies are blanked out before a text is read: with the shipped taxonomy, as long as there are no
        labels that say better what counts.
    alone : Alone or None
        What was learned from texts without labels.
    """

    taxonomy: Taxonomy
    classes: tuple[str, ...]
    rules: Rules
    model: ReasonModel | None
    names: NamesModel | None
    fast: bool
    discount: float = 1.0
    passes_over: bool = False
    alone: Alone | None = None

    @property
    def threshold(self) -> float:
        """The probability below which a text is unknown."""
        if self.alone is not None:
            return self.alone.threshold
        if self.model is None:
            return _NAMES_THRESHOLD
        if self.fast and self.model.student is not None:
            return self.model.student.trust.threshold
        return self.model.trust.threshold

    def read(self, texts: list[str]) -> list[str]:
        """Give the texts as rules and model read them, each letter at its place."""
        return without_courtesy(texts) if self.passes_over else texts

    def probabilities(self, analysed: pd.DataFrame, vectors: np.ndarray | None, encode: Encode) -> np.ndarray:
        """Give probabilities, shape (n, k); ``vectors`` may be None where the student serves."""
        texts = analysed["text_clean"].tolist()
        if not texts:
            return np.zeros((0, len(self.classes)))
        if self.model is not None:
            known = self.model.by_student(texts) if vectors is None else self.model.by_teacher(texts, vectors)
            return known * self.discount
        if self.names is None or vectors is None:
            raise SettingsError("names alone need sentence vectors", where="ReasonClassifier",
                                expected="serving='teacher'")
        tell = self.names.probabilities if self.alone is None else self.names.among_these
        return tell(analysed, vectors, len(self.classes), encode)

    @property
    def figures(self) -> dict[str, float]:
        """What is known of how good it is."""
        if self.alone is not None:
            return self.alone.figures
        return self.model.figures if self.model is not None else {}

    @property
    def splits(self) -> bool:
        """Whether the words of a text are read."""
        return self.names is not None or self.alone is not None

    def beside(self, alone: Alone) -> Stage:
        """Give the stage with what was learned from texts without labels; it reads sentence vectors."""
        return replace(self, alone=alone, names=alone.moved(self.names), fast=False)

    def blended(self, analysed: pd.DataFrame, vectors: np.ndarray | None, found: Found, encode: Encode) -> np.ndarray:
        """Give probabilities by model or names, patterns, and what was learned without labels, shape (n, k)."""
        known = self.rules.blend(self.probabilities(analysed, vectors, encode), found)
        if self.alone is None or vectors is None or not self.alone.figures:
            return known
        return self.alone.probabilities(known, analysed, vectors)


def unfitted_stage(owner: ReasonClassifier) -> Stage:
    """Make the stage from the taxonomy alone."""
    taxonomy = owner.taxonomy if owner.taxonomy is not None else Taxonomy.default()
    classes = taxonomy.leaves
    if len(classes) < 2:
        raise SettingsError("there are not enough reasons to tell apart", where="Taxonomy", got=str(len(classes)),
                            expected="2 or more")
    rules = Rules(taxonomy, classes)
    said, reasons, real = said_by(taxonomy, classes)
    if sum(real) < 2 * len(classes):
        plain = ~np.array(real)
        nearest = fit_names(said[plain], np.array(reasons)[plain], owner._vectors)
        return Stage(taxonomy, classes, rules, None, nearest, False)
    texts = said["text_clean"].tolist()
    rows = Rows(texts, np.eye(len(classes), dtype=np.float32)[reasons], np.array(real))
    kept = None
    if owner.taxonomy is None:
        kept = shipped_vectors([text for text, _ in raw_said(taxonomy, classes)], owner._engine().spec)
    fast = owner.serving == "student" or (owner.serving == "auto" and bool(rules))
    model = _fit(owner, rows, rounded(owner._vectors(texts)) if kept is None else kept, fast)
    shipped = owner.taxonomy is None or owner.taxonomy == Taxonomy.default()
    return Stage(taxonomy, classes, rules, model, None, fast, _FOREIGN, shipped)


def learn_alone(owner: ReasonClassifier, stage: Stage, analysed: pd.DataFrame) -> Alone:
    """Learn from texts without labels, beside the unfitted ``stage``."""
    if owner.serving == "student":
        raise SettingsError("texts without labels teach by their sentence vectors", where="ReasonClassifier.fit",
                            got="serving='student'", expected="serving='auto' or 'teacher'")
    read = distinct(analysed.assign(text_clean=stage.read(analysed["text_clean"].tolist())))
    if len(read) < FEWEST:
        raise SettingsError("too few texts to learn from without labels", where="ReasonClassifier.fit",
                            got=f"{len(read)} distinct texts", expected=f"{FEWEST} or more",
                            hint="leave fit out, or give labels: names alone do with no text at all")
    texts = read["text_clean"].tolist()
    vectors = owner._vectors(texts)
    start = centred(stage.names, read, vectors, owner._vectors)
    known = stage.beside(start).blended(read, vectors, stage.rules.find(texts), owner._vectors)
    return learned(start, known, read, vectors, owner.precision)


def fitted_stage(owner: ReasonClassifier, analysed: pd.DataFrame, y: Any) -> Stage:
    """Make the stage from labelled texts, with what the taxonomy says of its reasons."""
    sets = label_sets(y, len(analysed), owner.taxonomy)
    taxonomy = owner.taxonomy if owner.taxonomy is not None else _taxonomy_of(sets)
    counts = Counter(label for labels in sets for label in labels if label != UNKNOWN)
    rare = sorted(label for label, n in counts.items() if n < owner.min_examples)
    if rare:
        shown = ", ".join(map(repr, rare[:5])) + (" ..." if len(rare) > 5 else "")
        raise SettingsError("labels with too few texts", where="ReasonClassifier.fit", got=shown,
                            expected=f"{owner.min_examples} texts each", hint="add texts, or lower min_examples")
    classes = tuple(r.id for r in taxonomy.reasons if r.id in counts or r.id in taxonomy.leaves)
    rows = _rows(analysed["text_clean"].tolist(), sets, taxonomy, classes)
    fast = owner.serving == "student"
    model = _fit(owner, rows, owner._vectors(rows.texts), fast)
    return Stage(taxonomy, classes, Rules(Taxonomy(()), ()), model, None, fast)


def _fit(owner: ReasonClassifier, rows: Rows, vectors: np.ndarray, fast: bool) -> ReasonModel:
    return fit_model(rows, vectors, owner.precision, owner.unknown_share, fast)


def _rows(texts: list[str], sets: list[tuple[str, ...]], taxonomy: Taxonomy, classes: tuple[str, ...]) -> Rows:
    """Put labelled texts, each once, before what the taxonomy says."""
    column = {c: i for i, c in enumerate(classes)}
    several: dict[str, Counter[int]] = {}
    for text, labels in zip(texts, sets, strict=True):
        known = [column[label] for label in labels if label in column]
        if known:
            several.setdefault(text, Counter()).update(known)
    if all(len(labels) <= 1 for labels in sets):  # the same text under two labels: the more frequent one
        several = {text: Counter([max(sorted(seen), key=seen.__getitem__)]) for text, seen in several.items()}
    analysed, reasons, _ = said_by(taxonomy, classes)
    said = analysed["text_clean"].tolist()
    kept = _thinned(several, len(classes))
    targets = np.zeros((len(kept) + len(said), len(classes)), dtype=np.float32)
    for row, text in enumerate(kept):
        targets[row, list(several[text])] = 1
    targets[np.arange(len(kept), len(targets)), reasons] = 1
    is_real = np.r_[np.ones(len(kept), dtype=bool), np.zeros(len(said), dtype=bool)]
    return Rows([*kept, *said], targets, is_real)


def _thinned(several: dict[str, Counter[int]], k: int) -> list[str]:
    """Keep at most so many texts; rare reasons whole, of the others an equal number by a fixed draw."""
    texts = list(several)
    if len(texts) <= _MOST:
        return texts
    first = np.array([next(iter(several[t])) for t in texts])
    order = np.random.default_rng(0).permutation(len(texts))
    rank = np.zeros(len(texts), dtype=int)
    for reason in range(k):
        mine = order[first[order] == reason]
        rank[mine] = np.arange(len(mine))
    return [texts[i] for i in np.sort(np.lexsort((order, rank))[:_MOST])]


def said_by(taxonomy: Taxonomy, classes: tuple[str, ...]) -> tuple[pd.DataFrame, list[int], list[bool]]:
    """Give names, descriptions and examples: analysed, number of its reason, whether it is what a customer writes."""
    from vocmine.text import as_analysed

    out = raw_said(taxonomy, classes)
    analysed = as_analysed([text for text, _ in out])
    return analysed, [number for _, number in out], list(out.values())


def raw_said(taxonomy: Taxonomy, classes: tuple[str, ...]) -> dict[tuple[str, int], bool]:
    """Give the same as written: text and number of its reason, and whether it is what a customer would write."""
    out: dict[tuple[str, int], bool] = {}
    for number, reason_id in enumerate(classes):
        reason = taxonomy[reason_id]
        names, described = _by_language(reason.names), _by_language(reason.descriptions)
        for text in (*map(readable, names), *described):
            out.setdefault((text, number), False)
        for texts in _by_language(reason.examples):
            for text in texts:
                out[text, number] = True
    return out


def _by_language(said: Mapping[str, _Said]) -> list[_Said]:
    """Give what is said in each language in one order, however it was written down: a saved taxonomy has another."""
    return [said[lang] for lang in sorted(said, reverse=True)]


def _taxonomy_of(sets: list[tuple[str, ...]]) -> Taxonomy:
    """Take the shipped taxonomy if it has all labels, else one whose reasons are the labels."""
    labels = sorted({x for labels in sets for x in labels} - {UNKNOWN})
    if all(label in Taxonomy.default() for label in labels):
        return Taxonomy.default()
    return Taxonomy.from_dict({"reasons": [{"id": x, "name": readable(x)} for x in labels]}, where="labels")


def stage_arrays(stage: Stage) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Give a fitted stage as plain values and arrays, for saving."""
    if stage.model is None:
        return {}, {}
    meta = {"taxonomy": stage.taxonomy.to_dict(), "classes": list(stage.classes), "fast": stage.fast}
    return {**meta, "figures": stage.model.figures}, model_arrays(stage.model)


def load_stage(meta: dict[str, Any], arrays: dict[str, np.ndarray]) -> Stage:
    """Make a fitted stage again from `stage_arrays`."""
    model = model_from_arrays(arrays, meta["figures"])
    taxonomy = Taxonomy.from_dict(meta["taxonomy"])
    return Stage(taxonomy, tuple(meta["classes"]), Rules(Taxonomy(()), ()), model, None, bool(meta["fast"]))
