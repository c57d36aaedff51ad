"""Text: normalise, language, personal data, words and phrases."""

from vocmine.text.analyze import analyze, as_analysed, as_texts

__all__ = ["analyze", "as_analysed", "as_texts"]
