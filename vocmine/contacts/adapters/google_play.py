"""Google Play: the monthly CSV of reviews that the Play Console gives."""

from __future__ import annotations

import pandas as pd

from vocmine.contacts.adapters.adapter import Adapter, Probe
from vocmine.contacts.cells import as_strings, object_array
from vocmine.contacts.reading import Notes

_LINK, _PACKAGE, _MILLIS = "Review Link", "Package Name", "Review Submit Millis Since Epoch"


def tidy_google_play(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Give each review an id: its link; ratings without a text have no link, and take the app and the time.

    Parameters
    ----------
    frame : DataFrame of shape (n, any)
        Columns as the Play Console writes them.
    notes : Notes
        Where facts go.

    Returns
    -------
    DataFrame
        With ``contact_id``.

    Examples
    --------
    >>> frame = pd.DataFrame({"Package Name": ["jp.example"] * 2, "Review Link": ["https://play.example/?id=1", ""],
    ...                       "Review Submit Millis Since Epoch": ["1", "2"]})
    >>> tidy_google_play(frame, Notes())["contact_id"].tolist()
    ['https://play.example/?id=1', 'jp.example:2']
    """
    if "contact_id" in frame or _LINK not in frame:
        return frame
    links = as_strings(frame[_LINK])
    empty = [""] * len(frame)
    apps = as_strings(frame[_PACKAGE]) if _PACKAGE in frame else empty
    times = as_strings(frame[_MILLIS]) if _MILLIS in frame else empty
    ids = [
        link.strip() or (f"{app}:{time}" if app and time else "")
        for link, app, time in zip(links, apps, times, strict=True)
    ]
    notes.count("ratings without a link", sum(not link.strip() for link in links))
    return frame.assign(contact_id=object_array(ids))


def _is_google_play(probe: Probe) -> bool:
    return probe.has(_PACKAGE, "Star Rating", "Review Text", _LINK) or probe.has(
        _PACKAGE, "Star Rating", "Review Text", "Review Submit Date and Time"
    )


ADAPTER = Adapter(
    name="google_play", title="Google Play reviews (Play Console CSV)",
    example=(
        "Play Console: download reports > reviews > reviews_<app>_<month>.csv (UTF-16, as it is)\n"
        "vocmine run --contacts reviews_jp.example.shop_202604.csv --out out\n"
        "Stars are the satisfaction; ratings without a text are rejected as empty_text"
    ),
    recognises=_is_google_play,
    columns={
        _LINK: "url", _PACKAGE: "product", "App Version Name": "product_version", "App Version Code": "",
        "Reviewer Language": "lang", "Device": "", "Review Submit Date and Time": "created_at", _MILLIS: "",
        "Review Last Update Date and Time": "", "Review Last Update Millis Since Epoch": "", "Star Rating": "csat",
        "Review Title": "text", "Review Text": "text", "Developer Reply Text": "agent_text",
        "Developer Reply Date and Time": "", "Developer Reply Millis Since Epoch": "",
    },
    constants={"channel": "social", "is_public": True}, tidy=tidy_google_play,
)
