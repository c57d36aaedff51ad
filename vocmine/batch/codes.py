"""Agents' codes in a run: what they mean, as reasons, a proposed mapping, and what codes and texts say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vocmine.audits.codes.agreement import GROUPS, code_agreement, other_contents
from vocmine.audits.codes.combine import ReasonsFrom, apply_codes
from vocmine.audits.codes.mapping import IGNORE, NO_CODE, OPEN, READ_ANEW, UNMAPPED, CodeMapping, Meaning
from vocmine.audits.codes.suggest import CodeGuess, guesses_to_yaml, suggest_codes
from vocmine.audits.codes.suspects import CHECK_COLUMNS, likely_wrong_codes
from vocmine.batch.origin import ColumnNames, origins_of, read_chunks
from vocmine.batch.period import Period
from vocmine.batch.privacy import mask_values
from vocmine.batch.state import write_json
from vocmine.csvfile import read_csv, write_csv
from vocmine.errors import ContactError
from vocmine.settings import Settings
from vocmine.store import write_atomic
from vocmine.tagger import Tagger

if TYPE_CHECKING:
    from vocmine.classify import Taxonomy

KEPT, AGREEMENT, CHECK = "codes.json", "code_agreement.csv", "code_check.csv"
_PLACES = 6  # decimal places in files
_SHOWN = 10  # codes that a sentence names
_READ_MOST = 200  # contacts of a code whose texts are read for a proposal: enough to tell what most of them say


@dataclass(frozen=True)
class AgentCodes:
    """What codes mean, and who decides.

    Parameters
    ----------
    mapping : CodeMapping
        What codes mean, masked as those of contacts are, in the list of reasons of the run.
    reasons_from : {"codes", "both", "tagger"}
        As for `vocmine.audits.codes.apply_codes`.
    """

    mapping: CodeMapping
    reasons_from: ReasonsFrom = "codes"

    @classmethod
    def of(cls, settings: Settings, taxonomy: Taxonomy) -> AgentCodes | None:
        """Read the mapping that the settings name; None where they name none."""
        if settings.codes is None:
            return None
        return cls(CodeMapping.of(settings.codes, taxonomy).rewritten(_masked), settings.reasons_from or "codes")

    def apply(self, contacts: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
        """Let the codes decide, see `vocmine.audits.codes.apply_codes`."""
        return apply_codes(contacts, tags, self.mapping, self.reasons_from)

    def keep(self, home: Path) -> None:
        """Keep it in a results folder, so that a report can be written again without the file."""
        write_json(home / KEPT, {**self.mapping.to_dict(), "reasons_from": self.reasons_from})

    @classmethod
    def kept(cls, home: Path) -> AgentCodes | None:
        """Read what `keep` wrote; None where the last run had no codes."""
        path = home / KEPT
        if not path.exists():
            return None
        plain = json.loads(path.read_text(encoding="utf-8"))
        return cls(CodeMapping.of(plain["code_mapping"]), plain["reasons_from"])

    def doubts(self, states: Counter[tuple[str, str]], lang: str) -> tuple[str, ...]:
        """Say which codes nobody has given a meaning, and where no contact has a code at all.

        Parameters
        ----------
        states : Counter of (code, state)
            Contacts by code and what it means.
        lang : {"ja", "en"}
            Language.
        """
        said = _sentences()[lang]
        told = []
        for state in (UNMAPPED, OPEN):
            codes = sorted(((n, code) for (code, found), n in states.items() if found == state), reverse=True)
            if codes:
                shown = ", ".join(f"{code} {n:,}" for n, code in codes[:_SHOWN]) + ", ..." * (len(codes) > _SHOWN)
                told.append(said[state].format(k=len(codes), n=f"{sum(n for n, _ in codes):,}", codes=shown))
        if states and all(state == NO_CODE for _, state in states):
            told.append(said["none"])
        return tuple(told)


def move_codes(home: Path, successors: Mapping[str, Any], taxonomy: Taxonomy) -> None:
    """Move the kept meanings of codes under a changed list of reasons; a code that loses all its reasons is open.

    Parameters
    ----------
    home : Path
        The results folder; nothing happens where it keeps no codes.
    successors : mapping
        New id, a list of new ids, or nothing, for old ids.
    taxonomy : Taxonomy
        The new list.
    """
    codes = AgentCodes.kept(home)
    if codes is None:
        return
    moved: dict[str, Meaning] = {}
    for code, meaning in codes.mapping.meanings.items():
        moved[code] = meaning
        if isinstance(meaning, tuple):
            after = [successors.get(reason, reason) for reason in meaning]
            flat = [each for new in after for each in ([new] if isinstance(new, str) else new or [])]
            moved[code] = tuple(dict.fromkeys(each for each in flat if each in taxonomy.leaves)) or OPEN
    AgentCodes(CodeMapping(moved), codes.reasons_from).keep(home)


def masked_codes(contacts: pd.DataFrame) -> pd.DataFrame:
    """Give contacts whose codes hold no personal data, whatever an agent has typed."""
    if "agent_code" not in contacts or not contacts["agent_code"].notna().any():
        return contacts
    return contacts.assign(agent_code=mask_values(contacts["agent_code"]))


def code_states(contacts: pd.DataFrame, codes: AgentCodes) -> Counter[tuple[str, str]]:
    """Count contacts by code and what it means."""
    read = codes.mapping.read(contacts)
    return Counter(zip(read["code"], read["state"], strict=True))


def propose_codes(
    files: Sequence[str | Path], to: Path, tagger: Tagger, mapping: ColumnNames, settings: Settings
) -> list[str]:
    """Propose what the codes of contact files mean, write it as YAML, and say how many are mapped.

    Of a code with many contacts some are read, drawn by their ids.

    Raises
    ------
    ContactError
        If no contact has a code.
    """
    from vocmine.classify.code_names import name_codes
    from vocmine.classify.reasons.classifier import ReasonClassifier

    parts = [
        checked.contacts for origin in _checked_origins(files) for checked in read_chunks(origin, settings, mapping)
    ]
    whole = pd.concat([masked_codes(part) for part in parts], ignore_index=True)
    if "agent_code" not in whole or not whole["agent_code"].notna().any():
        raise ContactError(
            "no contact has an agent's code", where=", ".join(map(str, files)),
            got=", ".join(map(str, whole.columns))[:300],
            hint="name its column in a mapping, as `対応分類: agent_code`",
        )
    drawn = _drawn(whole[whole["agent_code"].notna()])
    classifier = tagger.reasons if tagger.reasons is not None else ReasonClassifier()
    names = name_codes(sorted(drawn["agent_code"].astype(str).str.strip().unique()), classifier)
    guesses = _whole_counts(suggest_codes(drawn, tagger.tag(drawn), names, tagger.taxonomy()), whole)
    text = guesses_to_yaml(guesses, tagger.taxonomy().names(settings.lang), tagger.taxonomy(), settings.lang)
    CodeMapping.of(_checked_yaml(text), tagger.taxonomy())
    write_atomic(to, text.encode())
    left = [guess for guess in guesses if guess.meaning == OPEN]
    said = _sentences()[settings.lang]
    lines = [said["written"].format(done=len(guesses) - len(left), n=len(guesses), path=to)]
    shown = ", ".join(f"{guess.code} {guess.n:,}" for guess in left[:_SHOWN]) + ", ..." * (len(left) > _SHOWN)
    return [*lines, *([said["left"].format(codes=shown)] if left else [])]


def write_check(home: Path, period: Period, codes: AgentCodes | None, tagger: Tagger) -> None:
    """Write the contacts of a period whose code is likely wrong; no file where there are no codes."""
    path = home / CHECK
    table = code_suspects(period, codes, tagger)
    if table is None:
        path.unlink(missing_ok=True)
        return
    write_csv(path, table.assign(score=table["score"].round(4)))


def code_suspects(period: Period, codes: AgentCodes | None, tagger: Tagger) -> pd.DataFrame | None:
    """Give the contacts of a period whose code is likely wrong; None where there are no codes."""
    if codes is None or not has_codes(period):
        return None
    return likely_wrong_codes(
        period.contacts, period.tags, codes.mapping, look_again=lambda contacts: sentence_tags(contacts, tagger)
    )


def code_tables(home: Path, period: Period, level: float) -> dict[str, Any] | None:
    """Write how far codes and texts agree, and give all that a report says of codes; None without any.

    Returns
    -------
    dict or None
        ``agreement`` (see `vocmine.audits.codes.code_agreement`), ``other`` (see `other_contents`), ``topics`` (the
        same by discovered topic, where there are any), ``states`` (contacts by what their code means), ``n_suspects``,
        ``reasons_from``.
    """
    codes = AgentCodes.kept(home)
    if codes is None or not has_codes(period):
        (home / AGREEMENT).unlink(missing_ok=True)
        return None
    n_suspects = len(read_csv(home / CHECK, CHECK_COLUMNS))
    found = tables_of_codes(codes, period, level, _topic_names(home), n_suspects)
    flat = found["agreement"].round(_PLACES).assign(first_day=period.first, last_day=period.last)
    write_csv(home / AGREEMENT, flat)
    return found


def tables_of_codes(
    codes: AgentCodes, period: Period, level: float, topics: pd.Series | None, n_suspects: int
) -> dict[str, Any]:
    """Give what `code_tables` gives, without a folder.

    Parameters
    ----------
    codes : AgentCodes
    period : Period
        Whose contacts have codes.
    level : float
        Of the intervals.
    topics : Series of str or None
        Name of the discovered topic by contact_id.
    n_suspects : int
        Contacts whose code is likely wrong.
    """
    contacts, tags = period.contacts, period.tags
    by = [name for name in GROUPS if name == "code" or contacts[name].notna().any()]
    agreement = code_agreement(contacts, tags, codes.mapping, by=by, level=level)
    states = codes.mapping.read(contacts)["state"].value_counts()
    return {
        "agreement": agreement,
        "other": other_contents(contacts, tags, codes.mapping, level=level),
        "topics": None if topics is None else other_contents(
            contacts, tags, codes.mapping, topics=topics, level=level
        ),
        "states": {name: int(states.get(name, 0)) for name in ("mapped", READ_ANEW, IGNORE, OPEN, UNMAPPED, NO_CODE)},
        "n_suspects": n_suspects,
        "reasons_from": codes.reasons_from,
    }


def has_codes(period: Period) -> bool:
    """Whether any contact of a period has an agent's code."""
    return "agent_code" in period.contacts and bool(period.contacts["agent_code"].notna().any())


