"""The commands around lists of reasons: which fits, drafting one, teaching it, codes of agents, moving to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vocmine.cli_options import Contacts, Encoding, Lang, Mapping, Out, Results, SettingsFile, TaxonomyFile, Trade

lists = typer.Typer()


@lists.command(epilog="Example: vocmine trades --contacts notes.csv")
def trades(
    contacts: Annotated[list[str] | None, typer.Option(help="Contact files: which list fits them?")] = None,
    mapping: Mapping = None,
    encoding: Encoding = None,
    lang: Lang = None,
) -> None:
    """List the trades that have a list of reasons; with contacts, say which one fits them."""
    from vocmine.batch import trade_lines
    from vocmine.settings import load_settings

    for line in trade_lines(contacts or (), load_settings(lang=lang, encoding=encoding), mapping):
        typer.echo(line)


@lists.command(epilog="Example: vocmine fit --contacts labelled.csv --label reason --out model")
def fit(
    contacts: Contacts,
    out: Out,
    label: Annotated[
        str | None, typer.Option(help="Column with the right reason; without one, the texts alone are learned from.")
    ] = None,
    taxonomy: TaxonomyFile = None,
    trade: Trade = None,
    mapping: Mapping = None,
    encoding: Encoding = None,
) -> None:
    """Learn contact reasons from labelled contacts, or from contacts without labels, and save the model."""
    from vocmine.batch import fit_files
    from vocmine.settings import load_settings

    typer.echo(fit_files(contacts, label, out, taxonomy, mapping, load_settings(encoding=encoding, trade=trade)))


@lists.command(epilog="Example: vocmine codes --contacts notes.csv --out codes.yaml")
def codes(
    contacts: Contacts,
    out: Annotated[Path, typer.Option("--out", help="Code mapping to write (YAML), to look through and fill in.")],
    taxonomy: TaxonomyFile = None,
    mapping: Mapping = None,
    settings: SettingsFile = None,
    lang: Lang = None,
) -> None:
    """Propose what the agents' codes mean, by their names and by the texts under them; then: `vocmine run --codes`."""
    from vocmine.batch import propose_codes, tagger_for
    from vocmine.settings import load_settings

    chosen = load_settings(settings, lang=lang)
    for line in propose_codes(contacts, out, tagger_for(taxonomy, chosen), mapping, chosen):
        typer.echo(line)


@lists.command(epilog="Example: vocmine propose --contacts notes.csv --out reasons.yaml --lang ja")
def propose(
    contacts: Contacts,
    out: Annotated[Path, typer.Option("--out", help="YAML to write: edit it, then give it to --taxonomy.")],
    previous: Annotated[
        Path | None, typer.Option("--previous", help="An earlier list: its ids are kept, what is new or gone is said.")
    ] = None,
    mapping: Mapping = None,
    settings: SettingsFile = None,
    encoding: Encoding = None,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the comments: ja or en.")] = None,
) -> None:
    """Draft a list of contact reasons from contacts, with masked examples, for a person to edit."""
    from vocmine.batch import propose_files
    from vocmine.settings import load_settings

    chosen = load_settings(settings, lang=lang, encoding=encoding)
    for line in propose_files(contacts, out, mapping, chosen, previous):
        typer.echo(line)


@lists.command(epilog="Example: vocmine suggest --out results --n 50 --to label.csv")
def suggest(
    out: Results,
    to: Annotated[Path, typer.Option("--to", help="CSV to fill in.")],
    n: Annotated[int, typer.Option(help="Contacts to label.", min=1)] = 50,
    taxonomy: TaxonomyFile = None,
    trade: Trade = None,
    settings: SettingsFile = None,
) -> None:
    """Choose the contacts most worth labelling; fill in the column `label` and give the file to `vocmine fit`."""
    from vocmine.batch import suggest as suggest_contacts
    from vocmine.batch import tagger_for
    from vocmine.settings import load_settings

    chosen = load_settings(settings, trade=trade)
    typer.echo(suggest_contacts(out, n, to, chosen, tagger_for(taxonomy, chosen)))


@lists.command(epilog="Example: vocmine migrate --out results --taxonomy reasons-2.yaml")
def migrate(
    out: Results,
    taxonomy: Annotated[
        Path | None, typer.Option("--taxonomy", help="The new list of reasons: YAML, or a folder of fit.")
    ] = None,
    trade: Trade = None,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="YAML with the new id of an old one, as `billing.points: rewards`.")
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Move the stored tags under a changed list of reasons, so that months before and after can be compared."""
    from vocmine.batch import migrate_results, tagger_for
    from vocmine.errors import SettingsError
    from vocmine.settings import load_settings

    chosen = load_settings(settings, trade=trade)
    if taxonomy is None and chosen.trade is None:
        raise SettingsError("no new list of reasons was given", where="migrate", expected="--taxonomy or --trade")
    for line in migrate_results(out, tagger_for(taxonomy, chosen), chosen, mapping):
        typer.echo(line)
