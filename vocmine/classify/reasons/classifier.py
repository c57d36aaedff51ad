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
from vocmine.classify.reasons.saved import SavedReasons, check_stage
from vocmine.classify.reasons.stage import Stage, StageParameters, encode_with, stage_arrays
from vocmine.classify.reasons.training import fit_unsupervised, stage_from_labels, stage_from_taxonomy, stored_stage
from vocmine.classify.reasons.unsupervised import UnsupervisedModel
from vocmine.classify.sentiment.pretrained import Judged
from vocmine.classify.taxonomy.taxonomy import Taxonomy
from vocmine.embed import Encoder, stored_encoder
from vocmine.frames import UNKNOWN
from vocmine.linalg import best_columns

_KIND = "ReasonClassifier"
_VERSION = 6  # of what is saved: rises with what a model has as inputs


class ReasonClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Say why customers got in touch.

    Works from a taxonomy alone (names, and where given descriptions, examples and patterns) and gets better with
    `fit`: a few labels each, then many.

    Parameters
    ----------
    taxonomy : Taxonomy, optional
        The reasons; the shipped one if None (after `fit`, the labels' own where it lacks one of them).
    encoder : Encoder, optional
        Sentence vectors; if None those that `vocmine.embed.encoder_for` gives for the language of the texts that are
        learned from; before `fit` MiniLM for an English taxonomy, if installed, else the bundled ones.
    serve : {'fast', 'best', 'cascade', 'student'}
        ``best`` reads the sentence vectors of every text. ``fast`` lets a student that reads character n-grams, many
        times faster, answer where left-out texts prove that its answer would be the same (with 95 % confidence for all
        but 0.75 % of its answers), and reads the vectors of the others; which way a text goes depends on that text
        alone. ``cascade`` reads the vectors of the share ``reread`` of which the student is least sure: for an encoder
        of one's own that is good and slow; unknown reasons are told less well. ``student`` reads no vectors at all, and
        is right less often. Without labels all but ``best`` take the student where there are patterns.
    reread : float
        Share of the texts that ``serve='cascade'`` reads by their vectors.
    precision : float
        Wanted share of right labels; where it can't be had, a text is ``unknown``.
    unknown_share : float
        Share of contacts to come whose reason the taxonomy does not have.
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
        ``n`` texts learned from; with labels the left-out ``accuracy`` (and ``student_accuracy``, somewhat too high, as
        its teacher has seen the texts); texts without labels that were read, ``unlabeled``, if they were kept,
        ``unlabeled_kept``, and the ``accuracy_labels_alone``; where the student answers first the ``fast_share`` that
        it answers and its ``fast_disagreement`` with the teacher; without labels the ``expected_accuracy``, which rests
        on no label; and what reads first, ``reader``: ``student`` or ``vectors``.
    encoder_ : Encoder
        The encoder in use.
    stage_ : Stage
        What predictions are made with.

    See Also
    --------
    vocmine.classify.suggest_labels : Which contacts to label next.
    vocmine.classify.find_label_errors : Which labels are likely wrong.
    vocmine.classify.uncovered_groups : What the taxonomy has no reason for.

    Notes
    -----
    The shipped taxonomy with no labels is read by a linear model of words and characters learned from the project's own
    sentences of twelve trades; patterns and the mood of a text change its odds. With names alone the nearest name wins,
    by sentence vectors and the words of the name found by meaning. With examples or labels a kernel ridge regression
    (Rifkin and Lippert 2007) and linear support vectors are added up; their left-out scores, also without the reason
    itself, teach when a label is right. With few labels what is known without them stays in the answer, with the weight
    that serves left-out texts best. A parameter set after `fit` waits for the next one.

    References
    ----------
    Nigam, McCallum, Thrun and Mitchell 2000, Text classification from labeled and unlabeled documents using EM.
    Rifkin and Lippert 2007, Notes on regularized least squares.

    Examples
    --------
    >>> taxonomy = Taxonomy.from_dict(
    ...     {"reasons": [{"id": "refund", "name": "返金"}, {"id": "login", "name": "ログイン"}]})
    >>> ReasonClassifier(taxonomy).predict(["返金してください", "ログインできない"]).tolist()
    ['refund', 'login']
    """

    def __init__(
        self, taxonomy: Taxonomy | None = None, encoder: Encoder | None = None, *, serve: str = "fast",
        reread: float = 0.2, precision: float = 0.8, unknown_share: float = 0.02, min_examples: int = 1,
    ) -> None:
        self.taxonomy, self.encoder, self.serve, self.reread = taxonomy, encoder, serve, reread
        self.precision, self.unknown_share, self.min_examples = precision, unknown_share, min_examples

    def fit(self, texts: Any, y: Any = None, unlabeled: Any = None) -> ReasonClassifier:
        """Learn from texts: with labels, from the texts alone, which every contact centre has, or from both together.

        With labels what the taxonomy says of its reasons is learned too, and what the labels say of texts without one,
        as far as left-out labels are told better by it. Without any label the taxonomy says which reasons there are,
        and the texts where those of each reason lie and what their words are. The probabilities then rest on no checked
        label: they were about right on texts of other trades, and may be 0.15 too high or too low on average.

        Parameters
        ----------
        texts : list, Series or contacts frame
            Texts of customers. Without labels each counts once, in no order, and of more than 10,000 a fixed draw;
            texts of reasons that the taxonomy has not may be among them.
        y : list or Series, optional
            A reason id a text, or a list of them. A text whose label is missing is one of ``unlabeled``; one labelled
            ``unknown`` is of none of the reasons and left out. None learns without labels.
        unlabeled : list, Series or contacts frame, optional
            More texts without labels, of more than 8,000 a fixed draw: what lies among many that fit no reason is less
            sure. Where each reason has 40 labels, or texts several each, nothing else is learned from them.

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
        parameters = self._parameters()
        parameters.check()
        analysed = analysed_texts(texts, "ReasonClassifier.fit")
        more = None if unlabeled is None else analysed_texts(unlabeled, "ReasonClassifier.fit")
        parameters = parameters.for_texts(analysed)
        engine = parameters.engine()
        encode = encode_with(engine)
        unsupervised: UnsupervisedModel | None = None
        if y is None:
            analysed = analysed if more is None else pd.concat([analysed, more], ignore_index=True)
            stage = stage_from_taxonomy(parameters, encode, engine.spec)
            unsupervised = fit_unsupervised(stage, analysed, parameters, encode)
            stage = stage.with_unsupervised(unsupervised)
        else:
            stage = stage_from_labels(parameters, analysed, y, encode, engine.spec, more)
        self._fitted, self._unsupervised = parameters, unsupervised
        self._made, self._engine = (parameters, stage), (parameters, engine)
        return self

    def predict(self, texts: Any, abstain: bool = True) -> np.ndarray:
        """Give one reason a text, an array of objects (str) of shape (n,).

        Parameters
        ----------
        texts : list, Series or contacts frame
            Texts of customers.
        abstain : bool
            Say ``unknown`` where the best probability is below `threshold_`; else always name a reason.

        Raises
        ------
        SettingsError
            If the texts are no texts, or, before `fit`, a parameter or the taxonomy makes no sense.
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

        Parameters
        ----------
        texts : list, Series or contacts frame
            Texts of customers.

        Raises
        ------
        SettingsError
            If the texts are no texts, or, before `fit`, a parameter or the taxonomy makes no sense.

        Examples
        --------
        >>> ReasonClassifier().predict_proba(["返金してください"]).shape
        (1, 34)
        """
        stage = self.stage_
        analysed = analysed_texts(texts, "ReasonClassifier.predict_proba", not stage.uses_student)
        texts = analysed["text_clean"].tolist()
        read = stage.prepare(texts)
        found, mood = stage.rules.find(read), stage.mood(texts)
        return stage.probabilities(analysed.assign(text_clean=read), found, encode_with(self.encoder_), mood)

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
        >>> sorted(clf.tag(["二重請求されました。あと領収書もください。"])["label"])
        ['billing.double_charge', 'billing.invoice']
        """
        return self.tag_with_candidates(texts)[0]

    def tag_with_candidates(self, texts: Any, judged: Judged | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give the frame of `tag`, and how likely each reason is for each text; both from one reading.

        Parameters
        ----------
        texts : list, Series or contacts frame
            Texts of customers.
        judged : Judged, optional
            Their mood as `vocmine.classify.sentiment.pretrained.judge` has it, where that was read already.

        Returns
        -------
        tags : DataFrame
            As `tag` gives it.
        candidates : DataFrame
            ``row, label, score, source, evidence``: the likeliest reasons of each text, the best six at most, and
            ``unknown`` for none of them; ``score`` is the chance and ``evidence`` what it rests on: ``names``,
            ``texts``, ``examples``, ``examples_texts`` or ``labels``. A tag is the best guess for one contact; how many
            contacts a reason has in all is better told from these (see `vocmine.cost.quantify`).

        Examples
        --------
        >>> _, candidates = ReasonClassifier().tag_with_candidates(["返金してください"])
        >>> candidates["label"].iloc[0], "unknown" in set(candidates["label"])
        ('billing.refund', True)
        """
        stage = self.stage_
        analysed = analysed_texts(texts, "ReasonClassifier.tag", not stage.uses_student)
        return tag_frame(stage, analysed, encode_with(self.encoder_), judged)

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
            the evidence is an example), ``example`` (the nearest text that the model knows of that reason) and
            ``doubt``, with labels or examples: why the text is ``unknown`` (``far`` from all known texts, ``new``:
            among texts without a label that have none of the reasons, or ``between`` reasons), else empty.

        Examples
        --------
        >>> ReasonClassifier().explain(["返金してください"], top=1)[["label", "source", "evidence"]].values.tolist()
        [['billing.refund', 'rule', '返金']]
        """
        analysed = analysed_texts(texts, "ReasonClassifier.explain")
        return explain_rows(self.stage_, analysed, encode_with(self.encoder_), top)

    @property
    def stage_(self) -> Stage:
        """What predictions are made with: what `fit` learned, before that what the taxonomy alone gives.

        Before `fit` a changed parameter takes effect at once, after it at the next `fit`.
        """
        parameters = self._in_use()
        made: tuple[StageParameters, Stage] | None = self.__dict__.get("_made")
        if made is None or not made[0].same_as(parameters):
            parameters.check()
            engine = self.encoder_
            stage = stage_from_taxonomy(parameters, encode_with(engine), engine.spec)
            unsupervised: UnsupervisedModel | None = self.__dict__.get("_unsupervised")
            made = parameters, stage if unsupervised is None else stage.with_unsupervised(unsupervised)
            self._made = made
        return made[1]

    @property
    def encoder_(self) -> Encoder:
        """The encoder in use."""
        parameters = self._in_use()
        kept: tuple[StageParameters, Encoder] | None = self.__dict__.get("_engine")
        if kept is None or kept[0].encoder is not parameters.encoder or kept[0].taxonomy is not parameters.taxonomy:
            kept = self._engine = parameters, parameters.engine()
        return kept[1]

    @property
    def classes_(self) -> np.ndarray:
        """Ids of the reasons, in the order of the columns of `predict_proba`."""
        return np.asarray(self.stage_.classes, dtype=object)

    @property
    def taxonomy_(self) -> Taxonomy:
        """The taxonomy in use."""
        return self.stage_.taxonomy

    @property
    def threshold_(self) -> float:
        """The probability below which a text is unknown."""
        return self.stage_.threshold

    @property
    def figures_(self) -> dict[str, Any]:
        """What is known of how good it is."""
        stage = self.stage_
        return {**stage.figures, "reader": "student" if stage.uses_student or stage.student_first else "vectors"}

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Save into a folder of plain files (see `vocmine.store`); `load` gives the same answers."""
        stage, fitted = self.stage_, self._fit_parameters()
        meta, arrays = stage_arrays(stage) if fitted is not None else ({}, {})
        params = {"params": self._parameters().to_dict(), "fitted": None if fitted is None else fitted.to_dict()}
        store.save(folder, _KIND, {**params, "stage": meta}, arrays, version=_VERSION)

    @classmethod
    def load(cls, folder: str | os.PathLike[str], encoder: Encoder | None = None) -> ReasonClassifier:
        """Load what `save` wrote; ``encoder`` is needed only where it was one's own.

        Raises
        ------
        StoreError
            If the folder is missing, damaged, changed, of another kind or version. Nothing of it is run.
        SettingsError
            If the encoder can only be given by its owner and was not.
        """
        stored, where = store.load(folder, _KIND, _VERSION), str(folder)
        values = store.checked(SavedReasons, stored.params, where)
        params = StageParameters.from_dict(values.params.model_dump(), encoder)
        out = cls(**vars(params))
        if values.fitted is None:
            store.check_arrays(stored.arrays, {}, where)
            return out
        fitted, meta = params, values.stage
        if values.fitted != values.params:
            fitted = StageParameters.from_dict(values.fitted.model_dump(), encoder)
        engine = fitted.engine()
        stored_encoder(engine.spec, engine, check_stage(stored.arrays, meta, fitted.taxonomy, where))
        out._fitted, out._unsupervised = fitted, None
        if meta.unsupervised is not None:
            out._unsupervised = UnsupervisedModel.from_arrays(stored.arrays, meta.unsupervised)
            return out
        plain = meta.model_dump(exclude_none=True)
        out._made = fitted, stored_stage(fitted, plain, stored.arrays, encode_with(engine), engine.spec)
        out._engine = fitted, engine
        return out

    def __sklearn_is_fitted__(self) -> bool:
        """Say yes: it works from the taxonomy alone."""
        return True

    def __getstate__(self) -> dict[str, Any]:
        """Leave engines behind; what comes from the taxonomy is made again."""
        learned = self._fit_parameters() is not None and self.__dict__.get("_unsupervised") is None
        dropped = {"_engine"} if learned else {"_engine", "_made"}
        return {key: value for key, value in self.__dict__.items() if key not in dropped}

    def _parameters(self) -> StageParameters:
        """Give the parameters as they are now."""
        return StageParameters(self.taxonomy, self.encoder, self.serve, self.reread, self.precision,
                               self.unknown_share, self.min_examples)

    def _fit_parameters(self) -> StageParameters | None:
        return self.__dict__.get("_fitted")

    def _in_use(self) -> StageParameters:
        """Give the parameters that predictions rest on: those of the last `fit`, before any those of now."""
        return self._fit_parameters() or self._parameters()
