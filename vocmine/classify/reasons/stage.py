"""What a reason classifier predicts with: names only, the taxonomy's examples, unlabelled texts, or labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from vocmine.classify.reasons.names import NamesModel
from vocmine.classify.reasons.none_of_these import none_by_confidence, none_by_similarity
from vocmine.classify.reasons.patterns import Found, Rules
from vocmine.classify.reasons.prior import log_prior
from vocmine.classify.reasons.shipped_reasons import ShippedReasons, praise_odds
from vocmine.classify.reasons.supervised import ReasonModel, model_arrays, model_from_arrays
from vocmine.classify.reasons.taxonomy_texts import text_languages
from vocmine.classify.reasons.unsupervised import UnsupervisedModel
from vocmine.classify.reasons.word_match import Encode
from vocmine.classify.sentiment.pretrained import Judged, judge
from vocmine.classify.taxonomy.courtesy import without_courtesy
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.embed import Encoder, choose_view, encode_distinct, encoder_for, stored_encoder
from vocmine.errors import SettingsError
from vocmine.store import part_of, prefixed

SERVE = ("fast", "best", "cascade", "student")
_NAMES_THRESHOLD = 0.13  # with names alone abstain only where nothing is near; chosen on development texts


@dataclass(frozen=True)
class StageParameters:
    """The parameters of a `ReasonClassifier` that a stage is made from; see there.

    Parameters
    ----------
    taxonomy : Taxonomy or None
        The shipped one if None.
    encoder : Encoder or None
        Chosen by the language of the taxonomy, or of the texts that are learned from, if None.
    serve : {'fast', 'best', 'cascade', 'student'}
        What reads the texts.
    reread : float
        Share of the texts that a cascade reads by their vectors.
    precision, unknown_share : float
        Wanted share of right labels; share of contacts without a reason in the taxonomy.
    min_examples : int
        Texts wanted of each label.
    """

    taxonomy: Taxonomy | None
    encoder: Encoder | None
    serve: str
    reread: float
    precision: float
    unknown_share: float
    min_examples: int

    def check(self) -> None:
        """Raise SettingsError if a value makes no sense."""
        if self.serve not in SERVE:
            raise SettingsError("unknown way to serve", where="ReasonClassifier", got=repr(self.serve),
                                expected=", ".join(SERVE))
        if not 0 < self.reread < 1:
            raise SettingsError("reread must lie between 0 and 1", where="ReasonClassifier", got=str(self.reread))
        if not 0 < self.precision < 1 or not 0 <= self.unknown_share < 1:
            raise SettingsError("precision and unknown_share must lie between 0 and 1", where="ReasonClassifier",
                                got=f"{self.precision}, {self.unknown_share}")

    def same_as(self, other: StageParameters) -> bool:
        """Say whether another stage made from these would be the same: the encoder is one and the same object."""
        return self.encoder is other.encoder and replace(self, encoder=None) == replace(other, encoder=None)

    def engine(self) -> Encoder:
        """Give the encoder to use; one that is not given is made anew, for the language of the taxonomy.

        A Japanese taxonomy alone is read by the bundled encoder: beside short names the words of the Japanese view gain
        nothing, which they do beside texts.
        """
        if self.encoder is not None:
            return self.encoder
        langs = list(text_languages(self.taxonomy if self.taxonomy is not None else Taxonomy.default()))
        return encoder_for(() if choose_view(langs) == "ja" else langs)

    def for_texts(self, analysed: pd.DataFrame) -> StageParameters:
        """Give the parameters with the encoder for the language of texts to learn from, where none is given.

        The English view hardly tells how near a text is to a name in another language: such names keep it away.
        """
        if self.encoder is not None:
            return self
        engine = encoder_for(analysed["lang"])
        named = text_languages(self.taxonomy) if self.taxonomy is not None else []
        foreign = engine.spec.get("view") == "en" and named and "en" not in named
        return replace(self, encoder=encoder_for(()) if foreign else engine)

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, for saving; the encoder by its description, None where it is still to be chosen."""
        taxonomy = self.taxonomy.to_dict() if self.taxonomy is not None else None
        encoder = None if self.encoder is None else self.encoder.spec
        return {"taxonomy": taxonomy, "encoder": encoder, "serve": self.serve, "reread": self.reread,
                "precision": self.precision, "unknown_share": self.unknown_share, "min_examples": self.min_examples}

    @classmethod
    def from_dict(cls, plain: dict[str, Any], encoder: Encoder | None = None) -> StageParameters:
        """Make them again from `to_dict`; ``encoder`` in place of the one described, which may be its owner's own."""
        taxonomy = Taxonomy.from_dict(plain["taxonomy"]) if plain["taxonomy"] else None
        if encoder is None and plain["encoder"] is not None:
            encoder = stored_encoder(plain["encoder"])
        return cls(**{**plain, "taxonomy": taxonomy, "encoder": encoder})


