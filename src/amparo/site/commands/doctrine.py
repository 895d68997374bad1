"""``amparo doctrine``: check the law as data, report what is unverified, evaluate examples."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import click

from amparo.core.evaluation import Held
from amparo.core.guides import CHILD
from amparo.core.truth import Truth
from amparo.doctrine import queries, registry
from amparo.site.commands.database import start_django
from amparo.site.paths import home

FOLDER = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=registry.ROOT,
    help="Another doctrine folder, with international/ and countries/.",
)
LANGUAGE = click.option("--language", type=click.Choice(["es", "en"]), default="en", show_default=True)

WORDS = {
    "es": {
        Truth.ESTABLISHED: "establecido",
        Truth.NOT_ESTABLISHED: "no establecido",
        Truth.NOT_ASSESSED: "sin valorar",
        "because": "porque",
        "to_establish": "para establecerlo, lo más corto",
        "to_refute": "para descartarlo, lo más corto",
        "conflict": "respuestas que se contradicen",
        "blocking": "lo que lo impide",
        Held.FACTORS_NOT_WEIGHED: "conclusión en espera: faltan factores por valorar",
        Held.NO_REASONS: "conclusión en espera: faltan los motivos",
        "child": "niña, niño o adolescente",
        "load": "lo verificaría",
        "all": "todos los países",
    },
    "en": {
        Truth.ESTABLISHED: "established",
        Truth.NOT_ESTABLISHED: "not established",
        Truth.NOT_ASSESSED: "not assessed",
        "because": "because",
        "to_establish": "shortest way to establish it",
        "to_refute": "shortest way to rule it out",
        "conflict": "answers that disagree",
        "blocking": "what blocks it",
        Held.FACTORS_NOT_WEIGHED: "conclusion held: factors are still to be weighed",
        Held.NO_REASONS: "conclusion held: reasons are missing",
        "child": "child",
        "load": "to verify it, load",
        "all": "all countries",
    },
}


@click.group()
def doctrine() -> None:
    """Check and read the law as data."""


@doctrine.command()
@FOLDER
def check(folder: Path) -> None:
    """Check every doctrine file and run every example. Exits 1 and names file, line and field.

    Where this installation has a database, also that every version which its procedures keep is there.
    """
    report = queries.check_folder(folder, packs_of(folder))
    for problem in report.problems:
        click.echo(str(problem), err=True)
    if report.problems:
        click.echo(f"{len(report.problems)} problems", err=True)
        sys.exit(1)
    for fault in list_missing_law() if folder == registry.ROOT else ():
        click.echo(fault, err=True)
        sys.exit(1)
    click.echo("Doctrine is sound: " + ", ".join(f"{count} {name}" for name, count in report.counts) + ".")


def list_missing_law() -> list[str]:
    """Return what the start would refuse for: versions that procedures keep and that are gone.

    Without a database of this installation there is nothing to ask, and none is made.
    """
    if not os.environ.get("AMPARO_DATABASE_URL") and not (home() / "amparo.sqlite3").exists():
        return []
    start_django()
    from amparo.site.checks import law_of_procedures_is_here

    return [f"{fault.msg} {fault.hint}" for fault in law_of_procedures_is_here(databases=["default"])]


@doctrine.command()
@FOLDER
@LANGUAGE
@click.option("--country", default="", help="Only the rows of this country (ISO 3166-1 alpha-3).")
def report(folder: Path, language: str, country: str) -> None:
    """List every unverified row with the texts that would verify it: all countries, then each of them."""
    rows = [row for row in list_or_exit(folder) if not country or row.country == country.upper()]
    place = ""
    for row in rows:
        if row.country != place:
            place = row.country
            click.echo(f"\n== {place}: {country_name(place, language)}")
        needs = f" [{', '.join(row.needs)}]" if row.needs else ""
        click.echo(f"{row.kind:<11}{row.status.value:<5}{row.id}: {row.label[language]}{needs}")
        click.echo(f"{'':16}{WORDS[language]['load']}: {'; '.join(text[language] for text in row.load)}")
    by_country = Counter(row.country for row in rows)
    for place, count in sorted(by_country.items()):
        click.echo(f"{country_name(place, language)}: {count}")
    totals = Counter(row.kind for row in rows)
    click.echo(
        f"{len(rows)} unverified rows: " + ", ".join(f"{n} {kind}" for kind, n in sorted(totals.items()))
    )


def packs_of(folder: Path) -> tuple[Path, ...]:
    """Return the installation's own packs beside the shipped doctrine; another folder stands alone."""
    return registry.pack_folders() if folder == registry.ROOT else ()


def country_name(country: str, language: str) -> str:
    if not country:
        return WORDS[language]["all"]
    return registry.get_code_list("country").label(country)[language]


def list_or_exit(folder: Path) -> list[queries.UnverifiedRow]:
    try:
        return queries.list_unverified(folder, packs_of(folder))
    except queries.DoctrineError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@doctrine.command()
@click.argument("guide")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--country", default="", help="ISO 3166-1 alpha-3 code of a country with its own version.")
@FOLDER
@LANGUAGE
def evaluate(guide: str, file: Path, country: str, folder: Path, language: str) -> None:
    """Evaluate the examples in FILE with GUIDE and print the trace."""
    try:
        runs = queries.run_file(folder, guide, file, country=country.upper())
    except queries.DoctrineError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for run in runs:
        click.echo(f"\n== {run.name}: {run.title[language]}")
        print_run(run, language)


def print_run(run: queries.ExampleRun, language: str) -> None:
    """The whole tree with its truths, then why, what is missing, and what disagrees."""
    words, evaluation = WORDS[language], run.evaluation
    print_tree(run, run.guide.logic.root, language, depth=0)

    def named(leaves: object) -> str:
        assert isinstance(leaves, tuple | frozenset)
        return "; ".join(sorted(label_of(run, leaf, language) for leaf in leaves))

    if evaluation.because:
        click.echo(f"  {words['because']}: {named(evaluation.because)}")
    if evaluation.root.to_establish:
        click.echo(f"  {words['to_establish']}: {named(evaluation.root.to_establish[0])}")
    if evaluation.root.to_refute:
        click.echo(f"  {words['to_refute']}: {named(evaluation.root.to_refute[0])}")
    if evaluation.conflicts:
        click.echo(f"  {words['conflict']}: {named(evaluation.conflicts)}")
    if run.guide.is_gate and evaluation.blocking:
        click.echo(f"  {words['blocking']}: {named(evaluation.blocking)}")


def print_tree(run: queries.ExampleRun, element_id: str, language: str, *, depth: int) -> None:
    result, element = run.evaluation.nodes[element_id], run.guide.logic.by_id[element_id]
    held = f" ({WORDS[language][result.held]})" if result.held is not Held.NO else ""
    click.echo(
        f"  {'  ' * depth}{label_of(run, element_id, language)}: {WORDS[language][result.truth]}{held}"
    )
    for child in element.children:
        print_tree(run, child, language, depth=depth + 1)


def label_of(run: queries.ExampleRun, element_id: str, language: str) -> str:
    if element_id == CHILD:
        return WORDS[language]["child"]
    return run.guide.texts[element_id].label[language]
