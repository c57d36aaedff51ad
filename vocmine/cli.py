"""The command line: each command is a thin shell around one plain function."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vocmine.cli_lists import lists
from vocmine.cli_options import (
    Audit,
    Channel,
    Codes,
    Contacts,
    Costs,
    Each,
    Encoding,
    Fixes,
    FoldBelow,
    Lang,
    Mapping,
    Notify,
    NotifyFormat,
    Out,
    Plan,
    Product,
    ReportContacts,
    Results,
    Segment,
    SettingsFile,
    Strict,
    TaxonomyFile,
    Team,
    Trade,
)
from vocmine.errors import VocmineError
from vocmine.terminal import closing_lines, missing_lines, shown, shown_backtest

if TYPE_CHECKING:
    from vocmine.batch import RunResult
    from vocmine.results import ListFit

EXIT_FAILED, EXIT_WRONG_USE, EXIT_REJECTED = 1, 2, 3  # the public contract of the command

app = typer.Typer(
    name="vocmine",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="What support contacts are about, what they cost, and what grows. "
    "Exit codes: 0 done; 1 failed, nothing half-written; 2 wrong use; 3 done, some rows rejected.",
)


@app.command(epilog="Example: vocmine demo --out demo-out")
def demo(
    out: Out,
    days: Annotated[int, typer.Option(help="Days of contacts.", min=7)] = 60,
    per_day: Annotated[int, typer.Option(help="Contacts a day.", min=10)] = 100,
    seed: Annotated[int, typer.Option(help="Seed of the made-up centre.")] = 0,
    lang: Lang = None,
) -> None:
    """Make up a support centre's contacts and run everything on them."""
    from vocmine.batch import demo as run_demo
    from vocmine.settings import load_settings

    chosen = load_settings(lang=lang).lang
    _finish(shown(run_demo(out, days=days, per_day=per_day, seed=seed, lang=chosen)), chosen, rejects=False)


@app.command(epilog="Example: vocmine run --contacts notes-2026-11-21.csv --costs costs.yaml --out results")
def run(
    contacts: Contacts,
    out: Out,
    taxonomy: TaxonomyFile = None,
    trade: Trade = None,
    costs: Costs = None,
    audit: Audit = None,
    mapping: Mapping = None,
    settings: SettingsFile = None,
    lang: Lang = None,
    customers: Annotated[
        Path | None, typer.Option("--customers", help="Table of customers: whose contact is it, in which segment.")
    ] = None,
    codes: Codes = None,
    strict: Strict = None,
    notify: Notify = None,
    notify_format: NotifyFormat = None,
    report_contacts: ReportContacts = None,
    fold_below: FoldBelow = None,
) -> None:
    """Do the daily job: tag contacts, watch topics, cost issues, write the report.

    Run it again with the next day's file: it adds to the folder. The same file again changes nothing.
    """
    from vocmine.batch import read_cost_inputs, tagger_for
    from vocmine.batch import run as run_job
    from vocmine.settings import load_settings

    told = {name: None if path is None else str(path) for name, path in (("customers", customers), ("codes", codes))}
    posted = {"notify": notify, "notify_format": notify_format}
    page = {"report_contacts": report_contacts, "fold_below": fold_below}
    chosen = load_settings(settings, lang=lang, strict=strict, trade=trade, **told, **posted, **page)
    inputs = read_cost_inputs(costs, audit, chosen.fixes)
    events = run_job(
        contacts,
        out,
        tagger=tagger_for(taxonomy, chosen),
        model=inputs.model,
        audit=inputs.audit,
        fixes=inputs.fixes,
        mapping=mapping,
        settings=chosen,
    )
    _finish(shown(events), chosen.lang)


@app.command(epilog="Example: vocmine check --contacts notes.csv --mapping columns.yaml")
def check(
    contacts: Contacts,
    mapping: Mapping = None,
    settings: SettingsFile = None,
    encoding: Encoding = None,
    rejected: Annotated[Path | None, typer.Option("--rejected", help="Write the rejected rows to this CSV.")] = None,
    strict: Strict = None,
    suggest_mapping: Annotated[
        bool, typer.Option("--suggest-mapping", help="Write a mapping for the first file (YAML) instead.")
    ] = False,
) -> None:
    """Read contact files; say which column became what, what is doubtful and what is wrong; nothing is stored."""
    from vocmine.batch import check_files, suggest_columns
    from vocmine.settings import load_settings

    chosen = load_settings(settings, encoding=encoding, strict=strict)
    if suggest_mapping:
        typer.echo(suggest_columns(contacts[0], chosen), nl=False)
        return
    found = check_files(contacts, chosen, mapping, rejected)
    for line in found.lines(chosen.lang if settings else "en"):
        typer.echo(line)
    raise typer.Exit(EXIT_REJECTED if found.n_rejected else 0)


@app.command(epilog="Example: vocmine formats")
def formats(
    system: Annotated[str | None, typer.Argument(help="One of them, with its example; all if not given.")] = None,
) -> None:
    """List the systems whose exports are read as they are, and how to hand them over."""
    from vocmine.batch import format_lines

    for line in format_lines(system):
        typer.echo(line)


