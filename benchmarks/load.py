"""Ten people ask while papers are taken in and removed: errors, wrong councils, requests a second.

    python -m benchmarks.load [QUESTIONS [SECONDS]]        default: 1200 540

1,200 questions are an hour of ten people who ask one each half a minute. Meanwhile another process
goes on replacing one council's paper by another version of it, and removing and taking in another.
Each answer must be of the council that was asked about, and of a whole state: the figure that
changes is one of its two values, in the text as in what is cited.
"""

import random
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.access.viewer import OPERATOR, PUBLIC, Role, Viewer
from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.operations.limits import AskingLimits
from assistant.settings import DEMO_CORPUS
from benchmarks.measures import Spread, peak_mib

_PEOPLE = 10
_CHANGED = "castlebourne-cpp-2024-09-19"
_COMES_AND_GOES = "averonshire-cfsp-2025-03-20"
_COUNCILS = {
    "Averonshire": "Averonshire County Council",
    "Castlebourne": "Castlebourne City Council",
}
_QUESTIONS = (
    ("Averonshire", "How many children were looked after in Averonshire in March 2024?"),
    ("Averonshire", "How did dental checks in Averonshire change between June 2023 and May 2024?"),
    ("Averonshire", "What did Averonshire's Corporate Parenting Board decide about bus passes?"),
    ("Averonshire", "Who chaired Averonshire's Corporate Parenting Board on 9 May 2024?"),
    ("Castlebourne", "Who was to check the July 2023 count in Castlebourne, and by when?"),
    ("Castlebourne", "What is outstanding on the Tanyard dental session in Castlebourne?"),
    ("Castlebourne", "How many children were looked after in Castlebourne in July 2024?"),
    ("Castlebourne", "What was decided in Castlebourne in March 2024?"),
)
_REPLACES = f"""
import sys, time
from pathlib import Path
from assistant.assistant import Assistant
from ingest.errors import BoardPapersError
store, papers = Path(sys.argv[1]), Path(sys.argv[2])
changed, goes = papers / "{_CHANGED}.md", papers / "{_COMES_AND_GOES}.md"
plain = changed.read_text("utf-8")
done = 0
with Assistant.open(store) as assistant:
    while True:
        version = plain if done % 2 else plain + "\\n\\nA later note of the clerk, " * 3
        changed.write_text(version, "utf-8")
        report = assistant.ingest([changed])
        assert not report.refused, report
        assistant.remove(goes.stem)
        assistant.ingest([goes])
        done += 1
        print(done, flush=True)
        time.sleep(1)
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What was held: questions, the time of each, errors, answers of a wrong council."""

    people: int
    questions: int
    seconds: float
    a_second: float
    each: Spread
    errors: int
    wrong_council: int
    changes_meanwhile: int
    outcomes: dict[str, int]
    peak_mib: float


def held(questions: int, seconds: float) -> Load:
    """Puts the load on a store of the demonstration papers."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(DEMO_CORPUS, folder / "papers")
        with Assistant.open(folder / "store", viewer=OPERATOR) as first:
            first.ingest([folder / "papers"])
        log = folder / "changes"
        with (
            Desk(folder / "store", limits=AskingLimits(per_minute=10**6)) as desk,
            log.open("w") as told,
            subprocess.Popen(
                [sys.executable, "-c", _REPLACES, str(folder / "store"), str(folder / "papers")],
                stdout=told,
            ) as writer,
        ):
            try:
                return _asked(desk, questions, seconds, log)
            finally:
                writer.terminate()


def _asked(desk: Desk, questions: int, seconds: float, log: Path) -> Load:
    took: list[float] = []
    outcomes: Counter[str] = Counter()
    errors: list[str] = []
    wrong: list[str] = []
    lock = threading.Lock()
    began = time.perf_counter()

    def person(number: int) -> None:
        chooses = random.Random(number)
        viewer = PUBLIC if number % 2 else Viewer(Role.OFFICER, f"officer {number}")
        while time.perf_counter() - began < seconds:
            council, question = chooses.choice(_QUESTIONS)
            started = time.perf_counter()
            try:
                answer = desk.ask(viewer, question, door="load")
            # Whatever goes wrong is what is counted here.
            except Exception as error:
                with lock:
                    errors.append(f"{type(error).__name__}: {error}")
                continue
            with lock:
                took.append(time.perf_counter() - started)
                outcomes[answer.outcome.value] += 1
                if not _is_of(answer, council):
                    wrong.append(f"{question} → {answer.text}")
                if len(took) >= questions:
                    return

    with ThreadPoolExecutor(_PEOPLE) as pool:
        list(pool.map(person, range(_PEOPLE)))
    lasted = time.perf_counter() - began
    for line in (*Counter(errors).most_common(5), *wrong[:5]):
        print(line, file=sys.stderr)
    return Load(
        _PEOPLE,
        len(took),
        lasted,
        len(took) / lasted,
        Spread.of(took),
        len(errors),
        len(wrong),
        len(log.read_text().split()),
        dict(outcomes),
        peak_mib(),
    )


def _is_of(answer: Answer, council: str) -> bool:
    """Whether an answer rests on papers of the council that was asked about, and on no other."""
    cited = {citation.council for citation in answer.citations}
    return cited <= {_COUNCILS[council]} and answer.outcome is not Outcome.ERROR


def main() -> None:
    """Runs it and prints the figures."""
    given = [int(word) for word in sys.argv[1:3]]
    questions, seconds = given + [1200, 540][len(given) :]
    load = held(questions, seconds)
    print(asdict(load))


if __name__ == "__main__":
    main()
