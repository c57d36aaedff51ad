"""The encoder of a saved model: made again from its description, where that can do no harm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vocmine.embed._adapters import encoder_from_spec
from vocmine.embed._protocol import Encoder
from vocmine.errors import SettingsError, StoreError

_FOREIGN = ("sentence-transformers",)  # reads files that can hold code: a saved folder may not choose them


def stored_encoder(spec: Mapping[str, Any], given: Encoder | None = None, width: int | None = None) -> Encoder:
    """Give the encoder that was given, or else the one that a saved model describes.

    Parameters
    ----------
    spec : mapping
        Its description.
    given : Encoder, optional
        What the caller of ``load`` gave.
    width : int, optional
        Length of the vectors that the model was fitted with, where it is known.

    Raises
    ------
    SettingsError
        If only its owner can make it and it was not given, or this version makes it otherwise.
    StoreError
        If its vectors have another length than those of the model.

    Examples
    --------
    >>> stored_encoder({"encoder": "characters", "dimensions": 64}, width=64).encode(["a"]).shape
    (1, 64)
    """
    if given is None and spec.get("encoder") in _FOREIGN:
        raise SettingsError(
            "an encoder that reads files of others is not taken from a saved model", where="encoder",
            got=repr(spec.get("encoder")), expected="an encoder given to load()",
            hint="load(folder, encoder=SentenceTransformerEncoder(NAME)), with a model that you trust",
        )
    encoder = encoder_from_spec(dict(spec)) if given is None else given
    dimensions = encoder.spec.get("dimensions")
    if width is not None and isinstance(dimensions, int) and dimensions != width:
        raise StoreError("the encoder has other vectors than the model was fitted with", where="encoder",
                         got=f"{dimensions} dimensions", expected=str(width),
                         hint="give load() the encoder that it was fitted with, or fit and save again")
    return encoder
