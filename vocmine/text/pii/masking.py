"""Personal data of texts as written, looked for until nothing more is found: masking a masked text changes nothing.

What stands beside a secret may be read otherwise once a mark stands in its place. So a masked text is searched again,
as the next who masks it would. Each search reads nothing in the marks and finds nothing in them, so what it finds
covers characters of the text that were not covered before: there are at most as many rounds as characters, and hardly
ever more than two.
"""

from __future__ import annotations

from collections.abc import Sequence

from vocmine.errors import SettingsError
from vocmine.text.language import detect_language
from vocmine.text.normalization import normalize
from vocmine.text.pii.find import find_normalized
from vocmine.text.pii.spans import PiiSpan, moved_back, replace_spans, veiled, without_overlaps


def find_pii(text: str, lang: str | None = None, deep: bool = False) -> list[PiiSpan]:
    """Find personal data in a text.

    Order numbers, model numbers, prices, dates, times, versions and error codes are left alone.

    Parameters
    ----------
    text : str
        Any text.
    lang : {"ja", "en", "mixed", "other"}, optional
        Its language; told from the text if None.
    deep : bool
        Ask GiNZA's named entity recogniser for names too, in this process: it finds more, masks more without need,
        and takes 2 to 4 s to load and about a thirtieth of a second a text. Japanese and mixed texts only.

    Returns
    -------
    list of PiiSpan
        In order, apart from each other, in characters of ``text`` as given.

    Raises
    ------
    SettingsError
        If `text` is no str.

    Examples
    --------
    >>> text = "佐藤様より入電。090-1234-5678へ折返し希望。注文番号は202611210034。"
    >>> [(text[s.start:s.end], s.kind, s.rule) for s in find_pii(text)]
    [('佐藤', 'name', 'name_honorific'), ('090-1234-5678', 'phone', 'phone_jp')]
    """
    if not isinstance(text, str):
        raise SettingsError("a text is expected", where="find_pii", got=type(text).__name__, expected="str",
                            hint="for a list or a Series with missing texts use mask_pii")
    return find_each([text], lang, 0 if deep else None)[0][1]


def find_each(
    texts: Sequence[str], lang: str | None = None, deep_workers: int | None = None
) -> list[tuple[str, list[PiiSpan]]]:
    """Give language and personal data of each text; ``deep_workers`` processes ask GiNZA for names, none if None."""
    done = _find_once(texts, lang, deep_workers)
    left = [i for i, (_, spans) in enumerate(done) if spans]
    while left:
        shown = [replace_spans(texts[i], done[i][1], done[i][0]) for i in left]
        more = {}
        for i, (_, found) in zip(left, _find_once(shown, lang, deep_workers), strict=True):
            language, spans = done[i]
            joined = without_overlaps([*spans, *moved_back(found, spans, language)])
            if joined != spans:
                more[i] = (language, joined)
        for i, pair in more.items():
            done[i] = pair
        left = list(more)
    return done


def _find_once(texts: Sequence[str], lang: str | None, deep_workers: int | None) -> list[tuple[str, list[PiiSpan]]]:
    plain = [normalize(text) for text in texts]
    langs = [lang or detect_language(p.text) for p in plain]
    more: dict[int, list[PiiSpan]] = {}
    if deep_workers is not None:
        from vocmine.text.pii.deep import people_by_model

        rows = [i for i, language in enumerate(langs) if language in ("ja", "mixed")]
        found = people_by_model([veiled(plain[i].text) for i in rows], deep_workers)
        more = dict(zip(rows, found, strict=True))
    out = []
    for i, (p, language) in enumerate(zip(plain, langs, strict=True)):
        spans = find_normalized(p.text, language, more.get(i, ()))
        out.append((language, [PiiSpan(*p.span(s.start, s.end), s.kind, s.score, s.rule) for s in spans]))
    return out


def mask_each(texts: Sequence[str], lang: str | None = None, deep_workers: int | None = None) -> list[str]:
    """Write the mark of its kind in the place of each personal datum of each text; of the outcome nothing changes."""
    found = find_each(texts, lang, deep_workers)
    return [replace_spans(text, spans, language) for text, (language, spans) in zip(texts, found, strict=True)]


def mask_text(text: str, lang: str | None = None) -> str:
    """Write the mark of its kind in the place of each personal datum of one text."""
    return mask_each([text], lang)[0]