@dataclass(frozen=True)
class StageReading:
    """What a stage makes of texts.

    Parameters
    ----------
    probabilities : ndarray, shape (n, k)
        Of each reason; the best of a row is about how often such a best one is right.
    closed : ndarray, shape (n, k)
        Chances if the reason were surely one of these; rows sum to 1. Less sure of the best, they say more of the rest.
    none : ndarray, shape (n,)
        Chance that it is none of these.
    """

    probabilities: np.ndarray
    closed: np.ndarray
    none: np.ndarray


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
    uses_student : bool
        Whether the student serves alone.
    discount : float
        Factor of the model's probabilities: examples are not the words of these customers.
    skips_courtesy : bool
        Whether courtesies are blanked out before a text is read: with the shipped taxonomy, as long as there are no
        labels that say better what counts.
    unsupervised : UnsupervisedModel or None
        What was learned from texts without labels.
    shipped : ShippedReasons or None
        The model of the shipped reasons, where they are in use and have no labels.
    prior : Stage or None
        What is known without labels, where there are labels.
    student_first : bool
        Whether the student reads first, and the teacher only what it leaves open.
    """

    taxonomy: Taxonomy
    classes: tuple[str, ...]
    rules: Rules
    model: ReasonModel | None
    names: NamesModel | None
    uses_student: bool
    discount: float = 1.0
    skips_courtesy: bool = False
    unsupervised: UnsupervisedModel | None = None
    shipped: ShippedReasons | None = None
    prior: Stage | None = None
    student_first: bool = False

    @property
    def threshold(self) -> float:
        """The probability below which a text is unknown."""
        if self.unsupervised is not None:
            return self.unsupervised.threshold
        if self.shipped is not None:
            return self.shipped.threshold
        if self.model is None:
            return _NAMES_THRESHOLD
        if self.uses_student and self.model.student is not None:
            return self.model.student.calibration.threshold
        return self.model.calibration.threshold

    @property
    def figures(self) -> dict[str, float]:
        """What is known of how good it is."""
        if self.unsupervised is not None:
            return self.unsupervised.figures
        return self.model.figures if self.model is not None else {}

    @property
    def reads_terms(self) -> bool:
        """Whether the words of a text are read."""
        if self.prior is not None and self.prior.reads_terms:
            return True
        return self.names is not None or self.unsupervised is not None

    def mood(self, texts: list[str], judged: Judged | None = None) -> np.ndarray | None:
        """Say how much likelier praise is by the mood of each text, None where the reasons don't rest on it.

        Parameters
        ----------
        texts : list of str
            Clean texts.
        judged : Judged, optional
            Their judgement, where it was made already.
        """
        if self.shipped is None:
            return None
        return praise_odds(judge(texts) if judged is None else judged)

    def prepare(self, texts: list[str]) -> list[str]:
        """Give the texts as rules and model read them, each letter at its place."""
        return without_courtesy(texts) if self.skips_courtesy else texts

    def with_unsupervised(self, model: UnsupervisedModel) -> Stage:
        """Give the stage with what was learned from texts without labels; it reads sentence vectors."""
        return replace(self, unsupervised=model, names=model.recentred(self.names), uses_student=False)

    def probabilities(
        self, analysed: pd.DataFrame, found: Found, encode: Encode, mood: np.ndarray | None = None
    ) -> np.ndarray:
        """Give the probability of each reason by all that is known, to six digits, shape (n, k).

        Parameters
        ----------
        analysed : DataFrame
            Texts as `prepare` gives them in ``text_clean``, with ``lang`` and ``terms``.
        found : dict
            Matches of the rules in them.
        encode : callable
            Gives the sentence vectors of texts.
        mood : ndarray, optional
            As `mood` gives it.
        """
        return self.read(analysed, found, encode, mood).probabilities

    def read(
        self, analysed: pd.DataFrame, found: Found, encode: Encode, mood: np.ndarray | None = None
    ) -> StageReading:
        """Give probabilities and what else a stage says of texts; parameters as for `probabilities`."""
        unread = self.uses_student or self.student_first
        vectors = None if unread else self._encoded(analysed, encode)
        known, closed, none = self._before_texts(analysed, vectors, found, encode, mood)
        if self.unsupervised is not None and vectors is not None and self.unsupervised.figures:
            known, closed = self.unsupervised.probabilities(known, analysed, vectors)
        total = closed.sum(axis=1, keepdims=True)
        closed = np.divide(closed, total, out=np.zeros_like(closed), where=total > 0)
        # Six digits, and no row above 1 by rounding.
        return StageReading(np.floor(known * 1e6 + 1e-3) / 1e6, closed, none)

    def blended(self, analysed: pd.DataFrame, vectors: np.ndarray, found: Found, encode: Encode) -> np.ndarray:
        """Give what model or names and patterns say before anything is learned from texts, shape (n, k)."""
        mood = self.mood(analysed["text_clean"].tolist())
        return self._before_texts(analysed, vectors, found, encode, mood)[0]

    def _before_texts(
        self, analysed: pd.DataFrame, vectors: np.ndarray | None, found: Found, encode: Encode, mood: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give probabilities, the same if it were surely one of the reasons, and the chance of none."""
        if self.shipped is not None:
            terms = analysed["terms"].tolist() if "terms" in analysed else None
            return self.shipped.read(analysed["text_clean"].tolist(), terms, found, mood)
        known, near = self._by_model(analysed, vectors, encode)
        known = self.rules.blend(known, found)
        best = known.max(axis=1) if len(known) else np.empty(0)
        none = none_by_confidence(best) if near is None else none_by_similarity(near)
        closed = self.rules.blend(known if near is None or self.names is None else self.names.closed_set(near), found)
        return known, closed, none

    def log_prior(
        self, analysed: pd.DataFrame, vectors: np.ndarray, classes: tuple[str, ...], encode: Encode
    ) -> tuple[np.ndarray, float]:
        """Give the logarithm of what this stage, which has no labels, says of other columns, and the share it names.

        Parameters
        ----------
        analysed : DataFrame
            Analysed texts.
        vectors : ndarray, shape (n, d)
            Their sentence vectors.
        classes : tuple of str
            The columns, k of them; one that this stage has not is as likely as all on average.
        encode : callable
            Gives the sentence vectors of texts.
        """
        texts = analysed["text_clean"].tolist()
        read = self.prepare(texts)
        known, closed, _ = self._before_texts(
            analysed.assign(text_clean=read), None if self.uses_student else vectors, self.rules.find(read), encode,
            self.mood(texts),
        )
        if self.unsupervised is not None:
            known, closed = self.unsupervised.probabilities(known, analysed, vectors)
        closed = closed / np.maximum(closed.sum(axis=1, keepdims=True), 1e-12)
        out = np.full((len(texts), len(classes)), 1 / len(self.classes))
        column = {reason: place for place, reason in enumerate(self.classes)}
        shared = [place for place, reason in enumerate(classes) if reason in column]
        out[:, shared] = closed[:, [column[classes[place]] for place in shared]]
        named = float((known.max(axis=1) >= self.threshold).mean()) if len(known) else 0.0
        return log_prior(out), named

    @property
    def basis(self) -> str:
        """What the probabilities rest on: ``names``, ``examples``, ``texts`` (without labels) or ``labels``."""
        if self.unsupervised is not None:
            return "texts" if self.names is not None else "examples_texts"
        if self.names is not None:
            return "names"
        return "examples" if self.discount < 1 or self.rules else "labels"

    def _by_model(
        self, analysed: pd.DataFrame, vectors: np.ndarray | None, encode: Encode
    ) -> tuple[np.ndarray, np.ndarray | None]:
        """Give probabilities, and with names alone the similarities; ``vectors`` None lets the student read first."""
        texts = analysed["text_clean"].tolist()
        if not texts:
            return np.zeros((0, len(self.classes))), None
        if self.model is not None:
            if vectors is not None:
                return self._by_teacher(self.model, analysed, vectors, encode), None
            said = self.model.student_probabilities(texts)
            if not self.student_first or self.model.fast_path is None:
                return said * self.discount, None
            open_ = np.flatnonzero(~self.model.fast_path.stands(said))
            if len(open_):
                left = analysed.iloc[open_]
                said[open_] = self._by_teacher(self.model, left, self._encoded(left, encode), encode)
            return said, None
        if self.names is None or vectors is None:
            raise SettingsError("names alone need sentence vectors", where="ReasonClassifier",
                                expected="serve='best'")
        near = self.names.similarity(analysed, vectors, len(self.classes), encode)
        return (self.names.open_set if self.unsupervised is None else self.names.closed_set)(near), near

    def _by_teacher(
        self, model: ReasonModel, analysed: pd.DataFrame, vectors: np.ndarray, encode: Encode
    ) -> np.ndarray:
        prior = None if self.prior is None else self.prior.log_prior(analysed, vectors, self.classes, encode)[0]
        return model.teacher_probabilities(analysed["text_clean"].tolist(), vectors, prior) * self.discount

    def _encoded(self, analysed: pd.DataFrame, encode: Encode) -> np.ndarray:
        # where courtesies are blanked out, the words that were kept are not those of the text
        return encode(analysed["text_clean"].tolist(), None if self.skips_courtesy else words_of(analysed))


