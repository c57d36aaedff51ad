"""Sentence vectors: one protocol, the bundled multilingual encoder, views of one language, adapters for others."""

from vocmine.embed._adapters import (
    CharacterEncoder,
    PrecomputedEncoder,
    SentenceTransformerEncoder,
    default_encoder,
    encode_distinct,
    encoder_from_spec,
)
from vocmine.embed._bundled import BundledEncoder
from vocmine.embed._memory import VectorMemory, remembered_vectors
from vocmine.embed._minilm import MiniLmEncoder, english_installed
from vocmine.embed._onnx import OnnxEncoder
from vocmine.embed._protocol import Encoder
from vocmine.embed._stored import stored_encoder
from vocmine.embed._views import ViewEncoder, choose_view, encoder_for

__all__ = [
    "BundledEncoder",
    "CharacterEncoder",
    "Encoder",
    "MiniLmEncoder",
    "OnnxEncoder",
    "PrecomputedEncoder",
    "SentenceTransformerEncoder",
    "VectorMemory",
    "ViewEncoder",
    "choose_view",
    "default_encoder",
    "encode_distinct",
    "encoder_for",
    "encoder_from_spec",
    "english_installed",
    "remembered_vectors",
    "stored_encoder",
]
