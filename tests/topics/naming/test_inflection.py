from __future__ import annotations

import pytest

from vocmine.text.splitter import tokenizer
from vocmine.topics.naming import inflection as bent


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("届きます", ("届く", "届かない", "届いた", "届いてほしい")),
        ("支払おう", ("支払う", "支払わない", "支払った", "支払ってほしい")),
        ("忘れました", ("忘れる", "忘れない", "忘れた", "忘れてほしい")),
        ("戻して", ("戻す", "戻さない", "戻した", "戻してほしい")),
        ("進みません", ("進む", "進まない", "進んだ", "進んでほしい")),
        ("急いで", ("急ぐ", "急がない", "急いだ", "急いでほしい")),
        ("行った", ("行く", "行かない", "行った", "行ってほしい")),
        ("待ちます", ("待つ", "待たない", "待った", "待ってほしい")),
    ],
)
def test_verbs_from_any_form(written: str, forms: tuple[str, ...]) -> None:
    first = next(iter(tokenizer().tokenize(written)))
    kind = tuple(first.part_of_speech())
    root = bent.stem(first.surface(), kind)
    assert tuple(bent.bend(root, kind, m) for m in (bent.PLAIN, bent.DENIED, bent.PAST, bent.ASKED)) == forms


def test_adjectives_and_nouns_that_are_done() -> None:
    kind = ("形容詞", "一般", "*", "*", "形容詞", "連用形-一般")
    assert bent.stem("白く", kind) == "白" and bent.bend("白", kind, bent.PAST) == "白かった"
    assert bent.done("請求", bent.NOT_DONE) == "請求されない" and bent.done("解約", bent.UNABLE) == "解約できない"


def test_a_verb_of_no_known_class_has_no_form() -> None:
    assert bent.bend("来", ("動詞", "非自立可能", "*", "*", "カ行変格", "連用形-一般")) == ""
