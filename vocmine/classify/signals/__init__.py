"""Signals a support desk acts on: their patterns, requests in the style of notes, effort graded, and harassment."""

from vocmine.classify.signals.detection import detect_signals, tag, tag_kinds

__all__ = ["detect_signals", "tag", "tag_kinds"]
