"""An answer of the first screen as plain text: the page, the brief and a ticket write the same one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vocmine.report.evidence import MarkedQuote


@dataclass(frozen=True)
class AnswerLine:
    """One of several things that an answer weighs: its name, its value, and what to know of it."""

    name: str
    value: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A question of the first screen with its answer.

    Parameters
    ----------
    key : str
        ``cost, grow, say, save, sure``, or where the list of reasons does not fit ``fit, about, say, grow, next``.
    question : str
        The question, short.
    text : str
        The answer; empty where a quote is the answer.
    lines : tuple of AnswerLine
        What ties, or what the answer is made of: three at most.
    notes : tuple of str
        What the answer rests on.
    quote : MarkedQuote, optional
        What a customer said.
    commands : tuple of str
        What to run next.
    """

    key: str
    question: str
    text: str
    lines: tuple[AnswerLine, ...] = ()
    notes: tuple[str, ...] = ()
    quote: MarkedQuote | None = None
    commands: tuple[str, ...] = ()


MOST_LINES = 3
"""Things that one answer weighs on the page; how many more there are is said."""


def filled(texts: Iterable[str]) -> tuple[str, ...]:
    """Give the texts that say something.

    Examples
    --------
    >>> filled(["a", "", "b"])
    ('a', 'b')
    """
    return tuple(text for text in texts if text)
