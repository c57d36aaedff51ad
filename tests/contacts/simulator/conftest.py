"""One simulated centre for all tests of the simulator."""

from __future__ import annotations

import pandas as pd
import pytest

from vocmine.contacts import simulate


@pytest.fixture(scope="session")
def simulated() -> pd.DataFrame:
    return simulate()


@pytest.fixture
def demo(simulated: pd.DataFrame) -> pd.DataFrame:
    return simulated.copy()
