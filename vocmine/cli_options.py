"""Options that several commands take, each with its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Contacts = Annotated[
    list[str],
    typer.Option(help="Files, folders, patterns, - for standard input, or a database address (`query` in --settings)."),
]
Out = Annotated[Path, typer.Option("--out", help="Folder of the results; made if missing.")]
Mapping = Annotated[Path | None, typer.Option("--mapping", help="YAML with names of columns, as `本文: text`.")]
SettingsFile = Annotated[Path | None, typer.Option("--settings", help="YAML with settings of the run.")]
Costs = Annotated[Path | None, typer.Option("--costs", help="YAML with your rates per minute.")]
TaxonomyFile = Annotated[Path | None, typer.Option("--taxonomy", help="Reasons (YAML), or a folder of `vocmine fit`.")]
Trade = Annotated[str | None, typer.Option("--trade", help="The shipped reasons of a trade, see `vocmine trades`.")]
Audit = Annotated[
    list[Path] | None,
    typer.Option("--audit", help="Hand-checked contacts, from `vocmine audit` (.xlsx, .csv); several, or a folder."),
]
Fixes = Annotated[Path | None, typer.Option("--fixes", help="YAML with what was mended and when: what has it saved?")]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of the report: ja or en.")]
Codes = Annotated[Path | None, typer.Option("--codes", help="YAML with what agents' codes mean: see `vocmine codes`.")]
Strict = Annotated[bool | None, typer.Option("--strict", help="Stop at any doubt about how a file is to be read.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of text files; detected if not given.")]
Results = Annotated[Path, typer.Option("--out", help="Folder of an earlier `vocmine run`.")]
Notify = Annotated[
    str | None,
    typer.Option("--notify", help="Webhook that incidents are posted to; better in VOCMINE_NOTIFY: it is a secret."),
]
NotifyFormat = Annotated[
    str | None, typer.Option("--notify-format", help="slack, teams or generic; seen from the address if not given.")
]

Product = Annotated[list[str] | None, typer.Option("--product", help='Only this product; several, or "" for none.')]
Segment = Annotated[list[str] | None, typer.Option("--segment", help="Only customers of this segment.")]
Team = Annotated[list[str] | None, typer.Option("--team", help="Only contacts of this team.")]
Plan = Annotated[list[str] | None, typer.Option("--plan", help="Only customers with this plan.")]
Channel = Annotated[list[str] | None, typer.Option("--channel", help="Only this channel, as call or chat.")]
Each = Annotated[
    str | None, typer.Option("--each", help="A page for each value: product, segment, team, plan or channel.")
]
ReportContacts = Annotated[
    bool | None,
    typer.Option("--report-contacts/--no-contacts", help="Whether report.html holds contacts (masked), or sums alone."),
]
FoldBelow = Annotated[
    int | None, typer.Option("--fold-below", help="Groups of fewer contacts are told together in report.html.", min=1)
]
