"""The notebooks run from the top, and stand in the repository with what a real run gave."""

from __future__ import annotations

import importlib.util
import itertools
import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbclient", reason="the notebooks need the extra 'notebook': pip install 'vocmine[notebook]'")
pytest.importorskip("ipykernel", reason="the notebooks need the extra 'notebook': pip install 'vocmine[notebook]'")

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("notebooks_run", ROOT / "notebooks" / "run.py")
assert SPEC is not None
assert SPEC.loader is not None
RUN = importlib.util.module_from_spec(SPEC)
sys.modules["notebooks_run"] = RUN
SPEC.loader.exec_module(RUN)

PATHS = RUN.notebooks()
NAMES = (
    "01_first_look", "01_first_look_ja", "02_topics_and_incidents", "02_topics_and_incidents_ja", "03_issue_costs", "04_own_reasons",
    "05_journeys", "06_drivers", "07_own_encoder", "08_daily_batches",
)


def stored(path: Path) -> object:
    return RUN.nbformat.read(path, as_version=4)


def shape(cell: object) -> list[str]:
    """Give the kinds of a cell's outputs; what is printed may come in one piece or in several."""
    return [kind for kind, _ in itertools.groupby(output.output_type for output in cell.outputs)]


def test_all_are_there() -> None:
    assert [path.stem for path in PATHS] == list(NAMES)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_stored_with_outputs_of_a_whole_run(path: Path) -> None:
    cells = RUN.code_cells(stored(path))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    assert sum(bool(cell.outputs) for cell in cells) >= len(cells) // 2


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_short_enough_to_copy(path: Path) -> None:
    cells = stored(path).cells
    assert len(cells) < 15
    assert max(len(cell.source.splitlines()) for cell in cells) < 20
    after = [cells[i + 1].cell_type for i, cell in enumerate(cells[:-1]) if ".show()" in cell.source]
    assert set(after) <= {"markdown"}  # each chart is explained


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_figure_has_the_look_of_the_report(path: Path) -> None:
    assert "use_template()" in "".join(cell.source for cell in RUN.code_cells(stored(path)))
    for data in RUN.figures(stored(path)):
        assert data[RUN.PLOTLY]["layout"]["template"]["layout"]["colorway"][0] == "#0b5c7a"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_figure_has_a_picture(path: Path) -> None:
    found = list(RUN.figures(stored(path)))
    assert found
    assert all("image/png" in data for data in found)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_nothing_of_the_machine_and_no_address_to_load_from(path: Path) -> None:
    text = re.sub(r'"image/png": "[^"]*"', "", path.read_text(encoding="utf-8"))
    assert not re.search(r"/(home|root|work|tmp|usr|Users)/", text)
    assert not re.search(r"(src|href)=\\?\"https?://", text)
    assert path.stat().st_size < 2_000_000


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_runs_from_the_top(path: Path) -> None:
    done = RUN.execute(path)
    was = RUN.code_cells(stored(path))
    assert len(RUN.code_cells(done)) == len(was)
    assert list(map(shape, RUN.code_cells(done))) == list(map(shape, was))