@app.command(epilog="Example: vocmine tag --contacts notes.csv --to tags.csv")
def tag(
    contacts: Contacts,
    to: Annotated[Path, typer.Option("--to", help="Table of tags: .csv or .parquet.")],
    taxonomy: TaxonomyFile = None,
    trade: Trade = None,
    mapping: Mapping = None,
    encoding: Encoding = None,
    candidates: Annotated[bool | None, typer.Option(help="Write likely reasons too; default: to Parquet only.")] = None,
) -> None:
    """Tag contacts with reasons, sentiment and signals, into one table."""
    from vocmine.batch import tag_files, tagger_for
    from vocmine.settings import load_settings

    chosen = load_settings(encoding=encoding, trade=trade)
    found = tag_files(contacts, to, tagger_for(taxonomy, chosen), mapping, chosen, candidates)
    _say_fit(found.fit, "en")
    for line in found.lines():
        typer.echo(line)
    raise typer.Exit(EXIT_REJECTED if found.n_rejected else 0)


@app.command(epilog="Example: vocmine topics --out results")
def topics(out: Results, settings: SettingsFile = None) -> None:
    """Discover topics in the contacts of a results folder, and tag them."""
    from vocmine.batch import discover_topics
    from vocmine.settings import load_settings

    typer.echo(discover_topics(out, load_settings(settings)))


@app.command(epilog="Example: vocmine audit --out results --costs costs.yaml --to audit.xlsx")
def audit(
    out: Results,
    to: Annotated[Path, typer.Option("--to", help="File to fill in: .xlsx (lists to choose from), .html or .csv.")],
    n: Annotated[int | None, typer.Option(help="Contacts to draw; planned if not given, 50 to 500.", min=1)] = None,
    costs: Costs = None,
    settings: SettingsFile = None,
    lang: Lang = None,
) -> None:
    """Draw contacts to check by hand, those that narrow the costs most; give the file to `vocmine run --audit`."""
    from vocmine.batch import draw_audit, read_cost_model
    from vocmine.settings import load_settings

    typer.echo(draw_audit(out, n, to, load_settings(settings, lang=lang), read_cost_model(costs)))


