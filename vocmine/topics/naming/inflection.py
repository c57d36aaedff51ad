"""Japanese verbs and adjectives, from their form in a text to the one in a name: 届きません to 届かない."""

from __future__ import annotations

PLAIN, DENIED, UNABLE, HARD, WISH, ASKED, PAST, GOING_ON, PASSIVE, WAS_DONE, NOT_DONE, UNWISHED, NOT_GIVEN = (
    "plain", "denied", "unable", "hard", "wish", "asked", "past", "going_on", "passive", "was_done", "not_done",
    "unwished", "not_given",
)
OPENING = "opening"  # アプリを開くと: when it is so
_ROWS = {
    row[0]: (row[1], row[2], row[3])
    for row in (
        "カかきく", "ガがぎぐ", "サさしす", "タたちつ", "ナなにぬ", "バばびぶ", "マまみむ", "ラらりる", "ワわいう",
    )
}
_SOUND = {  # 書いた, 急いだ, 話した
    **dict.fromkeys("タラワ", "った"), **dict.fromkeys("ナバマ", "んだ"), "カ": "いた", "ガ": "いだ", "サ": "した",
}
_DO = {
    PLAIN: "する", DENIED: "しない", UNABLE: "できない", HARD: "しにくい", WISH: "したい", ASKED: "してほしい",
    PAST: "した", GOING_ON: "している", PASSIVE: "される", WAS_DONE: "された", NOT_DONE: "されない",
    UNWISHED: "したくない", NOT_GIVEN: "してくれない",
}


def stem(surface: str, kind: tuple[str, ...]) -> str:
    """Cut what bends off a verb or an adjective as it stands in a text.

    Parameters
    ----------
    surface : str
    kind : tuple of str
        Sudachi's part of speech, six values.

    Examples
    --------
    >>> stem("届き", ("動詞", "一般", "*", "*", "五段-カ行", "連用形-一般"))
    '届'
    >>> stem("忘れ", ("動詞", "一般", "*", "*", "下一段-ラ行", "連用形-一般"))
    '忘れ'
    """
    form = kind[5]
    if kind[0] == "形容詞":
        for ending in ("かろ", "かっ", "けれ", "く", "い", "き"):
            if surface.endswith(ending):
                return surface.removesuffix(ending)
        return surface
    if kind[4].startswith("五段"):
        return surface[: -2 if form.startswith("意志推量形") and surface.endswith("う") else -1]
    bends = form.startswith(("終止形", "連体形", "仮定形", "命令形", "意志推量形"))
    return surface[:-1] if bends and surface[-1] in "るれろよ" else surface


def bend(stem_: str, kind: tuple[str, ...], mood: str = PLAIN) -> str:
    """Give the form of a verb or an adjective that stands in a name.

    Parameters
    ----------
    stem_ : str
        As `stem` gives it.
    kind : tuple of str
        Sudachi's part of speech.
    mood : str
        One of the moods of this module.

    Returns
    -------
    str
        Empty where there is no such form.

    Examples
    --------
    >>> verb = ("動詞", "一般", "*", "*", "五段-カ行", "連用形-一般")
    >>> [bend("届", verb, mood) for mood in (PLAIN, DENIED, PAST, ASKED, PASSIVE)]
    ['届く', '届かない', '届いた', '届いてほしい', '届かれる']
    >>> bend("白", ("形容詞", "一般", "*", "*", "形容詞", "連用形-一般"), DENIED)
    '白くない'
    """
    if kind[0] == "形容詞":
        return stem_ + {DENIED: "くない", UNABLE: "くない", PAST: "かった"}.get(mood, "い")
    if kind[4].startswith("五段"):
        row = kind[4].removeprefix("五段-")[:1]
        if row not in _ROWS:
            return ""
        a, i, u = _ROWS[row]
        past = "った" if stem_.endswith(("行", "い")) and row == "カ" else _SOUND[row]
        return stem_ + _five(a, i, u, past)[mood]
    if not kind[4].startswith(("上一段", "下一段")):
        return ""
    return stem_ + {
        PLAIN: "る", DENIED: "ない", UNABLE: "ない", HARD: "にくい", WISH: "たい", ASKED: "てほしい", PAST: "た",
        GOING_ON: "ている", PASSIVE: "られる", WAS_DONE: "られた", NOT_DONE: "られない", UNWISHED: "たくない",
        NOT_GIVEN: "てくれない",
    }[mood]


def _five(a: str, i: str, u: str, past: str) -> dict[str, str]:
    going = past[:-1] + {"た": "て", "だ": "で"}[past[-1]]
    return {
        PLAIN: u, DENIED: f"{a}ない", UNABLE: f"{a}ない", HARD: f"{i}にくい", WISH: f"{i}たい", ASKED: f"{going}ほしい",
        PAST: past, GOING_ON: f"{going}いる", PASSIVE: f"{a}れる", WAS_DONE: f"{a}れた", NOT_DONE: f"{a}れない",
        UNWISHED: f"{i}たくない", NOT_GIVEN: f"{going}くれない",
    }


def done(noun: str, mood: str) -> str:
    """Give the form of a noun with する: 変更したい, 請求された.

    Examples
    --------
    >>> done("変更", WISH), done("請求", WAS_DONE), done("ログイン", DENIED)
    ('変更したい', '請求された', 'ログインしない')
    """
    return noun + _DO[mood]
