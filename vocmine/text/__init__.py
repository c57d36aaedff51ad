"""Text: normalise, language, personal data, words and phrases."""

from vocmine.text.analysis import analyze, as_analysed, as_texts, mask_pii
from vocmine.text.compounds import suggest_compounds
from vocmine.text.ids import hash_id
from vocmine.text.language import detect_language
from vocmine.text.normalization import Normalized, is_mojibake, normalize, normalize_text
from vocmine.text.phrases import phrase_rows, word_pairs
from vocmine.text.pii import PiiSpan, find_pii
from vocmine.text.sentence_boundaries import sentences
from vocmine.text.turns import Turn, customer_part, split_turns
from vocmine.text.vocabulary import Vocabulary

__all__ = [
    "Normalized",
    "PiiSpan",
    "Turn",
    "Vocabulary",
    "analyze",
    "as_analysed",
    "as_texts",
    "customer_part",
    "detect_language",
    "find_pii",
    "hash_id",
    "is_mojibake",
    "mask_pii",
    "normalize",
    "normalize_text",
    "phrase_rows",
    "sentences",
    "split_turns",
    "suggest_compounds",
    "word_pairs",
]