def _checked_origins(files: Sequence[str | Path]) -> Any:
    for origin in origins_of(files):
        origin.check()
        yield origin


def _checked_yaml(text: str) -> Any:
    import yaml

    return yaml.safe_load(text)


def _drawn(contacts: pd.DataFrame) -> pd.DataFrame:
    """Draw at most so many contacts of each code, by a hash of their ids: the same in any order of the files."""
    place = pd.Series(pd.util.hash_array(contacts["contact_id"].astype(str).to_numpy(dtype=object)), contacts.index)
    rank = place.groupby(contacts["agent_code"].astype(str)).rank(method="first")
    return contacts[rank <= _READ_MOST].reset_index(drop=True)


def _whole_counts(guesses: Sequence[CodeGuess], contacts: pd.DataFrame) -> list[CodeGuess]:
    """Give the guesses with the contacts of each code in all, the most frequent first."""
    from dataclasses import replace

    counts = contacts["agent_code"].dropna().astype(str).str.strip().value_counts()
    whole = [replace(guess, n=int(counts.get(guess.code, guess.n))) for guess in guesses]
    return sorted(whole, key=lambda guess: (-guess.n, guess.code))


def sentence_tags(contacts: pd.DataFrame, tagger: Tagger) -> pd.DataFrame:
    """Tag the sentences of contacts, each under the id of its contact."""
    from vocmine.text.sentence_boundaries import sentences

    texts = contacts["text_clean"] if "text_clean" in contacts else contacts["text"]
    rows = [
        (str(name), text[start:end])
        for name, text in zip(contacts["contact_id"], texts.astype(str), strict=True) for start, end in sentences(text)
    ]
    parts = pd.DataFrame({"contact_id": [f"{i}" for i in range(len(rows))], "text": [text for _, text in rows]})
    tags = tagger.tag(parts)
    return tags.assign(contact_id=[rows[int(place)][0] for place in tags["contact_id"]])


def _topic_names(home: Path) -> pd.Series | None:
    """Give the discovered topic of each contact by its name; None where none were discovered."""
    table = read_csv(home / "topics" / "discovered.csv", ("topic_id", "name"))
    assigned = read_csv(home / "topics" / "assigned.csv", ("contact_id", "topic_id"))
    return topic_names(table, assigned)


def topic_names(table: pd.DataFrame, assigned: pd.DataFrame) -> pd.Series | None:
    """Give the discovered topic of each contact by its name, from the tables of topics as they are stored."""
    if table.empty or assigned.empty:
        return None
    names = table[table["topic_id"] != "-1"].set_index("topic_id")["name"]
    return assigned.set_index("contact_id")["topic_id"].map(names).dropna()


def _masked(codes: list[str]) -> list[str]:
    from vocmine.text import mask_pii

    return mask_pii(codes)


def _sentences() -> dict[str, dict[str, str]]:
    from importlib.resources import files

    import yaml

    table: dict[str, dict[str, str]] = yaml.safe_load(
        files("vocmine.batch").joinpath("data", "codes.yaml").read_text(encoding="utf-8")
    )
    return table
