"""Write the text of each contact: pattern, slots, opening, feeling, second reason, personal data, closing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any

import pandas as pd

from vocmine.contacts.simulator.centre import Centre
from vocmine.contacts.simulator.noise import reword, roughen
from vocmine.contacts.simulator.personal import Secret, draw_kind, frame_secret, make_secret
from vocmine.contacts.simulator.slots import Scene, choose, fill, whole

_SELF_SPEAKING = "service.praise"  # says what it feels by itself
_DETAIL = {"chat": 0.45, "email": 0.65, "survey": 0.25}
_OPENING = {"call": 0.75, "chat": 0.6, "email": 0.92, "survey": 0.12}
_CLOSING = {"call": 0.8, "chat": 0.55, "email": 0.95, "survey": 0.12, "social": 0.45}
_SHOWS_FEELING = {("negative", True): 0.6, ("neutral", False): 0.08}  # by feeling and failure; else always


@dataclass
class Letter:
    """A text in the making."""

    row: Any
    scene: Scene
    channel: str
    parts: list[str] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)

    @property
    def phrases(self) -> Mapping[str, Any]:
        """The phrases of the language."""
        found: Mapping[str, Any] = self.scene.centre.phrases[self.scene.lang]
        return found

    def chance(self, p: float) -> bool:
        """Toss a coin."""
        return self.scene.random.random() < p

    def line(self, options: tuple[str, ...]) -> str:
        """Draw a phrase and fill its slots."""
        return fill(choose(options, self.scene.random), self.scene)

    def add(self, text: str) -> None:
        """Add a part with the marks of its channel on it."""
        text = reword(text, self.scene.centre.swaps[self.scene.lang], self.scene.random)
        self.parts.append(roughen(text, self.channel, self.scene.japanese, self.scene.random))


def write_texts(centre: Centre, draft: pd.DataFrame, seed: int) -> tuple[list[str], list[str]]:
    """Write all texts, in order; and the personal data hidden in each, as JSON."""
    random = Random(seed)
    texts, secrets = [], []
    for row in draft.itertuples(index=False):
        letter = _letter(centre, row, random)
        texts.append(_WRITERS[letter.channel](letter))
        hidden = [{"kind": secret.kind, "value": secret.value} for secret in letter.secrets]
        secrets.append(json.dumps(hidden, ensure_ascii=False))
    return texts, secrets


def _letter(centre: Centre, row: Any, random: Random) -> Letter:
    when = row.local.to_pydatetime() if isinstance(row.local, pd.Timestamp) else datetime.min
    lang = "en" if row.lang == "en" else "ja"
    scene = Scene(centre, random, lang, row.product, row.version, when)
    tag = fill(choose(centre.phrases[lang]["tag"], random), scene).replace(" ", "")
    return Letter(row, replace(scene, tag=tag), row.channel)


def _pattern(letter: Letter, reason: str, style: str) -> str:
    key = "planted" if letter.row.planted and reason == letter.row.reason else reason
    return letter.line(letter.scene.centre.patterns[key][letter.scene.lang][style])


def _opening(letter: Letter) -> None:
    if letter.chance(_OPENING[letter.channel]):
        letter.add(letter.line(letter.phrases["opening"][letter.channel]))


def _closing(letter: Letter) -> None:
    if letter.chance(_CLOSING[letter.channel]):
        letter.add(letter.line(letter.phrases["closing"][letter.channel]))


def _again(letter: Letter, style: str) -> None:
    if letter.row.again and letter.chance(0.85):
        letter.add(letter.line(letter.phrases["again"][style]))


def _matter(letter: Letter, style: str) -> None:
    """Say why; the bilingual customers say it again in English."""
    letter.add(_pattern(letter, letter.row.reason, style))
    if letter.row.lang == "mixed":
        key = "planted" if letter.row.planted else letter.row.reason
        scene = replace(letter.scene, lang="en")
        letter.parts.append(fill(choose(scene.centre.patterns[key]["en"][style], scene.random), scene))


def _detail(letter: Letter) -> None:
    if letter.chance(_DETAIL[letter.channel]):
        group, details = letter.row.group, letter.phrases["detail"]
        options = details[group] + (details.get(f"{group}_failure", ()) if letter.row.failure else ())
        letter.add(letter.line(options))


def _feeling(letter: Letter) -> None:
    row = letter.row
    shown = _SHOWS_FEELING.get((row.feeling, row.failure), 1.0)
    if letter.chance(0.4 if row.reason == _SELF_SPEAKING else shown):
        letter.add(letter.line(letter.phrases["feeling"][row.feeling][letter.channel]))


def _second(letter: Letter, style: str) -> None:
    if letter.row.second:
        connector = choose(letter.phrases["second"], letter.scene.random)
        space = "" if letter.scene.japanese else " "
        letter.add(f"{connector}{space}{_pattern(letter, letter.row.second, style)}")


def _secret(letter: Letter) -> None:
    if letter.chance(letter.scene.centre.numbers["secrets"][letter.channel]):
        kind = draw_kind(letter.channel, letter.scene.lang, letter.scene.random)
        secret = _new_secret(letter, kind)
        voice = "note" if letter.channel == "call" else "say"
        letter.parts.append(frame_secret(secret, _people(letter), voice, letter.scene.random))


def _people(letter: Letter) -> Mapping[str, Any]:
    people: Mapping[str, Any] = letter.scene.centre.people[letter.scene.lang]
    return people


def _new_secret(letter: Letter, kind: str) -> Secret:
    secret = make_secret(kind, _people(letter), letter.scene.lang, letter.scene.random)
    letter.secrets.append(secret)
    return secret


def _joined(letter: Letter) -> str:
    """Put the parts together: Japanese without spaces where a mark ends a part."""
    if not letter.scene.japanese:
        return " ".join(letter.parts)
    text = ""
    for part in letter.parts:
        close = not text or (text[-1] in "。、：】！？!? \n" and not part.startswith("#"))
        text += part if close else f" {part}"
    return text


def _write_call(letter: Letter) -> str:
    """Write the note of a call: free, or under the headings some desks ask for."""
    if letter.chance(0.18):
        return _write_form(letter)
    _opening(letter)
    if letter.chance(0.3):
        _secret(letter)
    _again(letter, "note")
    _matter(letter, "note")
    _second(letter, "note")
    _feeling(letter)
    if not letter.secrets:
        _secret(letter)
    _closing(letter)
    return _joined(letter)


def _write_form(letter: Letter) -> str:
    head, tail = choose(_HEADINGS[letter.scene.lang], letter.scene.random)
    letter.parts.append(head)
    _again(letter, "note")
    _matter(letter, "note")
    _second(letter, "note")
    letter.parts.append(tail)
    _feeling(letter)
    letter.add(letter.line(letter.phrases["closing"]["call"]))
    _secret(letter)
    return _joined(letter) if letter.chance(0.5) else _joined(letter).replace(tail, f"\n{tail}").replace(" \n", "\n")


def _write_chat(letter: Letter) -> str:
    _opening(letter)
    _again(letter, "say")
    _matter(letter, "say")
    _detail(letter)
    _feeling(letter)
    _second(letter, "say")
    _secret(letter)
    _closing(letter)
    if letter.chance(0.12):
        letter.parts.append(choose(letter.phrases["kaomoji"][letter.row.feeling], letter.scene.random))
    return "\n".join(letter.parts) if letter.chance(0.4) else _joined(letter)


def _write_email(letter: Letter) -> str:
    _opening(letter)
    head = "\n".join(letter.parts)
    letter.parts = []
    _again(letter, "say")
    _matter(letter, "say")
    _detail(letter)
    _second(letter, "say")
    _feeling(letter)
    body = _joined(letter)
    letter.parts = []
    _closing(letter)
    parts = [head, body, "\n".join(letter.parts), _signature(letter)]
    return "\n\n".join(part for part in parts if part)


def _signature(letter: Letter) -> str:
    """Name, address, phone and mail under an e-mail, each of them sometimes."""
    if not letter.chance(letter.scene.centre.numbers["secrets"]["email"]):
        return ""
    lines = [_new_secret(letter, "name").value]
    if letter.chance(0.25):
        mark = "〒" if letter.scene.japanese else "ZIP "
        lines.append(mark + _new_secret(letter, "postal_code").value)
        lines.append(_new_secret(letter, "address").value)
    if letter.chance(0.5):
        lines.append("TEL: " + _new_secret(letter, "phone").value)
    if letter.chance(0.5):
        lines.append(_new_secret(letter, "email").value)
    rule = choose(["--", "―――――", "=========", ""], letter.scene.random)
    return "\n".join(([rule] if rule else []) + lines)


def _write_survey(letter: Letter) -> str:
    _opening(letter)
    _matter(letter, "say")
    _detail(letter)
    _feeling(letter)
    _second(letter, "say")
    _secret(letter)
    _closing(letter)
    return _joined(letter)


def _write_social(letter: Letter) -> str:
    _again(letter, "post")
    _matter(letter, "post")
    _feeling(letter)
    if letter.chance(0.45):
        kaomoji = choose(letter.phrases["kaomoji"][letter.row.feeling], letter.scene.random)
        letter.parts.append(kaomoji * (1 if len(kaomoji) > 2 else whole(1, 3, letter.scene.random)))
    _secret(letter)
    _closing(letter)
    return _joined(letter)


def _write_bot(letter: Letter) -> str:
    """Search words for a half, a plain question for the other."""
    if letter.chance(0.5):
        _matter(letter, "say")
    else:
        product = str(letter.scene.centre.numbers["products"][letter.row.product][letter.scene.lang])
        if letter.chance(0.7):
            letter.parts.append(product)
        _matter(letter, "short")
        if letter.chance(0.5):
            letter.parts.append(fill(choose(_BOT_TAILS[letter.scene.lang], letter.scene.random), letter.scene))
    return " ".join(letter.parts)


_HEADINGS = {
    "ja": (("【用件】", "【対応】"), ("■内容：", "■対応："), ("＜申告＞", "＜処置＞"), ("[問合せ]", "[回答]")),
    "en": (("ISSUE:", "ACTION:"), ("Reason:", "Outcome:"), ("Q:", "A:")),
}
_BOT_TAILS = {
    "ja": ("どうすれば", "について", "の件", "なぜ？", "教えて", "{device}", "{date}", "{place}", "対処法"),
    "en": ("help", "please", "why?", "{device}", "{date}", "what to do", "{place}", "how"),
}
_WRITERS: Mapping[str, Callable[[Letter], str]] = {
    "call": _write_call, "chat": _write_chat, "email": _write_email, "survey": _write_survey,
    "social": _write_social, "bot": _write_bot,
}  # fmt: skip
