"""Words of comparisons and figures stand in both languages."""

from __future__ import annotations

from vocmine.audits.words import LANGS, words


def leaves(table, path=()):
    for key, value in table.items():
        if isinstance(value, dict) and not set(value) <= set(LANGS):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def test_every_word_stands_in_both_languages():
    found = list(leaves(words()))
    assert len(found) >= 5
    assert not [path for path, value in found if set(value) != set(LANGS) or not all(value.values())]
