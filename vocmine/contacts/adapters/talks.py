"""What messengers share: messages without words, and talks that go on over months."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

LONGEST_SILENCE_DAYS = 7
"""After a week without a word, a customer who writes again has a new matter."""

_MEDIA = (
    "スタンプ|写真|動画|画像|音声|ボイスメッセージ|ボイス|ファイル|位置情報|連絡先|アルバム|ノート|ギフト|リンク|通話|絵文字|"
    "Sticker|Stickers|Photo|Photos|Image|Video|Videos|Audio|Voice message|File|Location|Contact|Album|Note|Notes|Gift|"
    "貼圖|照片|影片|語音訊息|檔案|位置資訊"
)
_BARE = re.compile(rf"(?:{_MEDIA})", re.IGNORECASE)
_BOXED = re.compile(rf"[\[(](?:{_MEDIA})[\])](?P<rest>.*)", re.IGNORECASE | re.DOTALL)
# what stands behind these is the system's own: an address, the name of an album
_NAMED = re.compile(r"[\[(](?:位置情報|Location|位置資訊|アルバム|Album|Albums|相簿)[\])].*", re.IGNORECASE | re.DOTALL)
_ALBUM = re.compile(
    r"(?:.{0,60}が)?(?:アルバム)?[「『].{1,60}[」』](?:アルバム)?(?:を作成|に写真を追加|から写真を削除)しました。?"
    r"|(?:.{0,60} )?(?:created|added photos? to) (?:the |an )?album .{1,60}", re.IGNORECASE,
)
_FILE_REST = re.compile(r"\s*(?:[^\n]{0,200}\.\w{2,5}|https?://\S+)?\s*")
_SENT = re.compile(
    r"(?:.{0,60}が)?(?:スタンプ|写真|画像|動画|音声|ボイスメッセージ|ファイル|位置情報)を送信しました。?"
    r"|(?:.{0,60} )?sent (?:a|an|the) (?:sticker|photo|image|video|file|voice message|audio|location)\.?",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"[☎📞📹][\ufe0e\ufe0f]?\s*(?:\S{0,6}通話|不在着信|応答|キャンセル|グループ|"
    r"(?:group |video |voice )?call|missed|cancell?ed|no answer|未接|無人接聽).*", re.IGNORECASE,
)
_UNSENT = re.compile(
    r".{0,60}(?:送信を取り消しました|送信が取り消されたメッセージです|unsent a message|message unsent|已收回訊息)"
    r"。?\.?",
    re.IGNORECASE,
)


def without_words(message: str, bare: bool = False) -> bool:
    """Tell whether a message is a sticker, a picture, a file, a call or one that was taken back.

    Parameters
    ----------
    message : str
        One message.
    bare : bool
        Whether such messages stand without brackets, as the PC app writes them.

    Examples
    --------
    >>> [without_words(message) for message in ("[スタンプ]", "☎ 通話時間 1:23", "[写真] を見てください")]
    [True, True, False]
    """
    text = message.strip()
    if bare and _BARE.fullmatch(text):
        return True
    boxed = _BOXED.fullmatch(text)
    if boxed and not _NAMED.fullmatch(text):
        return _FILE_REST.fullmatch(boxed["rest"]) is not None
    return any(shape.fullmatch(text) for shape in (_NAMED, _ALBUM, _SENT, _CALL, _UNSENT))


def talks_apart(times: pd.DatetimeIndex) -> np.ndarray:
    """Give the numbers of the talks in one history.

    A new one begins after seven days without a message.

    Parameters
    ----------
    times : DatetimeIndex of shape (n,)
        In the order of the file.

    Returns
    -------
    ndarray of str, shape (n,)
        Empty for the first talk, then ``-2``, ``-3``: numbers that stay when the history grows.

    Examples
    --------
    >>> talks_apart(pd.to_datetime(["2026-04-01", "2026-04-02", "2026-04-20"])).tolist()
    ['', '', '-2']
    """
    gaps = pd.Series(times).diff() > pd.Timedelta(days=LONGEST_SILENCE_DAYS)
    return np.array([f"-{n + 1}" if n else "" for n in gaps.cumsum()], dtype=object)
