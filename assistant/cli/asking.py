"""`ask`, `search` and `chat`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.base import (
    AsJson,
    Committees,
    Councils,
    Demo,
    PaperKinds,
    Since,
    Store,
    Until,
    app,
    complain,
    console,
    folder_of,
    make_sure_of_papers,
    opened,
    scope_of,
    write_text,
)
from ingest.errors import BoardPapersError

if TYPE_CHECKING:
    from assistant.answer import Answer, Scope
    from assistant.assistant import Assistant


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question, in quotation marks.", show_default=False)
    ] = None,
    as_json: AsJson = False,
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    kind: PaperKinds = None,
    history: Annotated[
        Path | None,
        typer.Option(help='Earlier turns: a JSON list of {"role", "content"}.'),
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(help='Questions to answer: JSON Lines of {"id", "question", "history"?}.'),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where --batch writes its answers (JSON Lines).")
    ] = None,
    receipt: Annotated[
        Path | None, typer.Option(help="Keep the answer with its receipt in this file (JSON).")
    ] = None,
    demo: Demo = False,
    store: Store = None,
) -> None:
    """Answer a question from the papers held, or say that they don't answer it."""
    if (question is None) == (batch is None):
        raise BoardPapersError('Give either a question ("..." in quotation marks) or --batch.')
    if (batch is None) != (out is None):
        raise BoardPapersError("--batch and --out go together: name the file that is missing.")
    if question is not None and not question.strip():
        raise BoardPapersError("The question is empty: write one in quotation marks.")
    if receipt and batch:
        raise BoardPapersError("--receipt keeps one answer: leave it out, --out has the receipts.")
    from assistant.audit.recording import note_of_process

    with opened(store, asking=True) as assistant:
        make_sure_of_papers(assistant, demo=demo)
        scope = scope_of(assistant, council, committee, since, until, kind)
        if batch and out:
            _ask_batch(assistant, batch, out, scope)
        elif question:
            answer = _ask_one(assistant, question, history, scope, as_json=as_json)
            note_of_process(folder_of(store), assistant.viewer, question, answer)
            if receipt:
                _keep(assistant, answer, receipt)


@app.command()
def search(
    question: Annotated[
        str, typer.Argument(help="A question or words, in quotation marks.", show_default=False)
    ],
    limit: Annotated[int, typer.Option(min=1, max=100, help="Passages at most.")] = 10,
    as_json: AsJson = False,
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    kind: PaperKinds = None,
    store: Store = None,
) -> None:
    """Find passages, the best first, with why each one ranks."""
    if not question.strip():
        raise BoardPapersError("The question is empty: write one in quotation marks.")
    with opened(store, searching=True) as assistant:
        make_sure_of_papers(assistant, demo=False)
        scope = scope_of(assistant, council, committee, since, until, kind)
        _search(assistant, question, limit, scope, as_json=as_json)


@app.command()
def chat(
    demo: Demo = False,
    port: Annotated[int, typer.Option(help="Port of the page on this machine.")] = 8501,
    browser: Annotated[
        bool, typer.Option(help="Open the page in the browser once it is ready.")
    ] = True,
    store: Store = None,
) -> None:
    """Open the page for asking; with an empty store it offers the demonstration papers."""
    from assistant.serving import serve

    folder = folder_of(store)
    if demo:
        with opened(store) as assistant:
            make_sure_of_papers(assistant, demo=True)
    raise typer.Exit(serve(folder, port, open_browser=browser))


def _ask_one(
    assistant: Assistant, question: str, history: Path | None, scope: Scope, *, as_json: bool
) -> Answer:
    from assistant.batch import read_history
    from assistant.terminal import json_text, show_answer, show_streamed

    turns = read_history(history) if history else ()
    screen = console()
    if not as_json and screen.is_terminal:
        answer = show_streamed(screen, assistant.stream(question, turns, scope))
    else:
        answer = assistant.ask(question, turns, scope)
        if as_json:
            typer.echo(json_text(answer.to_json()))
        else:
            show_answer(screen, answer)
    _tell_way(assistant)
    return answer


def _keep(assistant: Assistant, answer: Answer, path: Path) -> None:
    from assistant.receipts import papers_held, receipt_json
    from assistant.terminal import json_text

    write_text(path, json_text(receipt_json(answer, papers_held(assistant))) + "\n")


def _search(
    assistant: Assistant, question: str, limit: int, scope: Scope, *, as_json: bool
) -> None:
    from assistant.terminal import json_text, show_results

    found = assistant.search(question, scope, limit)
    if as_json:
        objects = [result.to_json(rank) for rank, result in enumerate(found, 1)]
        told = {"question": question, "by_meaning": assistant.by_meaning, "results": objects}
        typer.echo(json_text(told))
    else:
        show_results(console(), found)
    _tell_way(assistant)


def _tell_way(assistant: Assistant) -> None:
    """Say so where passages were found by words alone."""
    if not assistant.by_meaning:
        complain(
            "Searched by words alone: there are no vectors of these papers, or no embedding model "
            "(docs/search.md)."
        )


def _ask_batch(assistant: Assistant, batch: Path, out: Path, scope: Scope) -> None:
    from assistant.batch import answer_all, read_questions
    from assistant.terminal import AskProgress

    questions = read_questions(batch)
    errors = console(errors=True)
    with AskProgress(errors, len(questions)) as on_answered:
        failures = answer_all(assistant, questions, out, scope, on_answered)
    typer.echo(f"{len(questions)} answers written to {out}", err=True)
    _tell_way(assistant)
    for failure in failures:
        complain(f"{failure.id} ended in an error ({type(failure.error).__name__}).")
    if failures:
        raise typer.Exit(1)
