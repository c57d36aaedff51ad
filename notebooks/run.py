"""Run the notebooks and store them with what they gave: ``python -m notebooks.run [--check] [name ...]``.

Each runs in a fresh kernel, in a folder of its own that is thrown away. With ``--check`` nothing is written. The
figures stay interactive where plotly is installed; a picture of each is stored beside, so that they also show where
no script may run. The pictures need Chromium; without it they are left as they were.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
SECONDS_A_CELL = 600
PLOTLY = "application/vnd.plotly.v1+json"
PICTURE_WIDTH, PICTURE_HEIGHT = 860, 440
_OWN_PATH = re.compile(r"(?:/[\w.+-]+)+/(?=(?:vocmine|site-packages)/)")


def notebooks(names: list[str] | None = None) -> list[Path]:
    """Give the notebooks of this folder, or those named."""
    return [path for path in sorted(HERE.glob("*.ipynb")) if not names or path.stem in names]


def execute(path: Path) -> Any:
    """Run a notebook from the top in a fresh kernel; raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook, timeout=SECONDS_A_CELL, kernel_name="python3", resources={"metadata": {"path": folder}}
        )
        client.execute()
        return _tidy(notebook, folder)


def code_cells(notebook: Any) -> list[Any]:
    """Give the cells that run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def figures(notebook: Any) -> Iterator[Any]:
    """Give the data of each plotly figure among the outputs."""
    for cell in code_cells(notebook):
        yield from (output.data for output in cell.outputs if PLOTLY in output.get("data", {}))


def _tidy(notebook: Any, folder: str) -> Any:
    """Drop what differs from run to run: times, warnings on stderr, folders of this machine."""
    for cell in code_cells(notebook):
        cell.metadata.pop("execution", None)
        cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    text = nbformat.writes(notebook).replace(folder, "work")
    return nbformat.reads(_OWN_PATH.sub("", text), as_version=4)


def add_pictures(notebook: Any) -> int:
    """Store a PNG beside each plotly figure; gives how many, 0 where there is no Chromium."""
    import shutil

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    found = list(figures(notebook))
    if not found or chromium is None:
        return 0
    from playwright.sync_api import sync_playwright
    from plotly.offline import get_plotlyjs

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content("<div id='figure'></div>")
        page.add_script_tag(content=get_plotlyjs())
        for data in found:
            data["image/png"] = _picture(page, data[PLOTLY])
        browser.close()
    return len(found)


def _picture(page: Any, figure: dict[str, Any]) -> str:
    layout = figure.get("layout", {})
    size = {"width": layout.get("width", PICTURE_WIDTH), "height": layout.get("height", PICTURE_HEIGHT)}
    url = page.evaluate(
        "([f, s]) => Plotly.newPlot('figure', f.data, {...f.layout, ...s})"
        ".then(g => Plotly.toImage(g, {format: 'png', scale: 1.5, ...s}))",
        [json.loads(json.dumps(figure)), size],
    )
    picture = url.split(",", 1)[1]
    base64.b64decode(picture, validate=True)
    return str(picture)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="without ending, for instance 01_first_look; all if none")
    parser.add_argument("--check", action="store_true", help="run, but write nothing")
    told = parser.parse_args()
    for path in notebooks(told.names):
        notebook = execute(path)
        pictures = 0 if told.check else add_pictures(notebook)
        if not told.check:
            nbformat.write(notebook, path)
        print(f"{path.name}: {len(code_cells(notebook))} cells, {pictures} pictures")


if __name__ == "__main__":
    main()
