"""Personal data: rules that find it, each span with the rule that did, and marks in its place."""

from vocmine.text.pii.masking import find_pii, mask_text
from vocmine.text.pii.presidio import find_with, presidio_recognizers
from vocmine.text.pii.spans import PiiSpan

__all__ = ["PiiSpan", "find_pii", "find_with", "mask_text", "presidio_recognizers"]