@app.command(epilog="Example: vocmine backtest --out results --alpha 0.005,0.02,0.05 --to backtest.csv")
def backtest(
    out: Results,
    days: Annotated[int | None, typer.Option(help="Days before the last contact to replay; all if not given.")] = None,
    alpha: Annotated[str, typer.Option(help="Chances of a false alarm on a day that are tried.")] = "0.005,0.02,0.05",
    min_ratio: Annotated[str, typer.Option(help="Least growths that are tried.")] = "2,3",
    settle_days: Annotated[str, typer.Option(help="Days before the first alarm that are tried.")] = "14",
    shuffles: Annotated[int, typer.Option(help="Replays with shuffled days: how often is an alarm false?")] = 1,
    to: Annotated[Path | None, typer.Option("--to", help="Write what would have been told to this CSV.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    settings: SettingsFile = None,
    lang: Lang = None,
) -> None:
    """Replay the stored days with other sensitivities: what would have been told when, and how often falsely."""
    from vocmine.batch import backtest_lines, backtest_plan, backtest_results, table_line, write_told
    from vocmine.settings import load_settings

    chosen = load_settings(settings, lang=lang)
    plan = backtest_plan(alpha, min_ratio, settle_days, days, shuffles, to)
    found = shown_backtest(backtest_results(out, plan, chosen))
    lines = backtest_lines(found, chosen.lang)
    if to is not None:
        write_told(to, found, chosen.lang)
        lines.append(table_line(str(to), chosen.lang))
    typer.echo(found.to_json() if as_json else "\n".join(lines))


@app.command(epilog="Example: vocmine cost --out results --costs costs.yaml")
def cost(out: Results, costs: Costs = None, audit: Audit = None, settings: SettingsFile = None) -> None:
    """Cost the issues of a results folder again, with other rates or an audit."""
    from vocmine.batch import CostInputs, cost_results, no_longer_given, read_audits, read_cost_model
    from vocmine.settings import load_settings

    chosen, inputs = load_settings(settings), CostInputs(read_cost_model(costs), read_audits(audit))
    typer.echo(cost_results(out, chosen, inputs.model, inputs.audit))
    _say_missing([name for name in no_longer_given(out, inputs) if name != "fixes"], chosen.lang)


@app.command(epilog="Example: vocmine explain --out results --issue billing.refund")
def explain(
    out: Results,
    issue: Annotated[str, typer.Option(help="Id of the reason, as in issue_costs.csv, or its name.")],
    settings: SettingsFile = None,
    lang: Lang = None,
) -> None:
    """Say step by step where the cost of an issue comes from: contacts, minutes, rates, correction, rounding."""
    from vocmine.batch import explain_results
    from vocmine.settings import load_settings

    for line in explain_results(out, issue, load_settings(settings, lang=lang).lang):
        typer.echo(line)


@app.command(epilog="Example: vocmine report --out results --costs costs.yaml --lang en")
def report(
    out: Results,
    costs: Costs = None,
    audit: Audit = None,
    fixes: Fixes = None,
    settings: SettingsFile = None,
    lang: Lang = None,
    product: Product = None,
    segment: Segment = None,
    team: Team = None,
    plan: Plan = None,
    channel: Channel = None,
    each: Each = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Only this file (.html, .xlsx, .md: the brief); with --each: into this folder."),
    ] = None,
) -> None:
    """Write the report of a results folder again: in the other language, or of one product, segment or team.

    The pages of all values of a column add up to the whole.
    """
    from vocmine.batch import no_longer_given, read_cost_inputs, report_parts, report_results
    from vocmine.settings import load_settings

    chosen = load_settings(settings, lang=lang)
    inputs = read_cost_inputs(costs, audit, fixes or chosen.fixes)
    asked = {"product": product, "segment": segment, "team": team, "plan": plan, "channel": channel}
    if each is None and to is None and not any(asked.values()):
        for finding in report_results(out, chosen, inputs):
            typer.echo(f"- {finding}")
        typer.echo(f"report: {out / 'report.html'}")
        _say_missing(no_longer_given(out, inputs), chosen.lang)
        return
    made = report_parts(out, chosen, inputs, asked, each=each, to=to)
    if each is None:
        for finding in made[0][1].findings:
            typer.echo(f"- {finding}")
    for path, found in made:
        typer.echo(f"report: {path}" + (f" ({found.title})" if found.title else ""))
    _say_missing(no_longer_given(out, inputs), chosen.lang)


@app.command(
    epilog="Example: vocmine shift --out results --costs costs.yaml --issue billing.refund --from call --to chat "
    "--share 0.3 --minutes 10"
)
def shift(
    out: Results,
    costs: Costs,
    issue: Annotated[str, typer.Option(help="Id of the reason, as in issue_costs.csv.")],
    source: Annotated[str, typer.Option("--from", help="Channel it comes through now.")],
    target: Annotated[str, typer.Option("--to", help="Channel it would come through.")],
    share: Annotated[float, typer.Option(help="Share of its contacts that would move, 0 to 1.")],
    minutes: Annotated[float, typer.Option(help="Handle time of such a contact there, minutes.")],
    returned: Annotated[float, typer.Option(help="Share of them that would come back, 0 to 1.")] = 0.0,
) -> None:
    """Work out what moving some contacts of an issue to another channel would save; nothing is stored."""
    from vocmine.batch import Move, read_cost_model, shift_results
    from vocmine.settings import load_settings

    model = read_cost_model(costs)
    at_once = getattr(model, "concurrency", {}).get(target, 1.0)
    move = Move(issue, source, target, share, minutes * 60, at_once, returned)
    for line in shift_results(out, load_settings(), model, move):
        typer.echo(line)


app.add_typer(lists)


def _say_missing(names: Sequence[str], lang: str) -> None:
    """Say on the side what an earlier run was given and this command was not."""
    for line in missing_lines(names, lang):
        typer.echo(line, err=True)


def _finish(result: RunResult, lang: str, rejects: bool = True) -> None:
    _say_fit(result.fit, lang)
    for line in closing_lines(result, lang):
        typer.echo(line)
    raise typer.Exit(result.exit_code if rejects else 0)


def _say_fit(fit: ListFit | None, lang: str) -> None:
    """Say first, apart from the results, that a list of reasons does not fit."""
    from vocmine.batch import fit_lines

    for line in fit_lines(fit, lang):
        typer.echo(line, err=True)


_SPREAD = {"--contacts", "--audit", "--product", "--segment", "--team", "--plan", "--channel"}


def spread(arguments: list[str]) -> list[str]:
    """Let one ``--contacts``, ``--audit`` or ``--product`` take several values, as a shell's ``*.csv`` gives them.

    Examples
    --------
    >>> spread(["run", "--contacts", "a.csv", "b.csv", "--out", "d"])
    ['run', '--contacts', 'a.csv', '--contacts', 'b.csv', '--out', 'd']
    """
    out: list[str] = []
    option = ""
    for word in arguments:
        if word.startswith("--"):
            option = word
        elif option in _SPREAD and out[-1] != option:
            out.append(option)
        out.append(word)
    return out


def main() -> None:
    """Run the command line; a mistake of the user ends in one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe of Windows may know no Japanese
            stream.reconfigure(errors="replace")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr)
    try:
        app(spread(sys.argv[1:]))
    except VocmineError as error:
        from vocmine.errors import SettingsError

        typer.echo(f"vocmine: {error}", err=True)
        sys.exit(EXIT_WRONG_USE if isinstance(error, SettingsError) else EXIT_FAILED)
    except OSError as error:  # a full disk, a folder without the right to write
        place = f"; where: {error.filename}" if error.filename else ""
        typer.echo(f"vocmine: {error.strerror or type(error).__name__}{place}", err=True)
        sys.exit(EXIT_FAILED)


if __name__ == "__main__":
    main()
