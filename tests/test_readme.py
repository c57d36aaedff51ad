"""The README says what is so: its table, its commands, its example."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from vocmine.cli import app
from vocmine.frames import CONTACTS, markdown_table

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_column_table_is_that_of_the_code():
    assert markdown_table(CONTACTS) in README


def test_the_example_runs_and_prints_what_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(import vocmine.*?)```", README, re.DOTALL).group(1)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    written = re.search(r"```\n( *issue .*?)```", README, re.DOTALL).group(1)
    finding = written.strip().splitlines()[-1].split(" costs about ")[0]
    assert finding in printed
    for line in written.strip().splitlines()[1:-1]:
        assert line.split()[0] in printed
    assert (tmp_path / "report.html").exists()


def test_the_commands_exist_with_their_options():
    for command, options in re.findall(r"^vocmine (\w+) (--[^\n#]*)", README, re.MULTILINE):
        text = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).output
        for option in re.findall(r"--[a-z-]+", options):
            assert option in text, (command, option)
