"""The walls between the rooms, and what must not stand in the project's files."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from typer.main import get_command

from assistant import cli
from assistant.answer import (
    CONTRACT_VERSION,
    Answer,
    Citation,
    Figure,
    Outcome,
    Receipt,
    Retrieved,
    Route,
    Searched,
)
from assistant.examples import EXAMPLES

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ingest", "indicators", "assistant", "evals")
KNOWS = {
    "chromadb": {"ingest/vectors.py"},
    "fastapi": {"assistant/interfaces/"},
    "langchain_core": {"ingest/embedding.py", "assistant/language_model/model.py"},
    "langchain_openai": {"assistant/language_model/model.py"},
    "mcp": {"assistant/interfaces/tools.py"},
    "openai": {"assistant/language_model/model.py"},
    "psycopg": {"ingest/postgres.py"},
    "sqlalchemy": {"ingest/postgres.py"},
    "starlette": {"assistant/interfaces/"},
    "streamlit": {"app.py", "served.py", "app_pages/"},
    "typer": {"assistant/cli/", "evals/cli.py"},
    "uvicorn": {"assistant/cli/serving.py"},
}
_MADE = re.compile(r"\.(?!ci$|streamlit$|gitignore$)|build$|dist$|__pycache__$|.*\.egg-info$")
_TEXT = {
    "", ".cfg", ".css", ".csv", ".ini", ".json", ".jsonl", ".lock", ".md", ".py", ".toml", ".txt",
    ".yaml", ".yml",
}  # fmt: skip
# A folder of one machine, or an option that says where packages come from.
_FOLDER = r"(?<![\w.~])/(?:home|root|Users|work|opt|mnt|srv|private)/\w"
_SOURCE = r"(?:--(?:extra-)?index-url|--find-links|--trusted-host)[ =]*[\w.$/:]"
_LOCAL = re.compile(f"{_FOLDER}|{_SOURCE}")
_ADDRESS = re.compile(r"https?://(?!localhost|127\.0\.0\.1)")
_BUILD_FILES = {"Makefile", "run", "pyproject.toml"}


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from (ROOT / room).rglob("*.py")
    yield from (ROOT / "app.py", ROOT / "served.py")
    yield from (ROOT / "app_pages").rglob("*.py")


def imports_of(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the full name"
            found.add((node.module or "").split(".")[0])
    return found


def tracked() -> Iterator[Path]:
    """The files that a commit would hold: git's word where there is git, else the folder's."""
    for path in _listed_by_git() or sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        if path.is_file() and not any(map(_MADE.match, inside)):
            yield path


def _listed_by_git() -> list[Path]:
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        return []
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in done.stdout.split("\0") if name]


@pytest.mark.parametrize("package", KNOWS)
def test_each_library_is_known_in_one_place(package: str) -> None:
    knowing = {str(p.relative_to(ROOT)) for p in sources() if package in imports_of(p)}

    assert not {path for path in knowing if not path.startswith(tuple(KNOWS[package]))}


def test_rooms_import_one_way() -> None:
    for path in sources():
        where = path.relative_to(ROOT).parts[0]
        later = ROOMS[ROOMS.index(where) + 1 :] if where in ROOMS else ("evals", "indicators")
        page = () if where in ("app.py", "served.py", "app_pages") else ("app_pages",)
        assert not imports_of(path) & {*later, *page, "app", "tests"}, path


def test_every_import_is_a_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {
        re.split(r"[=<>\[]", line)[0].replace("-", "_").lower()
        for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    }
    # As pytrec-eval-terrier, PyStemmer, pillow, python-docx and vl-convert-python.
    declared |= {"pytrec_eval", "Stemmer", "PIL", "docx", "vl_convert"}
    imported = set().union(*(imports_of(path) for path in sources()))

    assert imported - set(sys.stdlib_module_names) - {*ROOMS, "app_pages"} <= declared


def lines_with(pattern: re.Pattern[str], paths: Iterable[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:90]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_folder_of_this_machine_or_a_source_of_packages() -> None:
    me = Path(__file__).resolve()
    texts = [path for path in tracked() if path.suffix in _TEXT and path != me]

    assert lines_with(_LOCAL, texts) == []


def test_what_builds_the_project_names_no_address() -> None:
    building = [p for p in tracked() if p.name in _BUILD_FILES or p.suffix == ".lock"]

    assert len(building) >= 6
    assert lines_with(_ADDRESS, building) == []


@pytest.mark.parametrize(
    "line",
    [
        "x = open('/home/ann/store')",
        "--index-url https://packages.example/simple",
        "--find-links=/opt/wheels",
    ],
)
def test_the_check_for_such_names_finds_them(line: str) -> None:
    assert _LOCAL.search(line)


def test_locks_pin_every_package_by_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-model.lock"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^[a-z][\w.\[\]-]*==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.M)
        assert pins and len(pins) == len(re.findall(r"^[^\s#]", text, re.M)), name


def test_every_command_and_option_is_in_the_docs() -> None:
    docs = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"))
    )
    missing = [
        f"{command}: {word}"
        for command, words in _commands(get_command(cli.app)).items()
        for word in (f"boardpapers {command}", *words)
        if word not in docs
    ]

    assert missing == []


def _commands(group: object, before: str = "") -> Mapping[str, list[str]]:
    """Each command by its words, with its long options."""
    found: dict[str, list[str]] = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            found |= _commands(command, f"{before}{name} ")
        else:
            options = [word for param in command.params for word in param.opts]
            found[f"{before}{name}"] = [word for word in options if word.startswith("--")]
    return found


def test_the_readme_lists_the_questions_to_try() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert len(EXAMPLES) == 10
    assert [e.question for e in EXAMPLES if e.question not in readme] == []


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    explained = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]

    assert [line for line in lines if f"| {line.split('==')[0]} |" not in explained] == []


def test_the_contract_in_the_docs_is_the_one_in_the_code() -> None:
    docs = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    written = json.loads(docs.split("```json\n")[1].split("```")[0])
    figure = Figure("", 0.0, "", None, None, "", None, (1,))
    citation = Citation(1, "", "", None, None, None, None, None, None, "")
    answer = Answer(
        "", Outcome.ANSWERED, Route.NONE, "", Searched(0, (), None, None, 0), (figure,),
        (citation,), (), (Retrieved("", None, "", 0.0),), Receipt({}, {}, "none", {}),
    ).to_json()  # fmt: skip

    assert written["version"] == CONTRACT_VERSION
    assert written.keys() == answer.keys()
    for name in ("figures", "citations", "retrieved"):
        assert written[name][0].keys() == answer[name][0].keys(), name
    for name in ("searched", "receipt"):
        assert written[name].keys() == answer[name].keys(), name
    values = [*Outcome, *Route]
    assert [value for value in values if f"`{value}`" not in docs] == []


def test_the_tests_that_the_docs_name_exist() -> None:
    docs = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", docs)

    assert named
    for path, test in named:
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), (path, test)
