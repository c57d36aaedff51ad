"""Contact reasons: one estimator from no labels to many."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin

from vocmine import store
from vocmine.classify.reasons.evidence import explain_rows, tag_frame
from vocmine.classify.reasons.inputs import analysed_texts
from vocmine.classify.reasons.patterns import Found
from vocmine.classify.reasons.stage import Stage, fitted_stage, learn_alone, load_stage, stage_arrays, unfitted_stage
from vocmine.classify.reasons.unsupervised import Alone
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.embed import Encoder, default_encoder, encode_distinct, encoder_from_spec
from vocmine.errors import SettingsError
from vocmine.frames import UNKNOWN
from vocmine.linalg import best_columns

_KIND = "ReasonClassifier"
_VERSION = 3  # of what is saved: rises with what a model has as inputs
_SERVING = ("auto", "teacher", "student")


class ReasonClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Say why customers got in touch.

    Works from a taxonomy alone (names, and where given descriptions, examples and patterns) and gets better with
    `fit`: a few labels each, then many.

    Parameters
    ----------
    taxonomy : Taxonomy, optional
        The reasons; the shipped one if None (after `fit`, the labels' own if the shipped one has them not).
    encoder : Encoder, optional
        Sentence vectors; the bundled ones if None.
    serving : {'auto', 'teacher', 'student'}
        ``teacher`` reads sentence vectors, ``student`` only pieces of characters, many times faster. ``auto`` takes the
        student where there are no labels but patterns, which carry most of the weight then; after `fit` the teacher,
        which is right more often.
    precision : float
        Wanted share of right labels; where it can't be had, a text is ``unknown``.
    unknown_share : float
        Share of contacts to come whose reason the taxonomy has not.
    min_examples : int
        Texts that `fit` wants of each label.

    Attributes
    ----------
    taxonomy_ : Taxonomy
        The taxonomy in use.
    classes_ : ndarray of str
        Ids of the reasons, in the order of the columns of `predict_proba`.
    threshold_ : float
        A text whose best probability is lower is ``unknown``.
    figures_ : dict
        ``n`` texts learned from; with labels the left-out ``accuracy`` (and ``student_accuracy`` where one was made;
        it is somewhat too high, as its teacher has seen the texts), without the ``expected_accuracy``, which rests on
        no label; and ``serving``.

    Examples
    --------
    >>> taxonomy = Taxonomy.from_dict(
    ...     {"reasons": [{"id": "refund", "name": "返金"}, {"id": "login", "name": "ログイン"}]})
    >>> ReasonClassifier(taxonomy).predict(["返金してください", "ログインできない"]).tolist()
    ['refund', 'login']
    """

    def __init__(
        self, taxonomy: Taxonomy | None = None, encoder: Encoder | None = None, *, serving: str = "auto",
        precision: float = 0.8, unknown_share: float = 0.02, min_examples: int = 2,
    ) -> None:
        self.taxonomy, self.encoder, self.serving, self.precision = taxonomy, encoder, serving, precision
        self.unknown_share, self.min_examples = unknown_share, min_examples

    def fit(self, texts: Any, y: Any = None) -> ReasonClassifier:
        """Learn from texts: with labels, or from the texts alone, which every contact centre has.

        With labels what the taxonomy says of its reasons is learned too. Without, the taxonomy says which reasons there
        are, and the texts how customers put them: where the texts of each reason lie and what their words are. The
        probabilities then rest on no checked label: they are set so that they were about right on texts of other
        trades, and may be 0.15 too high or too low on average. A few labels say more.

        Parameters
        ----------
        texts : list, Series or contacts frame
            Texts of customers. Without labels each text counts once, in no order, and of more than 10,000 distinct
            ones a fixed draw; texts of reasons that the taxonomy has not may be among them.
        y : list or Series, optional
            A reason id a text, or a list of them. A missing label, or ``unknown``, leaves the text out. None learns
            without labels.

        Raises
        ------
        SettingsError
            If texts or labels are no texts, don't fit each other or the taxonomy, a label has too few texts, or there
            are fewer than 20 distinct texts and no labels.

        Examples
        --------
        >>> clf = ReasonClassifier().fit(["返金はまだ?", "返金希望", "退会したい", "やめたい"],
        ...                              ["billing.refund", "billing.refund", "contract.cancel", "contract.cancel"])
        >>> clf.predict(["お金を返して"]).tolist()
        ['billing.refund']
        """
        self._check()
        analysed = analysed_texts(texts, "ReasonClassifier.fit")
        alone: Alone | None = None
        if y is None:
            stage = unfitted_stage(self)
            alone = learn_alone(self, stage, analysed)
            stage = stage.beside(alone)
        else:
            stage = fitted_stage(self, analysed, y)
        self._stage, self._alone, self._learned = stage, alone, y is not None
        return self

    def predict(self, texts: Any, abstain: bool = True) -> np.ndarray:
        """Give one reason a text, shape (n,).

        Parameters
        ----------
        texts : list, Series or contacts frame
            Texts of customers.
        abstain : bool
            Say ``unknown`` where the best probability is below `threshold_`; else always name a reason.
        """
        probabilities = self.predict_proba(texts)
        best: np.ndarray = self.classes_[best_columns(probabilities, self.classes_)].astype(object)
        if abstain and len(best):
            best[probabilities.max(axis=1) < self.threshold_] = UNKNOWN
        return best

    def predict_proba(self, texts: Any) -> np.ndarray:
        """Give the probability of each reason, shape (n, k), in the order of `classes_`.

        A row sums to 1 at most; the rest is the probability that it is none of these. After a `fit` on lists of labels
        each reason has a probability of its own, and rows may sum to more.
        """
        analysed = analysed_texts(texts, "ReasonClassifier.predict_proba")
        stage = self._ready()
        analysed = analysed.assign(text_clean=stage.read(analysed["text_clean"].tolist()))
        return self._probabilities(analysed, stage.rules.find(analysed["text_clean"].tolist()))

    def tag(self, texts: Any) -> pd.DataFrame:
        """Give every reason of each text with its evidence: what the Tagger writes.

        Sentences are read apart, so that a contact may have several reasons.

        Parameters
        ----------
        texts : list, Series or contacts frame
            Texts of customers.

        Returns
        -------
        DataFrame
            ``row`` (number of the text, from 0), ``label`` (``unknown`` where the evidence is thin), ``score``,
            ``source`` (rule, model, example) and ``evidence``; by row, then by falling score.

        Examples
        --------
        >>> clf = ReasonClassifier()
        >>> clf.tag(["二重請求されました。あと領収書もください。"])["label"].tolist()
        ['billing.double_charge', 'billing.invoice']
        """
        return tag_frame(self, analysed_texts(texts, "ReasonClassifier.tag"))

    def explain(self, texts: Any, top: int = 3) -> pd.DataFrame:
        """Say what speaks for the best reasons of each text.

        Parameters
        ----------
        texts : list, Series or contacts frame
            Texts of customers.
        top : int
            Reasons a text.

        Returns
        -------
        DataFrame
            ``row, label, name, score, source, evidence, start, end`` (place of the words in the clean text, -1 where
            the evidence is an example) and ``example`` (the nearest text that the model knows of that reason).
        """
        return explain_rows(self, analysed_texts(texts, "ReasonClassifier.explain"), top)

    @property
    def classes_(self) -> np.ndarray:
        """Ids of the reasons, in the order of the columns of `predict_proba`."""
        return np.asarray(self._ready().classes, dtype=object)

    @property
    def taxonomy_(self) -> Taxonomy:
        """The taxonomy in use."""
        return self._ready().taxonomy

    @property
    def threshold_(self) -> float:
        """The probability below which a text is unknown."""
        return self._ready().threshold

    @property
    def figures_(self) -> dict[str, Any]:
        """What is known of how good it is."""
        stage = self._ready()
        return {**stage.figures, "serving": "student" if stage.fast else "teacher"}

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Save into a folder of plain files; `load` gives the same answers."""
        self._ready()
        params = {key: value for key, value in self.get_params().items() if key not in {"taxonomy", "encoder"}}
        meta, arrays = stage_arrays(self._stage) if self._is_fitted() else ({}, {})
        alone = self._learned_alone()
        if alone is not None:
            meta, arrays = {"alone": alone.figures}, alone.arrays()
        spec = self._engine().spec
        taxonomy = self.taxonomy.to_dict() if self.taxonomy is not None else None
        store.save(folder, _KIND, {"params": params, "taxonomy": taxonomy, "encoder": spec, "stage": meta}, arrays,
                   version=_VERSION)

    @classmethod
    def load(cls, folder: str | os.PathLike[str], encoder: Encoder | None = None) -> ReasonClassifier:
        """Load what `save` wrote; ``encoder`` is needed only where it was one's own."""
        stored = store.load(folder, _KIND, _VERSION)
        taxonomy = stored.params["taxonomy"]
        out = cls(Taxonomy.from_dict(taxonomy) if taxonomy else None, encoder, **stored.params["params"])
        if encoder is None and stored.params["encoder"] != default_encoder().spec:
            out.encoder = encoder_from_spec(stored.params["encoder"])
        if "alone" in stored.params["stage"]:
            out._alone = Alone.from_arrays(stored.arrays, stored.params["stage"]["alone"])
        elif stored.params["stage"]:
            out._stage = load_stage(stored.params["stage"], stored.arrays)
            out._learned = True
        return out

    def __sklearn_is_fitted__(self) -> bool:
        """Say yes: it works from the taxonomy alone."""
        return True

    def __getstate__(self) -> dict[str, Any]:
        """Leave engines behind; what came from the taxonomy alone is made again."""
        dropped = {"_default_engine"} if self._is_fitted() else {"_default_engine", "_stage"}
        return {key: value for key, value in self.__dict__.items() if key not in dropped}

    def _is_fitted(self) -> bool:
        return bool(self.__dict__.get("_learned"))

    def _check(self) -> None:
        if self.serving not in _SERVING:
            raise SettingsError("unknown serving", where="ReasonClassifier", got=repr(self.serving),
                                expected=", ".join(_SERVING))
        if not 0 < self.precision < 1 or not 0 <= self.unknown_share < 1:
            raise SettingsError("precision and unknown_share must lie between 0 and 1", where="ReasonClassifier",
                                got=f"{self.precision}, {self.unknown_share}")

    def _ready(self) -> Stage:
        if "_stage" not in self.__dict__:
            self._check()
            stage, alone = unfitted_stage(self), self._learned_alone()
            self._stage = stage if alone is None else stage.beside(alone)
        return self._stage

    def _learned_alone(self) -> Alone | None:
        return self.__dict__.get("_alone")

    def _engine(self) -> Encoder:
        if self.encoder is not None:
            return self.encoder
        if "_default_engine" not in self.__dict__:
            self._default_engine = default_encoder()
        return self._default_engine

    def _vectors(self, texts: list[str]) -> np.ndarray:
        return encode_distinct(self._engine(), texts)

    def _probabilities(self, analysed: pd.DataFrame, found: Found) -> np.ndarray:
        stage = self._ready()
        vectors = None if stage.fast else self._vectors(analysed["text_clean"].tolist())
        known = stage.blended(analysed, vectors, found, self._vectors)
        return np.floor(known * 1e6 + 1e-3) / 1e6  # six digits, and no row above 1 by rounding
