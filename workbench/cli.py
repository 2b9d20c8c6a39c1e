"""The same work without a browser.

Machine output goes to standard output as JSON, words and progress to standard error. The exit
status is 0 when all is done, 1 when something was refused or left out (each is named), 2 for
wrong use. What a command needs is imported when it runs, so that `--help` is quick.
"""

import functools
import itertools
import json
import os
import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench import user_commands
from workbench.errors import DatabaseProblem, InputError, UnknownName, WorkbenchError
from workbench.settings import DATABASE_VARIABLE, Settings, from_environment, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.models import Project
    from workbench.intake.jsonl import ArticleInput
    from workbench.splitting import Pipelines
    from workbench.splitting.weights import Weights

REFUSED = 1
WRONG_USE = 2

app = typer.Typer(
    name="workbench",
    help="Split articles into claims, review them with sources and verdicts, export the dataset.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(user_commands.app)


class Unit(StrEnum):
    """What `split` prints."""

    claims = "claims"
    sentences = "sentences"


class InputFormat(StrEnum):
    """How `import` reads an input."""

    auto = "auto"
    text = "text"
    jsonl = "jsonl"


class GoldUse(StrEnum):
    """What a claim of known verdict is used for."""

    training = "training"
    hidden = "hidden"


class LabelChoice(StrEnum):
    """Which verdicts an export holds."""

    resolved = "resolved"
    all = "all"


Database = Annotated[
    str | None,
    typer.Option(help=f"The database's URL or file; else ${DATABASE_VARIABLE}, else your own."),
]
Inputs = Annotated[list[str], typer.Argument(help="Text files, .jsonl files, or - .")]
OneInput = Annotated[str, typer.Argument(help="A .jsonl file, or - .")]
RankedBy = Annotated[
    str | None, typer.Option("--project", help="Rank by what this project learned (see train).")
]
ProjectName = Annotated[str | None, typer.Option(help="The project's name; else the oldest.")]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8501,
    database: Database = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(help="A name that people reach it by, as wb.example.org; may be repeated."),
    ] = None,
) -> None:
    """Start the workbench and open it in the browser."""
    from workbench import serving

    settings = _settings(database)
    names = (*settings.allowed_hosts, *(allowed_host or ()))
    serving.serve(
        replace(settings, allowed_hosts=names), host=host, port=port, browser=not no_browser
    )


@app.command()
def split(
    inputs: Inputs,
    published: Annotated[
        str | None, typer.Option(help="When the articles appeared, as YYYY-MM-DD.")
    ] = None,
    unit: Annotated[Unit, typer.Option(help="Claims, or every sentence.")] = Unit.claims,
    project: RankedBy = None,
    database: Database = None,
) -> None:
    """Print the claims of articles, one JSON object a line; no database without --project."""
    from workbench.intake.fields import day
    from workbench.intake.files import existing

    names, appeared = existing(inputs), day(published) if published else None
    weights, refused, taken = _weights(project, database), list[str](), 0
    _pipelines()
    for item, found in _taken_apart(_accepted(names, refused), appeared, unit, weights):
        _say_what_is_missing(item.text, item.where)
        taken += 1
        for line in found:
            _print_line(line if item.id is None else {"id": item.id, **line})
    _end(len(refused), taken=taken)


@app.command()
def score(input: OneInput, project: RankedBy = None, database: Database = None) -> None:
    """Print how check-worthy given sentences are, 0 to 1, one JSON object a line.

    Where they have speakers, they are read as one transcript in order. No database is needed
    without --project.
    """
    from workbench.intake.files import existing, read_input
    from workbench.intake.jsonl import Refused
    from workbench.splitting import score as scored

    refused, sentences = 0, []
    _refuse_binary(existing([input])[0])
    for item in read_input(input, kind="jsonl"):
        if isinstance(item, Refused):
            refused += _refuse(str(item))
        else:
            sentences.append({"id": item.id, "text": item.text, "speaker": item.speaker})
    for line in scored(sentences, weights=_weights(project, database)):
        _print_line(line)
    _end(refused, taken=len(sentences))