def words_of(analysed: pd.DataFrame) -> list[str | None] | None:
    """Give the words of analysed texts where they were kept, for `vocmine.embed.encode_distinct`."""
    return analysed["words"].tolist() if "words" in analysed else None


def encode_with(engine: Encoder) -> Encode:
    """Give the function that a stage encodes with: each distinct text once.

    Examples
    --------
    >>> from vocmine.embed import CharacterEncoder
    >>> encode_with(CharacterEncoder(16))(["a", "a"]).shape
    (2, 16)
    """
    return partial(encode_distinct, engine)


def stage_arrays(stage: Stage) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Give a fitted stage as plain values and arrays, for saving."""
    if stage.unsupervised is not None:
        return {"unsupervised": stage.unsupervised.figures}, stage.unsupervised.arrays()
    if stage.model is None:
        return {}, {}
    meta = {"taxonomy": stage.taxonomy.to_dict(), "classes": list(stage.classes), "student": stage.uses_student,
            "student_first": stage.student_first}
    meta, arrays = {**meta, "figures": stage.model.figures}, model_arrays(stage.model)
    texts = None if stage.prior is None else stage.prior.unsupervised
    if texts is None:
        return meta, arrays
    return {**meta, "prior_figures": texts.figures}, {**arrays, **prefixed("prior", texts.arrays())}


def load_stage(meta: dict[str, Any], arrays: dict[str, np.ndarray]) -> Stage:
    """Make a stage fitted on labels again from `stage_arrays`; without its prior."""
    model = model_from_arrays(arrays, meta["figures"])
    taxonomy = Taxonomy.from_dict(meta["taxonomy"])
    return Stage(taxonomy, tuple(meta["classes"]), Rules(Taxonomy(()), ()), model, None, bool(meta["student"]),
                 student_first=bool(meta["student_first"]))


def load_prior(before: Stage, meta: dict[str, Any], arrays: dict[str, np.ndarray]) -> Stage:
    """Give back to a prior made from the taxonomy what it had learned from texts."""
    if "prior_figures" not in meta:
        return before
    return before.with_unsupervised(UnsupervisedModel.from_arrays(part_of(arrays, "prior"), meta["prior_figures"]))
