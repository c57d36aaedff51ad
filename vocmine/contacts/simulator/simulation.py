"""Make the contacts of a made-up telecom and e-commerce support centre, with their truth beside them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vocmine.contacts.simulator.centre import Centre, load_centre
from vocmine.contacts.simulator.draw import TIMEZONE, draw_contacts
from vocmine.contacts.simulator.outcome import add_outcomes, is_failure
from vocmine.contacts.simulator.wording import write_texts
from vocmine.contacts.simulator.work import add_work
from vocmine.errors import SettingsError
from vocmine.frames import CONTACT_COLUMNS, CONTACTS

_NOT_SEEN = (
    "after_call_seconds", "updated_at", "source_system", "segment", "plan", "revenue", "customer_since", "agent_code",
    "handovers", "bot_seconds", "nps", "first_response_seconds",
)  # fmt: skip
SEEN_COLUMNS = tuple(name for name in CONTACT_COLUMNS if name not in _NOT_SEEN)
"""What the made-up centre exports: handle times have after-call work in them, and it knows no more of customers."""

TRUTH_COLUMNS = (
    "true_reasons", "true_sentiment", "true_issue", "true_handle_seconds", "true_primary_seconds", "true_lang",
    "true_pii", "true_repeat_of", "true_handover_of",
)  # fmt: skip
_LANGS = ("mixed", "ja", "en")


def simulate(
    days: int = 60, per_day: int = 100, lang: str = "mixed", seed: int = 0, start: str = "2026-09-01"
) -> pd.DataFrame:
    """Make contacts whose truth is known, for demonstrations and tests.

    Everything is made up: sentences, people, numbers. The centre has 34 contact reasons, products with versions, teams
    and agents, a rhythm of weekday and hour; some contacts have two reasons, some come back within 7 days, some start
    with a bot. Long handle times are missing more often than short ones, a few are inflated by an open tab. After
    two thirds of the days a new issue begins (the QR payment screen of app version 5.2.0 turns white) and grows by
    8 % a day; at half time missing points (``billing.points``) are fixed and drop by 80 %.

    Parameters
    ----------
    days : int
        Days to make, at least 1.
    per_day : int
        Contacts a day on average (the count of a day varies by weekday and by chance), at least 1.
    lang : {"mixed", "ja", "en"}
        Language of the customers: 78 % Japanese, 19.5 % English and 2.5 % bilingual texts, or only one of the two.
    seed : int
        The same seed gives the same contacts, byte for byte.
    start : str
        First day, local time of Asia/Tokyo.

    Returns
    -------
    DataFrame
        One row a contact in order of time: the columns of `vocmine.frames.CONTACTS`, ``reposts`` (of a social post;
        counted in ``reach`` already), and the truth:

        - ``true_reasons``: reason ids joined by ``|``, the main one first;
        - ``true_sentiment``: negative, neutral or positive (a failure told without a calm word counts as negative);
        - ``true_issue``: ``planted`` for the new issue, ``fixed`` for the one that is fixed, else empty;
        - ``true_handle_seconds``, ``true_primary_seconds`` (s): time really spent, and the main reason's part of it;
        - ``true_lang``: ja, en or mixed;
        - ``true_pii``: JSON list of ``{"kind", "value"}``, each value standing in the text as it is;
        - ``true_repeat_of``, ``true_handover_of``: id of the contact that came back or was handed over, else empty.

    Raises
    ------
    SettingsError
        If a parameter is outside its range.

    Examples
    --------
    >>> contacts = simulate(days=3, per_day=20, seed=1)
    >>> contacts.columns[:4].tolist()
    ['contact_id', 'created_at', 'channel', 'text']
    >>> bool(contacts.equals(simulate(days=3, per_day=20, seed=1)))
    True
    """
    calendar = _check(days, per_day, lang, seed, start)
    centre, rng = load_centre(), np.random.default_rng(seed)
    draft = draw_contacts(centre, calendar, per_day, lang, rng)
    draft = add_work(centre, add_outcomes(centre, draft, calendar, rng), rng)
    draft = draft.assign(failure=is_failure(centre, draft))
    texts, secrets = write_texts(centre, draft, seed)
    return _finish(centre, draft.assign(text=texts, true_pii=secrets), names="en" if lang == "en" else "ja")


def truth(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split simulated contacts into what a centre would see and the truth.

    Parameters
    ----------
    frame : DataFrame
        What `simulate` gave.

    Returns
    -------
    contacts, truth : DataFrame
        The contacts without truth columns; ``contact_id`` and the truth columns. Both keep the index.

    Examples
    --------
    >>> contacts, answers = truth(simulate(days=2, per_day=10))
    >>> [name for name in contacts if name.startswith("true_")]
    []
    >>> answers.columns[:2].tolist()
    ['contact_id', 'true_reasons']
    """
    answers = [name for name in frame.columns if name.startswith("true_")]
    return frame.drop(columns=answers), frame[["contact_id", *answers]]


