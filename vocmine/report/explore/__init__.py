"""The data behind a page that answers: what its script sorts, filters and opens, as one compressed block.

`source` keeps what is needed of contacts, tags and ledger; `payload` puts it together for one language; `encode` writes
it into the page. The format is told in ``vocmine/report/explore/README.md``.
"""

from __future__ import annotations

from vocmine.report.explore.payload import PageOptions, explore_payload
from vocmine.report.explore.source import ExploreSource, explore_source

__all__ = ["ExploreSource", "PageOptions", "explore_payload", "explore_source"]
