"""The scripts and style sheets that the page carries, from the list in ``web/scripts.yaml``, with their hashes.

Each script stands in an element of its own, byte for byte as it is in the package: the policy of the page names its
hash, so nothing else runs, whatever a customer wrote.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from vocmine.errors import StoreError
from vocmine.plaintext import plain


@dataclass(frozen=True)
class WebFiles:
    """What a page carries beside its text.

    Parameters
    ----------
    scripts : tuple of str
        Texts of the scripts, in their order.
    styles : str
        All style sheets as one text.
    """

    scripts: tuple[str, ...] = ()
    styles: str = ""


@lru_cache(maxsize=1)
def web_files() -> WebFiles:
    """Read the scripts and style sheets of the package.

    Examples
    --------
    >>> all("</script" not in text for text in web_files().scripts)
    True
    """
    listed = yaml.safe_load(_read("scripts.yaml"))
    scripts = tuple(embeddable(_read(name), name, "</script") for name in listed["scripts"])
    return WebFiles(scripts, "\n".join(embeddable(_read(name), name, "</style") for name in listed["styles"]))


def embeddable(text: str, name: str, end: str) -> str:
    r"""Give a file as it can stand inside an element.

    Raises
    ------
    StoreError
        If it holds what would end the element, or letters that the page does not keep: its hash would be another.

    Examples
    --------
    >>> embeddable("a\r\nb", "x.js", "</script")
    'a\nb'
    >>> embeddable("'</script>'", "x.js", "</script")
    Traceback (most recent call last):
    vocmine.errors.StoreError: a file of the page can't stand in it; where: x.js; got: </script...
    """
    # A browser reads \r\n as \n and hashes what it read.
    whole = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    wrong = next((mark for mark in (end, "<!--") if mark in whole.lower()), "")
    if wrong or plain(whole) != whole:
        raise StoreError(
            "a file of the page can't stand in it", where=name, got=wrong or "control characters",
            hint="write them as escapes, such as <\\/script>",
        )
    return whole


def source_hash(text: str) -> str:
    """Name a script or style sheet in a content security policy.

    Examples
    --------
    >>> source_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(css: str, scripts: Iterable[str]) -> str:
    """Let the page load nothing and run nothing but its own style and scripts.

    Examples
    --------
    >>> policy("", ())[:46]
    "default-src 'none'; style-src 'sha256-47DEQpj8"
    """
    named = " ".join(dict.fromkeys(source_hash(text) for text in scripts)) or "'none'"
    style = source_hash(css)
    return f"default-src 'none'; style-src {style}; script-src {named}; base-uri 'none'; form-action 'none'"


def _read(name: str) -> str:
    # read_bytes, as reading as text would turn line ends into those of the machine.
    return files("vocmine.report").joinpath("web", *name.split("/")).read_bytes().decode("utf-8")