@app.command()
def train(
    project: ProjectName = None,
    seed: Annotated[int, typer.Option(help="Deals the articles to folds.")] = 0,
    anyway: Annotated[bool, typer.Option("--anyway", help="Take the weights without a gain.")] = (
        False
    ),
    reset: Annotated[bool, typer.Option("--reset", help="Go back to ours.")] = False,
    database: Database = None,
) -> None:
    """Learn a project's own check-worthiness from its accepted and rejected claims."""
    from db.engine import reading, transaction
    from workbench.workflow import training
    from workbench.workflow.opening import local_user

    engine = opened(database, existing=True)
    with reading(engine) as session:
        chosen = project_named(session, project).id or 0
    with transaction(engine) as session:
        user = local_user(session).id
    if reset:
        changed = training.reset(engine, project_id=chosen, user_id=user)
        _say("Our weights hold again." if changed else "Our weights held already.")
        return
    found = training.train(engine, project_id=chosen, user_id=user, seed=seed, anyway=anyway)
    _say(
        f"Average precision on held-out claims: {found['ap_own']:.3f}, ours {found['ap_ours']:.3f} "
        f"({found['ap_own'] - found['ap_ours']:+.3f})."
    )
    if not found["in_use"]:
        _say(
            "That is no gain, so nothing was changed; --anyway takes the new weights all the same."
        )
    print_json(found)
    _end(0 if found["in_use"] else 1)


@app.command("import")
def import_(
    inputs: Inputs,
    project: ProjectName = None,
    format: Annotated[
        InputFormat, typer.Option(help="How to read the inputs; auto goes by the file's name.")
    ] = InputFormat.auto,
    scheme: Annotated[
        str | None, typer.Option(help="Make the project with this label scheme if need be.")
    ] = None,
    database: Database = None,
) -> None:
    """Store articles and split them right away; print a summary."""
    from workbench import bulk
    from workbench.intake.files import existing

    names, engine = existing(inputs), opened(database)
    summary = bulk.import_all(engine, names, project=project, scheme=scheme, kind=format.value)
    for refusal in summary["refused"]:
        _refuse(f"{refusal['where']}: {refusal['reason']}")
    print_json(summary)
    _end(len(summary["refused"]))


@app.command()
def export(
    format: Annotated[str, typer.Option(help="One of those that `workbench formats` names.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    project: ProjectName = None,
    labels: Annotated[
        LabelChoice, typer.Option(help="Final verdicts, or those of every review.")
    ] = LabelChoice.resolved,
    allow_loss: Annotated[
        bool,
        typer.Option("--allow-loss", help="Claims that the format cannot hold are no failure."),
    ] = False,
    database: Database = None,
) -> None:
    """Write a project's claims to a file."""
    from db.engine import reading
    from workbench.workflow import publishing

    with reading(opened(database, existing=True)) as session:
        chosen = project_named(session, project)
        report = publishing.export(
            session, project_id=chosen.id or 0, format=format, path=out, labels=labels.value
        )
    for left in report.left_out:
        _refuse(f"claim {left.claim_id} is left out: {left.reason}")
    for less in report.flattened:
        _say(f"claim {less.claim_id} is written, but {less.reason}")
    print_json(
        {
            "format": format,
            "path": str(out),
            "selected": report.selected,
            "written": report.written,
            "left_out": [{"claim": le.claim_id, "reason": le.reason} for le in report.left_out],
            "flattened": [{"claim": le.claim_id, "reason": le.reason} for le in report.flattened],
        }
    )
    _end(0 if allow_loss else len(report.left_out))


@app.command()
def gold(
    inputs: Inputs,
    project: ProjectName = None,
    use: Annotated[
        GoldUse, typer.Option(help="What claims are used for of which their row does not say it.")
    ] = GoldUse.training,
    database: Database = None,
) -> None:
    """Mark claims of known verdict; print which ones.

    Inputs are .csv files with a line of headings, or .jsonl: claim (its id), or article (its own
    id) and quote; label (key or title), explanation, use (training or hidden).
    """
    from db.engine import reading, transaction
    from workbench.intake import known
    from workbench.intake.files import existing
    from workbench.workflow import marking
    from workbench.workflow.opening import local_user

    names, engine = existing(inputs), opened(database, existing=True)
    rows, refused = [], list[str]()
    for name in names:
        found, unread = known.read(name)
        rows += [(where, {"use": use.value, **_given(row)}) for where, row in found]
        refused += unread
    with reading(engine) as session:
        chosen = project_named(session, project).id or 0
    with transaction(engine) as session:
        user_id = local_user(session).id or 0
        done = marking.mark_all(session, project_id=chosen, user_id=user_id, rows=rows)
    refused += [f"{each['where']}: {each['reason']}" for each in done["refused"]]
    for reason in refused:
        _refuse(reason)
    print_json({"marked": done["marked"], "refused": refused})
    _end(len(refused))


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "")}


@app.command()
def formats() -> None:
    """Print every format that can be read or written."""
    from exports.base import exporters
    from workbench.intake.files import FORMATS

    print_json(
        {
            "import": [{"name": name, "description": text} for name, text in FORMATS.items()],
            "export": [
                {
                    "name": known.name,
                    "title": known.title,
                    "suffix": known.suffix,
                    "description": known.description,
                }
                for known in exporters().values()
            ],
        }
    )


