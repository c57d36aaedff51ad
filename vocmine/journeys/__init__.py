"""Journeys: chains of one customer's contacts, repeats, transfers, one-touch, and what comes before and after.

Small functions over the contacts (and tags): each says its n and its interval, and leaves out what the data can't tell.
"""

from vocmine.journeys.chains import around, chains, timelines
from vocmine.journeys.stats import newcombe, wilson

__all__ = ["around", "chains", "newcombe", "timelines", "wilson"]