def _check(days: int, per_day: int, lang: str, seed: int, start: str) -> pd.DatetimeIndex:
    for name, value, low in (("days", days, 1), ("per_day", per_day, 1), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < low:
            raise SettingsError(
                f"{name} is out of range", where="simulate", got=repr(value), expected=f"a whole number >= {low}"
            )
    if lang not in _LANGS:
        raise SettingsError("unknown language", where="simulate", got=repr(lang), expected=", ".join(_LANGS))
    try:
        return pd.date_range(start, periods=days, freq="D")
    except (ValueError, TypeError) as error:
        raise SettingsError(
            "unreadable start", where="simulate", got=repr(start), expected="a day as 2026-09-01"
        ) from error


def _finish(centre: Centre, draft: pd.DataFrame, names: str) -> pd.DataFrame:
    """Turn the draft into a contacts frame with its truth."""
    n = len(draft)
    ids = np.array([f"VC{i + 1:06d}" for i in range(n)], dtype=object)
    bot, survey = (draft["channel"] == "bot").to_numpy(), (draft["channel"] == "survey").to_numpy()
    product = {key: row[names] for key, row in centre.numbers["products"].items()}
    team = {key: row[names] for key, row in centre.numbers["teams"].items()}
    local = pd.DatetimeIndex(draft["local"]).tz_localize(TIMEZONE)
    agent = draft["group"].str[:2].str.upper() + (draft["agent"] + 1).astype(str).str.zfill(2)
    frame = pd.DataFrame({
        "contact_id": ids, "created_at": local.tz_convert("UTC").as_unit("us"), "channel": draft["channel"],
        "text": draft["text"], "lang": None, "customer_id": draft["customer"].mask(draft["customer"] == ""),
        "product": draft["product"].map(product),
        "product_version": draft["version"].mask(draft["version"] == ""), "team": draft["group"].map(team).mask(bot),
        "agent_id": agent.mask(bot), "resolved": draft["resolved"].astype("boolean").mask(survey),
        "url": pd.Series([f"https://social.example/p/{i}" for i in ids]).where(draft["is_public"]),
        "true_reasons": draft["reason"] + np.where(draft["second"] == "", "", "|" + draft["second"]),
        "true_sentiment": draft["feeling"],
        "true_issue": np.where(draft["planted"], "planted", np.where(_is_fixed(centre, draft), "fixed", "")),
        "true_lang": draft["lang"],
        "true_repeat_of": _parent(draft, ids, "repeat"), "true_handover_of": _parent(draft, ids, "handover"),
    })  # fmt: skip
    frame = frame.assign(**{name: draft[name] for name in draft.columns if name not in frame.columns})
    seen = [column for column in CONTACTS if column.name in SEEN_COLUMNS]
    strings = [column.name for column in seen if column.dtype in ("string", "category")]
    strings += [name for name in TRUTH_COLUMNS if not name.endswith("_seconds")]
    # older pandas would turn missing into the word "None"
    kind = "str" if int(pd.__version__.split(".")[0]) >= 3 else "object"
    frame = frame.astype(dict.fromkeys(strings, kind))
    return frame[[*SEEN_COLUMNS, "reposts", *TRUTH_COLUMNS]]


def _is_fixed(centre: Centre, draft: pd.DataFrame) -> np.ndarray:
    fixed: np.ndarray = (draft["reason"] == centre.numbers["fix"]["reason"]).to_numpy(dtype=bool)
    return fixed


def _parent(draft: pd.DataFrame, ids: np.ndarray, link: str) -> np.ndarray:
    mine = (draft["link"] == link).to_numpy()
    return np.where(mine, ids[draft["parent"].to_numpy()], "")
