"""Save and load fitted things: a folder with a manifest of checked values and one file of plain arrays. No code."""

from vocmine.store.arrays import joined_texts, packed_texts, part_of, prefixed, unpacked_texts
from vocmine.store.atomic import write_atomic
from vocmine.store.folder import FORMAT, Stored, load, manifest_digest, save
from vocmine.store.rules import ArrayRule, check_arrays
from vocmine.store.values import Count, Day, Saved, Share, Topic, checked

__all__ = [
    "FORMAT",
    "ArrayRule",
    "Count",
    "Day",
    "Saved",
    "Share",
    "Stored",
    "Topic",
    "check_arrays",
    "checked",
    "joined_texts",
    "load",
    "manifest_digest",
    "packed_texts",
    "part_of",
    "prefixed",
    "save",
    "unpacked_texts",
    "write_atomic",
]
