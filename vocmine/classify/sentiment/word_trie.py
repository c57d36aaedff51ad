"""Finds many known words in many texts at once: a trie that is walked from every letter of all texts, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

_BITS = 16  # of the number of a letter in the key of a step
_MIX = np.uint64(0x9E3779B97F4A7C15)  # multiplicative hashing (Knuth, TAOCP 3, 6.4)
_SPARE = 3  # slots a step
_BREAK = 0x110000  # stands between two texts; no letter
_ONE_CASE = {"İ": "i", "ı": "i", "ſ": "s"}  # for `re` without case; `str.lower` thinks otherwise


class Joined(NamedTuple):
    """Texts as one row of code points with a break after each: the text of each place, and where each text starts."""

    points: np.ndarray
    owner: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, texts: list[str], lower: bool = False) -> Joined:
        """Join texts, in lower case if asked to.

        Examples
        --------
        >>> Joined.of(["ab", "", "c"]).owner.tolist()
        [0, 0, 0, 1, 2, 2]
        """
        joined = "\n".join([*texts, ""])
        if lower:
            for letter, plain in _ONE_CASE.items():
                joined = joined.replace(letter, plain)
            joined = joined.lower()
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int32)
        sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
        ends = np.cumsum(sizes)
        points[ends - 1] = _BREAK
        return cls(points, np.repeat(np.arange(len(texts)), sizes), ends - sizes)


@dataclass(frozen=True, eq=False)
class WordTrie:
    """Known words by their letters.

    Parameters
    ----------
    letters : ndarray
        By code point, the number of each letter of a word, 0 of any other; it is also the node that a first letter
        leads to.
    words : ndarray
        By node, the number of the word that ends there, or -1.
    begins : ndarray of bool
        By number of a letter, whether a word begins with it.
    keys, nodes : ndarray
        The steps (node and next letter) in a hash table with linear probing, -1 where it is free, and where they lead.
    """

    letters: np.ndarray
    words: np.ndarray
    begins: np.ndarray
    keys: np.ndarray
    nodes: np.ndarray

    @classmethod
    def of(cls, words: list[str]) -> WordTrie:
        """Make it from words that are all different and not empty.

        Examples
        --------
        >>> at, word = WordTrie.of(["a", "ab", "ba"]).find(Joined.of(["abab"]))
        >>> sorted(zip(at.tolist(), word.tolist()))
        [(0, 0), (0, 1), (1, 2), (2, 0), (2, 1)]
        """
        points = sorted(set(map(ord, "".join(words))))
        number = {chr(point): place for place, point in enumerate(points, 1)}
        letters = np.zeros(points[-1] + 2 if points else 1, dtype=np.uint16)
        letters[points] = np.arange(1, len(points) + 1)
        steps: dict[int, int] = {}
        free = len(points) + 1
        ends = {}
        for word, text in enumerate(words):
            node = number[text[0]]
            for letter in text[1:]:
                node = steps.setdefault(node << _BITS | number[letter], free)
                free += node == free
            ends[node] = word
        at_node = np.full(free, -1, dtype=np.int32)
        at_node[list(ends)] = list(ends.values())
        begins = np.zeros(len(points) + 1, dtype=bool)
        begins[[number[text[0]] for text in words]] = True
        return cls(letters, at_node, begins, *_hashed(steps))

    def find(self, texts: Joined) -> tuple[np.ndarray, np.ndarray]:
        """Give the places (in the joined texts) and numbers of all words found, shorter words first."""
        letters = self.letters[np.minimum(texts.points, len(self.letters) - 1)]
        at = np.flatnonzero(self.begins[letters])
        node = letters[at].astype(np.int64)
        found = []
        depth = 1
        while len(at):
            word = self.words[node]
            ends = np.flatnonzero(word >= 0)
            found.append((at[ends], word[ends]))
            letter = letters[at + depth]  # a break ends every text, so this stays inside
            node = self._step(node << _BITS | letter)
            known = np.flatnonzero(node)
            at, node = at[known], node[known]
            depth += 1
        if not found:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
        return np.concatenate([place for place, _ in found]), np.concatenate([word for _, word in found])

    def texts(self) -> list[str]:
        """Give the words in the order of their numbers.

        Examples
        --------
        >>> WordTrie.of(["ab", "b", "abc"]).texts()
        ['ab', 'b', 'abc']
        """
        spelt = {number: chr(point) for point, number in enumerate(self.letters.tolist()) if number}
        taken = np.flatnonzero(self.keys >= 0)
        to, keys = self.nodes[taken], self.keys[taken]
        for place in np.argsort(to):  # a node is numbered after the one that leads to it
            before, letter = divmod(int(keys[place]), 1 << _BITS)
            spelt[int(to[place])] = spelt[before] + spelt[letter]
        ends = np.flatnonzero(self.words >= 0)
        return [spelt[node] for node in ends[np.argsort(self.words[ends])].tolist()]

    def _step(self, keys: np.ndarray) -> np.ndarray:
        """Give the nodes that steps lead to, 0 where there is no such step."""
        slots = _slots(keys, len(self.keys))
        there = self.keys[slots]
        out = np.where(there == keys, self.nodes[slots], 0)
        left = np.flatnonzero((there != keys) & (there >= 0))
        slots = slots[left]
        while len(left):
            slots = (slots + 1) & (len(self.keys) - 1)
            there, wanted = self.keys[slots], keys[left]
            out[left] = np.where(there == wanted, self.nodes[slots], 0)
            on = np.flatnonzero((there != wanted) & (there >= 0))
            left, slots = left[on], slots[on]
        return out


def _slots(keys: np.ndarray, size: int) -> np.ndarray:
    shift = np.uint64(64 - size.bit_length() + 1)
    return np.asarray((keys.astype(np.uint64) * _MIX >> shift).astype(np.int64))


def _hashed(steps: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    size = 1 << (_SPARE * len(steps) + 1).bit_length()
    keys, nodes = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int64)
    wanted = np.array(list(steps), dtype=np.int64)
    to = np.array(list(steps.values()), dtype=np.int64)
    slots = _slots(wanted, size)
    while len(wanted):
        free = np.flatnonzero(keys[slots] < 0)
        keys[slots[free]] = wanted[free]  # of several that want one slot, one gets it
        placed = keys[slots] == wanted
        nodes[slots[placed]] = to[placed]
        wanted, to, slots = wanted[~placed], to[~placed], (slots[~placed] + 1) & (size - 1)
    return keys, nodes
