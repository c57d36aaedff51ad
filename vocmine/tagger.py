"""Contacts in, tags out: the same object in a notebook, in a batch and on Spark."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import pandas as pd

from vocmine import store
from vocmine.errors import StoreError
from vocmine.frames import TAG_COLUMNS, TAG_KINDS, require_columns
from vocmine.results import ReasonInfo

if TYPE_CHECKING:
    from vocmine.classify.reasons.classifier import ReasonClassifier
    from vocmine.classify.sentiment.classifier import SentimentClassifier
    from vocmine.classify.sentiment.pretrained import Judged
    from vocmine.classify.taxonomy.taxonomy import Taxonomy
    from vocmine.embed import Encoder

_KIND = "Tagger"
_Part = Literal["reasons", "sentiment"]
_PIECE = 5_000  # contacts tagged at a time: bounds the memory


class SavedTagger(store.Saved):
    """What is saved of a `Tagger` beside its parts: of each the hash of its manifest, or of old its name alone."""

    signals: bool
    aspects: bool
    parts: dict[_Part, str] | list[_Part]


class Tagger:
    """Tag contacts with reasons, sentiment and signals.

    What a contact is tagged with depends on its text and the fitted parts alone: it is the same alone, in any chunk
    or order, on Spark, and after save and load.

    Parameters
    ----------
    reasons : ReasonClassifier, optional
        The shipped taxonomy with no labels if None.
    sentiment : SentimentClassifier, optional
        The shipped one with no labels if None.
    signals : bool
        Whether to look for complaints, requests, praise, questions, churn, escalation, effort (with its grade) and
        harassment (with its kinds).
    aspects : bool
        Whether to look for aspects (the slow, deep path: GiNZA's parser reads every text).

    Examples
    --------
    >>> import pandas as pd
    >>> contacts = pd.DataFrame({
    ...     "contact_id": ["c1"], "created_at": pd.Timestamp("2026-11-21", tz="UTC"), "channel": "chat",
    ...     "text": ["先月分の料金が二重に請求されています。返金してください。"]})
    >>> tags = Tagger().tag(contacts)
    >>> tags.loc[tags.kind == "reason", "label"].iloc[0]
    'billing.double_charge'
    """

    def __init__(
        self,
        reasons: ReasonClassifier | None = None,
        sentiment: SentimentClassifier | None = None,
        *,
        signals: bool = True,
        aspects: bool = False,
    ) -> None:
        self.reasons, self.sentiment, self.signals, self.aspects = reasons, sentiment, signals, aspects
        self._made: dict[str, Any] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_made": {}}

    def tag(self, contacts: pd.DataFrame) -> pd.DataFrame:
        """Tag contacts.

        Parameters
        ----------
        contacts : DataFrame
            With `contact_id` and `text`, or as `vocmine.text.analysis` gives them.

        Returns
        -------
        DataFrame
            The tags (see the tags table), in the order of the contacts, then reason, sentiment, mood (of talks: as
            ``start.negative``, ``end.positive``, see `vocmine.classify.mood_course`), signal, effort, harassment,
            aspect, candidate. The label of an effort is its grade, -2 to 2 (see `vocmine.classify.effort_grades`). A
            candidate is a reason that a contact may have, ``score`` the chance that it is so (see
            `ReasonClassifier.tag_with_candidates`). For the names of the reasons see `names`.

        Raises
        ------
        ContactError
            If a needed column is missing.
        """
        if not {"contact_id", "text_clean", "terms", "lang"} <= set(contacts.columns):
            require_columns(contacts, ("contact_id", "text"), "Tagger.tag")
        pieces = [self._tag(contacts.iloc[start : start + _PIECE]) for start in range(0, len(contacts), _PIECE)]
        return pd.concat(pieces, ignore_index=True) if len(pieces) > 1 else (pieces or [self._tag(contacts)])[0]

    def _tag(self, contacts: pd.DataFrame) -> pd.DataFrame:
        """Tag one piece: what a contact is tagged with does not depend on the others, but the memory does."""
        from vocmine.text import as_analysed

        analysed = _beside(contacts, as_analysed(contacts)).reset_index(drop=True)
        judged = self._judged(analysed)
        parts = self._reasons(analysed, judged) + self._moods(analysed, judged)
        if self.aspects:
            parts.append(import_module("vocmine.classify._aspects").tag(analysed).assign(kind="aspect"))
        return self._finish(parts, contacts)

    def _judged(self, analysed: pd.DataFrame) -> Judged | None:
        """Judge the mood once, for reasons, sentiment and signals; None where none of them shares it."""
        from vocmine.classify import SentimentClassifier
        from vocmine.classify.sentiment.pretrained import judge

        shared = self.signals or isinstance(self._parts("sentiment"), SentimentClassifier)
        return judge(analysed["text_clean"].astype(str).tolist()) if shared else None

    def _reasons(self, analysed: pd.DataFrame, judged: Judged | None) -> list[pd.DataFrame]:
        """Give the reasons, and the chances of those that it may be, where the classifier says them."""
        from vocmine.classify import ReasonClassifier

        classifier = self._parts("reason")
        if not hasattr(classifier, "tag_with_candidates"):
            return [classifier.tag(analysed).assign(kind="reason")]
        shared = {"judged": judged} if isinstance(classifier, ReasonClassifier) else {}
        tags, candidates = classifier.tag_with_candidates(analysed, **shared)
        return [tags.assign(kind="reason"), candidates.assign(kind="candidate")]

    def _moods(self, analysed: pd.DataFrame, judged: Judged | None) -> list[pd.DataFrame]:
        """Give sentiment, moods of talks and signals; sentiment and signals start from one judgement."""
        from vocmine.classify import SentimentClassifier, signals, talk_moods

        sentiment = self._parts("sentiment")
        course = talk_moods.tag(analysed, sentiment).assign(kind="mood")
        shared = {"judged": judged} if isinstance(sentiment, SentimentClassifier) else {}
        mood = sentiment.tag(analysed, **shared).assign(kind="sentiment")
        found = signals.tag_kinds(analysed, judged) if self.signals and judged is not None else ()
        return [mood, course, *found]

    def taxonomy(self) -> Taxonomy:
        """Give the taxonomy whose reasons the tags are."""
        given = getattr(self.reasons, "taxonomy", None)
        if given is not None:
            return cast("Taxonomy", given)
        from vocmine.classify.taxonomy.taxonomy import Taxonomy

        return Taxonomy.default()

    def names(self) -> ReasonInfo:
        """Give names by language, kind of demand and team of the reasons, as `vocmine.build_report` takes them.

        A reason that says nothing of its demand or team has that of the group it stands in.
        """
        taxonomy = self.taxonomy()
        shipped = self.reasons is None or bool(taxonomy.trade)
        return ReasonInfo(
            names={lang: taxonomy.names(lang) for lang in ("ja", "en")},
            demand=_inherited(taxonomy, taxonomy.demand()),
            teams={} if shipped else _inherited(taxonomy, taxonomy.teams()),  # the shipped are no one's
        )

    def _finish(self, parts: list[pd.DataFrame], contacts: pd.DataFrame) -> pd.DataFrame:
        for part in parts:
            if "source" not in part:
                part["source"] = "model"
        tags = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        kind, kinds = pd.factorize(tags["kind"])
        rank = np.array([TAG_KINDS.index(name) for name in kinds], dtype=np.int64)[kind]
        label, _ = pd.factorize(tags["label"], sort=True)
        row, score = tags["row"].to_numpy(dtype=np.int64), tags["score"].to_numpy(dtype=np.float64).round(4)
        order = np.lexsort((label, -score, rank, row))
        ids = contacts["contact_id"].to_numpy()
        tags = tags.assign(contact_id=ids[row], score=score)[list(TAG_COLUMNS)]
        return tags.iloc[order].reset_index(drop=True)

    def _parts(self, name: str) -> Any:
        """Give a part, made on first use where none was given."""
        given = self.reasons if name == "reason" else self.sentiment
        if given is not None:
            return given
        if name not in self._made:
            from vocmine.classify import ReasonClassifier, SentimentClassifier

            self._made[name] = ReasonClassifier() if name == "reason" else SentimentClassifier()
        return self._made[name]

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Save into a folder of plain files; parts that were not given stay the shipped ones.

        Raises
        ------
        StoreError
            If a part is of a class of one's own: what it does is code, which no folder holds.
        """
        home = Path(folder)
        given = {"reasons": self.reasons, "sentiment": self.sentiment}
        parts = {name: part for name, part in given.items() if part is not None}
        for name, part in parts.items():
            if type(part) is not _part_class(name):
                raise StoreError(
                    "a part of one's own can't be saved", where=f"Tagger, {name}", got=type(part).__name__,
                    expected=_part_class(name).__name__,
                    hint="keep your own code and data in your own way, and give the part to Tagger() again",
                )
        for name, part in parts.items():
            part.save(home / name)
        made = {name: store.manifest_digest(home / name) for name in sorted(parts)}
        store.save(home, _KIND, {"signals": self.signals, "aspects": self.aspects, "parts": made})

    @classmethod
    def load(cls, folder: str | os.PathLike[str], encoder: Encoder | None = None) -> Tagger:
        """Load what `save` wrote; it gives the same tags. Nothing of the folder is run.

        Parameters
        ----------
        folder : path
        encoder : Encoder, optional
            Needed where the parts were fitted with an encoder of one's own.

        Raises
        ------
        StoreError
            If the folder is missing, damaged or changed, or its parts were not saved together.
        SettingsError
            If the encoder can only be given by its owner and was not.
        """
        home, where = Path(folder), str(folder)
        stored = store.load(home, _KIND)
        values = store.checked(SavedTagger, stored.params, where)
        store.check_arrays(stored.arrays, {}, where)
        told = values.parts if isinstance(values.parts, dict) else {}
        for name, digest in told.items():
            if store.manifest_digest(home / name) != digest:
                raise StoreError("a part of the saved tagger is not the one it was saved with", where=str(home / name),
                                 hint="saving may have been stopped half-way, or a part was replaced: save it again")
        parts = {name: _part_class(name).load(home / name, encoder) for name in values.parts}
        return cls(parts.get("reasons"), parts.get("sentiment"), signals=values.signals, aspects=values.aspects)


def _part_class(name: str) -> Any:
    from vocmine.classify import ReasonClassifier, SentimentClassifier

    return ReasonClassifier if name == "reasons" else SentimentClassifier


def _beside(contacts: pd.DataFrame, analysed: pd.DataFrame) -> pd.DataFrame:
    """Put what the reader told of talks beside what was analysed."""
    if analysed is contacts:
        return analysed
    told = {name: contacts[name] for name in ("text", "customer_turns") if name in contacts}
    return analysed.assign(**told)


def _inherited(taxonomy: Taxonomy, by_reason: dict[str, str]) -> dict[str, str]:
    """Hand down what a group says to the reasons below it that say nothing themselves."""
    out = {}
    for reason in taxonomy.reasons:
        found = next((by_reason[up] for up in reversed(taxonomy.path(reason.id)) if up in by_reason), None)
        if found is not None:
            out[reason.id] = found
    return out
