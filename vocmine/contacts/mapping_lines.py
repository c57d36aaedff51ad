"""Lines of a mapping that settle a doubt: written so that they can be copied, and so that they do what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import yaml

from vocmine.contacts.cells import fold

# Columns of what was answered, or of what only the house sees: no words of the customer.
_ANSWERS = re.compile(
    r"回答|返答|返信|対応結果|応対結果|案内|処置|オペレータ|answer|repl(?:y|ies)|response|resolution|agent|operator"
)
_NO_WORDS = re.compile(
    r"住所|所在地|アドレス|氏名|名前?$|会社|タグ|ラベル|分類|区分|種別|カテゴリ|リンク|ファイル|パス$"
    r"|address|user[ _-]?agent|\btags?\b|labels?$|url|link|file|path|company|name$"
    r"|categor|browser|device|referr?er|folder"
)
_INTERNAL = re.compile(r"社内|内部|管理者|担当者|引き?継|特記|注意|internal|private|staff|supervisor")


def may_be_words(name: str) -> bool:
    """Tell whether a column may hold what somebody said, by its name; addresses, names and tags are long too.

    Examples
    --------
    >>> [may_be_words(name) for name in ("備考", "ご住所", "user_agent", "カテゴリ名")]
    [True, False, False, False]
    """
    return _NO_WORDS.search(fold(name)) is None


def mapping_key(name: str) -> str:
    r"""Write a name as a key or a value of YAML, quoted where it must be.

    Examples
    --------
    >>> mapping_key("備考"), mapping_key("No: 1"), mapping_key("受付\n日時")
    ('備考', "'No: 1'", '"受付\\n日時"')
    """
    if len(name.splitlines()) != 1:
        return json.dumps(name, ensure_ascii=False)
    dumped = yaml.safe_dump([name], allow_unicode=True, default_flow_style=True, width=10_000)
    return str(dumped).strip()[1:-1]


def lines_of(target: str, *names: str) -> str:
    """Give the line by which several columns go to one of the table.

    Examples
    --------
    >>> lines_of("created_at", "受付日", "対応開始")
    'columns: {受付日: created_at, 対応開始: created_at}'
    """
    pairs = ", ".join(f"{mapping_key(name)}: {target}" for name in names)
    return f"columns: {{{pairs}}}" if len(names) > 1 else pairs


def is_answer(name: str) -> bool:
    """Tell whether the name of a column says that it holds what was answered, or notes of the house.

    Examples
    --------
    >>> is_answer("回答内容"), is_answer("社内メモ"), is_answer("お客様の声")
    (True, True, False)
    """
    word = fold(name)
    return bool(_ANSWERS.search(word) or _INTERNAL.search(word))


def left_out_line(names: Sequence[str], used: Sequence[str]) -> str:
    """Give the line for columns with texts that were not used: as texts beside those used, or to be ignored.

    Parameters
    ----------
    names : sequence of str
        Columns that hold texts and were not used.
    used : sequence of str
        Columns that are the text now; they are named too, as a column that a mapping tells stands alone.

    Examples
    --------
    >>> left_out_line(["備考"], ["本文"])
    'columns: {本文: text, 備考: text}'
    >>> left_out_line(["回答内容", "社内メモ"], ["本文"])
    'ignore: [回答内容, 社内メモ]'
    """
    more = [name for name in names if not is_answer(name)]
    return lines_of("text", *used, *more) if more else f"ignore: [{', '.join(map(mapping_key, names))}]"