@app.command()
def stats(project: ProjectName = None, database: Database = None) -> None:
    """Print the figures of Progress: how far a project is, and when it may end."""
    from db.engine import reading
    from workbench.workflow import overseeing

    with reading(opened(database, existing=True)) as session:
        chosen = project_named(session, project)
        print_json(overseeing.stats(session, project_id=chosen.id or 0))


@app.command()
def agreement(
    project: ProjectName = None,
    stage: Annotated[
        str | None, typer.Option(help="verdict, claim, boundaries or stance; else all four.")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(help="Also by outlet, type, kind, label, pair or week; may be repeated."),
    ] = None,
    probable: Annotated[
        bool, typer.Option("--probable", help="Also Dawid and Skene's probable verdicts.")
    ] = False,
    rounds: Annotated[int, typer.Option(min=1, max=100_000, help="Bootstrap samples.")] = 1_000,
    seed: Annotated[int, typer.Option(min=0, help="Of the bootstrap samples.")] = 0,
    database: Database = None,
) -> None:
    """Print how far people agree: coefficients with intervals, stage by stage."""
    from db.engine import reading
    from workbench.workflow import agreement_figures

    with reading(opened(database, existing=True)) as session:
        chosen = project_named(session, project)
        print_json(
            agreement_figures.figures(
                session,
                project_id=chosen.id or 0,
                stage=stage,
                by=by or (),
                probable=probable,
                rounds=rounds,
                seed=seed,
            )
        )


@app.command()
def history(
    project: ProjectName = None,
    claim: Annotated[int | None, typer.Option(help="All on this claim.")] = None,
    person: Annotated[str, typer.Option(help="Who did it, by name.")] = "",
    subject: Annotated[str, typer.Option(help="About what: claim, review, comment …")] = "",
    kind: Annotated[str, typer.Option(help="What happened, as claim.accepted.")] = "",
    day_from: Annotated[str | None, typer.Option("--from", help="YYYY-MM-DD, UTC.")] = None,
    day_to: Annotated[str | None, typer.Option("--to", help="YYYY-MM-DD, UTC.")] = None,
    database: Database = None,
) -> None:
    """Print who did what when, one JSON object a line, the oldest first; no drafts."""
    from db.engine import reading
    from db.queries.history import EventFilter
    from workbench.intake.fields import day
    from workbench.workflow import permitting, tracing

    wanted = EventFilter(
        claim_id=claim,
        person=person,
        subject=subject,
        kind=kind,
        day_from=day(day_from) if day_from else None,
        day_to=day(day_to) if day_to else None,
    )
    with reading(opened(database, existing=True)) as session:
        project_id = project_named(session, project).id or 0
        viewer = permitting.sight(
            session, project_id=project_id, user_id=None, activity="see history"
        )
        for line in tracing.lines(session, viewer, wanted):
            _print_line(line)


@app.command()
def migrate(database: Database = None) -> None:
    """Bring the database to the newest schema; makes it if it is not there."""
    from db.migrations import upgrade
    from workbench.workflow.opening import open_workbench
    from workbench.workflow.problems import database_problems

    engine = _engine(_settings(database).database_url)
    with database_problems():
        before, after = upgrade(engine)
    open_workbench(engine, sample=False)
    print_json({"database": _shown(engine), "before": before, "after": after})


@app.command()
def doctor(
    database: Database = None,
    reindex: Annotated[
        bool, typer.Option("--reindex", help="First write the search's index anew.")
    ] = False,
    recount: Annotated[
        bool, typer.Option("--recount", help="First count the numbers of Progress anew.")
    ] = False,
    head: Annotated[
        str, typer.Option(help="The history's head as an earlier report gave it, to find again.")
    ] = "",
) -> None:
    """Check that everything that must hold in the database does; by itself it changes nothing."""
    from workbench.workflow import checking

    engine = _engine(_settings(database).database_url)
    _refuse_missing(engine)
    if reindex:
        checking.reindex(engine)
    if recount:
        checking.recount(engine)
    report = checking.findings(engine, head=head)
    for name, found in report["checks"].items():
        _say(f"{name}: {'; '.join(found) or 'ok'}")
    _say("All is well." if report["ok"] else "Something is wrong; see above.")
    print_json(report)
    _end(0 if report["ok"] else 1)


@app.command(hidden=True)
def worker(
    database: Database = None,
    with_parent: Annotated[bool, typer.Option("--with-parent")] = False,
) -> None:
    """Run one worker process; `serve` does this by itself."""
    from workbench import worker as process

    arguments = ["--database", _settings(database).database_url]
    raise typer.Exit(process.main([*arguments, *(["--with-parent"] if with_parent else [])]))


