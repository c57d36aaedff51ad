"""Topics of a set of texts: discovered once, assigned by one exact rule."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from vocmine import store
from vocmine.embed import Encoder, encoder_for, stored_encoder
from vocmine.errors import ContactError, SettingsError
from vocmine.text import as_analysed
from vocmine.topics.discovery import _assign as rule
from vocmine.topics.discovery import edits
from vocmine.topics.discovery._hierarchy import hierarchy, with_parents
from vocmine.topics.discovery.cohesion import cohesive
from vocmine.topics.discovery.copies import own_topics
from vocmine.topics.discovery.edits import KnownTopics, Pins
from vocmine.topics.discovery.engines import ENGINES, find_clusters
from vocmine.topics.discovery.nearest_examples import NearestExamples
from vocmine.topics.discovery.rare import add_rare
from vocmine.topics.discovery.sampling import by_content, distinct_texts
from vocmine.topics.discovery.saved import SavedTopics, check_topics, topic_rows, topics_table
from vocmine.topics.discovery.vectors import TOPIC_RIDGE, JointVectors
from vocmine.topics.naming._describe import describe

MIN_TEXTS = 30  # distinct ones; fewer have no topics to speak of

Namer = Callable[[list[str], list[str]], str]


class TopicModel:
    """Topics that are the same again tomorrow, and the same for a text alone as among others.

    `fit` embeds the distinct texts, discovers topics with BERTopic on a consensus engine, and keeps examples of each.
    `assign` gives a text the topic its nearest examples vote for, if they are near enough; so do the fitted texts get
    theirs. Outliers of the discovery are treated like any other text.

    Parameters
    ----------
    seed : int
        Seed of the engines that draw, ``evoc`` and ``umap``; other seeds give nearly the same topics. ``graph`` and
        ``levels`` draw nothing.
    encoder : Encoder, optional
        Sentence vectors; those for the language of the texts (`vocmine.embed.encoder_for`) if None.
    engine : {"auto", "evoc", "umap", "graph", "levels"}
        ``levels``: consensus of average-linkage and Ward trees, no seed; the number of topics follows from the texts.
        ``graph``: consensus of Ward trees alone. Both need no compiler. ``evoc``: consensus of seeded EVoC runs and
        Ward trees, through BERTopic. ``umap``: UMAP and HDBSCAN through BERTopic. Both are compiled at their first use.
        ``auto``: ``graph`` up to 1,000 distinct texts read, ``levels`` up to 6,000 (so whatever the number of
        contacts, unless ``max_texts`` is raised), else ``evoc``.
    min_topic_size : int
        Least number of distinct texts that make a topic, or of copies of one text that is unlike the others.
    max_texts : int
        Distinct texts the discovery reads at most (memory grows with the square); chosen by a hash of the text, so
        that the order of rows does not matter. The rest is searched for rare topics that stand out (from 1 in 4,000
        texts on), and all texts are assigned.
    namer : callable, optional
        ``namer(quotes, terms) -> str`` may name a topic, by a language model for instance. A name with a content word
        that stands in none of the quotes or terms is refused and the topic keeps its own.

    Attributes
    ----------
    topics_ : DataFrame
        ``topic_id, name, n, share, terms, quotes, stability, neighbour, differs, name_ja, name_en, parent,
        parent_name``; ``name_ja`` and ``name_en`` are from its texts in that language, empty where it has none;
        ``parent`` is the id of the largest topic of the group above, as `hierarchy` has it.
    labels_ : ndarray of int64, shape (n,)
        Topic of each fitted row, -1 for none.
    pinned_ : dict of int to str
        Topics changed by hand, with their names.

    Examples
    --------
    >>> from vocmine.embed import CharacterEncoder
    >>> texts = [f"{a}が{b}" for a in ("返金", "返品の送料", "画面", "電源", "配達", "会員証") for b in
    ...          ("おかしい", "おかしいです", "とてもおかしい", "変", "変です", "とても変")]
    >>> model = TopicModel(encoder=CharacterEncoder(64)).fit(texts)
    >>> bool((model.assign(texts[:3]) == model.labels_[:3]).all())
    True
    """

    def __init__(
        self, *, seed: int = 0, encoder: Encoder | None = None, engine: str = "auto", min_topic_size: int = 5,
        max_texts: int = 6000, namer: Namer | None = None,
    ) -> None:
        self.seed, self.encoder, self.engine = seed, encoder, engine
        self.min_topic_size, self.max_texts, self.namer = min_topic_size, max_texts, namer

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Give the parameters, as scikit-learn's ``clone`` wants them."""
        names = ("seed", "encoder", "engine", "min_topic_size", "max_texts", "namer")
        return {name: getattr(self, name) for name in names}

    def set_params(self, **params: Any) -> TopicModel:
        """Set parameters; SettingsError for an unknown one."""
        for name, value in params.items():
            if name not in self.get_params():
                raise SettingsError("unknown parameter", where="TopicModel.set_params", got=repr(name))
            setattr(self, name, value)
        return self

    def fit(self, texts: Any, y: Any = None) -> TopicModel:
        """Discover topics.

        Parameters
        ----------
        texts : list of str, Series, contacts frame or analysed frame
            At least 30 distinct texts that are not empty, or one that was told ``min_topic_size`` times.
        y : ignored

        Raises
        ------
        SettingsError
            For a wrong parameter.
        ContactError
            If there are too few distinct texts, or no matter that several of them are about.
        MissingExtraError
            If the engine is not installed.
        """
        self._check()
        analysed = as_analysed(texts)
        clean = [str(t) for t in analysed["text_clean"]]
        distinct = distinct_texts(clean, analysed)
        times = distinct["n"].to_numpy()
        if len(distinct) < MIN_TEXTS and times.max(initial=0) < self.min_topic_size:
            raise ContactError(
                "too few texts for topics", where="TopicModel.fit", got=f"{len(distinct)} distinct texts",
                expected=f"at least {MIN_TEXTS}", hint="use tags, or gather more days",
            )
        chosen = by_content(distinct["text_clean"], self.max_texts)
        pins = self._pins()
        self._vectorizer = pins.vectorizer or JointVectors(
            self.encoder or encoder_for(distinct["lang"]), ridge=TOPIC_RIDGE
        )
        known = distinct["text_clean"].tolist()
        sentence = self._vectorizer.sentences(known)
        read = [known[i] for i in chosen]
        if pins.vectorizer is None:
            self._vectorizer.fit(read, sentence[chosen])
        joined, vectors = self._vectorizer.joined(read, sentence[chosen]), self._vectorizer.transform(known, sentence)
        labels, stability = self._discover(vectors[chosen], joined, distinct["terms"].iloc[chosen].tolist())
        examples = vectors[chosen]
        if len(chosen) < len(known):
            examples, labels, stability = add_rare(vectors, chosen, labels, stability, self.min_topic_size)
        examples, labels, stability = own_topics(
            vectors, times, examples, labels, stability, self.min_topic_size
        )
        if not len(stability) and not pins.names:
            raise ContactError(
                "no matter is told often enough for topics", where="TopicModel.fit",
                got=f"{len(distinct)} texts unlike", hint="gather more days, or read the contacts one by one",
            )
        examples, labels, stability = pins.put_back(examples, labels, stability)
        self._known = NearestExamples.calibrate(examples, labels)
        self.pinned_ = pins.numbered(len(stability))
        self._report(clean, distinct, vectors, stability)
        return self

    def assign(self, texts: Any) -> np.ndarray:
        """Give each text its topic, -1 where none is near enough; the same alone and in any batch.

        Returns
        -------
        ndarray of int64, shape (n,)

        Raises
        ------
        NotFittedError
            Before `fit`.
        """
        return self.explain(texts)["topic_id"].to_numpy()

    def explain(self, texts: Any) -> pd.DataFrame:
        """Say how each text got its topic.

        Returns
        -------
        DataFrame
            ``topic_id, nearest, score, radius, margin, reason``, the rows and index of ``texts``. ``reason`` is empty
            for an assigned text, else ``empty`` or ``far``.
        """
        self._check_fitted()
        analysed = as_analysed(texts)
        clean = [str(t) for t in analysed["text_clean"]]
        row: dict[str, int] = {}
        index = np.fromiter((row.setdefault(t, len(row)) for t in clean), dtype=np.intp, count=len(clean))
        table = self._known.explain(self._vectorizer.transform(list(row)), list(row)).iloc[index]
        return table.set_axis(analysed.index)

    def hierarchy(self, n_groups: int | None = None) -> pd.DataFrame:
        """Put the topics into groups of near ones: a level above, named by the word its topics share.

        Parameters
        ----------
        n_groups : int, optional
            Groups at most; the square root of the number of topics if None.

        Returns
        -------
        DataFrame
            ``topic_id, name, n, group, group_name, group_n``, a row a topic.

        Raises
        ------
        SettingsError
            If ``n_groups`` is below 1.
        """
        self._check_fitted()
        if n_groups is not None and n_groups < 1:
            raise SettingsError(
                "wrong n_groups", where="TopicModel.hierarchy", got=repr(n_groups), expected="a whole number from 1"
            )
        return hierarchy(self.topics_, self._known.examples, self._known.topic, n_groups)

    def rename(self, topic_id: int, name: str) -> TopicModel:
        """Name a topic by hand. It is pinned: the next `fit` of this model keeps it and its name.

        Raises
        ------
        SettingsError
            If there is no such topic, or the name is empty or taken.
        """
        self._check_fitted()
        return self._changed(edits.rename(self._editable(), topic_id, name))

    def pin(self, topic_id: int) -> TopicModel:
        """Keep a topic as it is, with its name, in the next `fit` of this model."""
        self._check_fitted()
        row = edits.row_of(self.topics_, topic_id, "pin")
        return self.rename(topic_id, str(self.topics_["name"].iloc[row]))

    def merge(self, topic_ids: Sequence[int], name: str | None = None) -> TopicModel:
        """Make one topic of several, under the id of the first, and pin it.

        Raises
        ------
        SettingsError
            If there are fewer than two, or one of them does not exist.
        """
        self._check_fitted()
        return self._changed(edits.merge(self._editable(), topic_ids, name))

    def split(self, topic_id: int, texts: Any, parts: int = 2) -> list[int]:
        """Split a topic by the texts that belong to it, and pin the parts; `labels_` keeps the old id.

        Parameters
        ----------
        topic_id : int
        texts : list of str, Series, contacts frame or analysed frame
            For instance those the model was fitted on; at least five distinct ones of the topic a part.
        parts : int

        Returns
        -------
        list of int
            New ids; the old one is not used again.

        Raises
        ------
        SettingsError
            If there is no such topic, or too few of its texts.
        """
        self._check_fitted()
        analysed = as_analysed(texts)
        distinct = distinct_texts([str(t) for t in analysed["text_clean"]], analysed)
        changed, new_ids = edits.split(
            self._editable(), topic_id, distinct, vectorizer=self._vectorizer, parts=parts
        )
        self._changed(changed)
        return new_ids

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Write the fitted model as plain files; see `vocmine.store`. The namer is not kept."""
        self._check_fitted()
        params = {
            **{name: getattr(self, name) for name in ("seed", "engine", "min_topic_size", "max_texts")},
            "encoder": self._vectorizer.encoder.spec, "vocabulary": self._vectorizer.vocabulary_,
            "weight": self._vectorizer.weight, "topics": topic_rows(self.topics_),
            "pinned": {str(t): n for t, n in self.pinned_.items()},
        }
        arrays = {
            "examples": self._known.examples.astype(np.float16), "example_topic": self._known.topic,
            "radius": self._known.radius, "labels": self.labels_,
            "projection": self._vectorizer.projection_.astype(np.float16), **self._vectorizer.sharpener_arrays(),
        }
        store.save(folder, "TopicModel", params, arrays)

    @classmethod
    def load(cls, folder: str | os.PathLike[str], encoder: Encoder | None = None) -> TopicModel:
        """Read a model that `save` wrote; it assigns exactly as before.

        Parameters
        ----------
        folder : path
        encoder : Encoder, optional
            Needed where the model was fitted with an encoder of the caller's own.

        Raises
        ------
        StoreError
            If the folder does not hold a whole TopicModel, or one that was changed.
        """
        stored = store.load(folder, "TopicModel")
        arrays, where = stored.arrays, str(folder)
        values = store.checked(SavedTopics, stored.params, where)
        width = check_topics(arrays, values, where)
        model = cls(encoder=encoder, seed=values.seed, engine=values.engine, min_topic_size=values.min_topic_size,
                    max_texts=values.max_texts)
        vectors = JointVectors(stored_encoder(values.encoder, encoder, width), values.weight)
        vectors.vocabulary_, vectors.projection_ = values.vocabulary, arrays["projection"].astype(np.float32)
        vectors.take_sharpener(arrays)
        model._vectorizer = vectors
        examples = arrays["examples"].astype(np.float32)
        model._known = NearestExamples(examples, arrays["example_topic"], arrays["radius"])
        model.labels_ = arrays["labels"]
        model.pinned_ = {int(t): n for t, n in values.pinned.items()}
        model.topics_ = topics_table(values)
        model._regroup()
        return model

    def _discover(self, vectors: np.ndarray, joined: np.ndarray, terms: list[str]) -> tuple[np.ndarray, np.ndarray]:
        if len(vectors) < MIN_TEXTS:  # only copies can make a topic
            return np.full(len(vectors), rule.NONE), np.empty(0)
        second_view = None if self._vectorizer.sharpener_ is None else joined
        labels, agreement = find_clusters(self.engine, vectors, terms, self.min_topic_size, self.seed, second_view)
        if labels.max(initial=-1) < 0:  # nothing stands out: all is one topic
            labels, agreement = np.zeros(len(vectors), dtype=np.int64), None
        labels = cohesive(vectors, labels)
        return labels, _stability(labels, agreement)

    def _pins(self) -> Pins:
        pinned = getattr(self, "pinned_", {})
        return Pins(pinned, self._known, self._vectorizer) if pinned else Pins()

    def _editable(self) -> KnownTopics:
        return KnownTopics(self._known, self.topics_, self.labels_, self.pinned_)

    def _changed(self, topics: KnownTopics) -> TopicModel:
        self._known, self.topics_, self.labels_, self.pinned_ = topics.known, topics.table, topics.labels, topics.pinned
        self._regroup()
        return self

    def _report(self, clean: list[str], distinct: pd.DataFrame, vectors: np.ndarray, stability: np.ndarray) -> None:
        texts = distinct["text_clean"].tolist()
        topic = self._known.assign(vectors, texts)
        of = dict(zip(texts, topic.tolist(), strict=True))
        self.labels_ = np.array([of.get(t, rule.NONE) for t in clean], dtype=np.int64)
        count = np.bincount(self.labels_[self.labels_ >= 0], minlength=len(stability))
        used = self.pinned_.values()
        self.topics_ = describe(distinct, vectors, topic, count, stability, self.namer, used)
        for column in ("name", "name_ja", "name_en"):
            self.topics_[column] = [
                self.pinned_.get(t, n) for t, n in zip(self.topics_["topic_id"], self.topics_[column], strict=True)
            ]
        self._regroup()

    def _regroup(self) -> None:
        self.topics_ = with_parents(self.topics_, self._known.examples, self._known.topic)

    def _check(self) -> None:
        if self.engine not in ENGINES:
            raise SettingsError(
                "unknown engine", where="TopicModel", got=repr(self.engine), expected=", ".join(ENGINES)
            )
        for name, low in (("min_topic_size", 2), ("max_texts", MIN_TEXTS), ("seed", 0)):
            if not isinstance(getattr(self, name), int) or getattr(self, name) < low:
                raise SettingsError(
                    f"wrong {name}", where="TopicModel", got=repr(getattr(self, name)),
                    expected=f"a whole number from {low}",
                )

    def _check_fitted(self) -> None:
        if not hasattr(self, "topics_"):
            from sklearn.exceptions import NotFittedError

            raise NotFittedError("TopicModel is not fitted; call fit first, or load a saved model")


def _stability(labels: np.ndarray, agreement: np.ndarray | None) -> np.ndarray:
    """Give, for each topic, how often two of its texts are together in the clusterings behind it (0 to 1)."""
    n_topics = int(labels.max()) + 1
    if agreement is None:
        return np.full(n_topics, np.nan)
    return np.array([float(agreement[np.ix_(rows, rows)].mean()) for rows in _members(labels, n_topics)])


def _members(labels: np.ndarray, n_topics: int) -> list[np.ndarray]:
    return [np.flatnonzero(labels == t) for t in range(n_topics)]
