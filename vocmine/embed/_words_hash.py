"""The number by which the word vectors of a spaCy model know a word, without loading spaCy (a second and 30 MB)."""

from __future__ import annotations

_MULTIPLIER, _SHIFT, _SEED = 0xC6A4A7935BD1E995, 47, 1
_BITS = 0xFFFFFFFFFFFFFFFF


def word_key(word: str) -> int:
    """Give the 64-bit MurmurHash2 of a word's UTF-8 bytes, as ``spacy.strings.hash_string`` does.

    References
    ----------
    Austin Appleby 2008, MurmurHash64A (public domain).

    Examples
    --------
    >>> word_key("返金")
    11194640659622658394
    """
    data = word.encode("utf-8", "replace")
    whole = len(data) & ~7
    h = _SEED ^ (len(data) * _MULTIPLIER & _BITS)
    for start in range(0, whole, 8):
        k = int.from_bytes(data[start : start + 8], "little") * _MULTIPLIER & _BITS
        k = (k ^ (k >> _SHIFT)) * _MULTIPLIER & _BITS
        h = (h ^ k) * _MULTIPLIER & _BITS
    if whole < len(data):
        h = (h ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _BITS
    h = (h ^ (h >> _SHIFT)) * _MULTIPLIER & _BITS
    return h ^ (h >> _SHIFT)