def main() -> None:
    """The `workbench` command: never a traceback for what a user can mend."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except WorkbenchError as error:
        _say(str(error))
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        sys.exit(130)


def _settings(database: str | None) -> Settings:
    known = from_environment()
    url = database or known.database_url
    return replace(known, database_url=url if "://" in url else sqlite_url(Path(url)))


def _engine(url: str) -> "Engine":
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    from db.engine import open_engine

    try:
        return open_engine(url)
    except (ArgumentError, NoSuchModuleError):
        raise InputError(
            "This is no database URL; write sqlite:///FILE or another SQLAlchemy URL."
        ) from None
    except ModuleNotFoundError as error:
        raise InputError(f"The driver {error.name!r} of this database is not installed.") from None


def opened(database: str | None, *, existing: bool = False) -> "Engine":
    from workbench.workflow.opening import open_workbench

    engine = _engine(_settings(database).database_url)
    if existing:
        _refuse_missing(engine)
    open_workbench(engine, sample=False)
    return engine


def _refuse_missing(engine: "Engine") -> None:
    """A slip in the name must not make a new, empty database."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name.startswith((":", "file:")):
        return
    if not Path(name).is_file():
        raise DatabaseProblem(f"There is no database at {name}; `workbench serve` makes one.")


def _shown(engine: "Engine") -> str:
    return engine.url.render_as_string(hide_password=True)


def project_named(session: "Session", name: str | None) -> "Project":
    from db.queries import projects
    from workbench.workflow.opening import default_project

    if name is None:
        return default_project(session)
    found = projects.by_name(session, name=name)
    if found is None:
        known = [project.name for project in projects.all_projects(session)]
        raise UnknownName("project", name, known)
    return found


def _accepted(names: list[str], refused: list[str]) -> "Iterator[ArticleInput]":
    """The articles of the inputs; what cannot be split is named at once and noted in `refused`."""
    from workbench.intake.files import read_input
    from workbench.intake.jsonl import Refused

    for item in itertools.chain.from_iterable(map(read_input, names)):
        if isinstance(item, Refused):
            refused.append(str(item))
        elif problem := _why_not_split(item):
            refused.append(problem)
        else:
            yield item
            continue
        _refuse(refused[-1])


def _why_not_split(item: "ArticleInput") -> str:
    """Where the article stands and why it cannot be split; empty if it can."""
    from workbench.splitting import check

    try:
        check(item.text)
    except WorkbenchError as error:
        return f"{item.where}: {error}"
    return ""


def _taken_apart(
    items: "Iterator[ArticleInput]",
    published: date | None,
    unit: Unit,
    weights: "Weights | None",
) -> "Iterator[tuple[ArticleInput, list[dict[str, Any]]]]":
    """Each article with its lines; articles of one language that follow each other are parsed
    in batches."""
    from workbench.splitting import sentences_many, split_many, weighed

    for nlp, alike in itertools.groupby(items, key=lambda item: _pipelines().reading(item.text)):
        texts = ((item, item.text, item.published_on or published, item.speaker) for item in alike)
        if unit is Unit.sentences:
            for item, sentences in sentences_many(texts, nlp=nlp):
                yield item, [found.as_json() for found in sentences]
        else:
            for item, claims in split_many(texts, nlp=nlp):
                yield item, [found.as_json() for found in weighed(claims, weights)]


@functools.cache
def _pipelines() -> "Pipelines":
    """The pipelines of the settings, loaded once."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from workbench.splitting import load_pipelines

    known = from_environment()
    return load_pipelines(known.model, known.models)


def _say_what_is_missing(text: str, where: str) -> None:
    from workbench.splitting.languages import what_is_missing

    missing = what_is_missing(text, _pipelines().reading(text))
    if missing:
        _say(f"{where}: split into sentences and direct quotations only: {missing}.")


def _refuse_binary(name: str) -> None:
    """A file of no lines at all gets one sentence, not one for each of its line feeds."""
    if name == "-":
        return
    with Path(name).open("rb") as file:
        if b"\0" in file.read(10_000):
            raise InputError(f"{name} is binary, not lines of JSON in UTF-8.")


def _weights(project: str | None, database: str | None) -> "Weights | None":
    """The project's own weights; None where ours hold."""
    if project is None:
        return None
    from db.engine import reading
    from workbench.workflow.training import weights_of

    with reading(opened(database, existing=True)) as session:
        return weights_of(session, project_id=project_named(session, project).id or 0)


def _print_line(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False))


def print_json(value: dict[str, Any] | list[Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _say(words: str) -> None:
    print(f"workbench: {words}", file=sys.stderr)


def _refuse(words: str) -> int:
    _say(words)
    return 1


def _end(n_refused: int, *, taken: int = 1) -> None:
    """Leave with 1 where some were refused, with 2 where none was `taken`."""
    if n_refused:
        raise typer.Exit(REFUSED if taken else WRONG_USE)


if __name__ == "__main__":
    main()
