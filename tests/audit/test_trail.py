"""The audit: what it holds, what it never holds, and that nobody changes it unnoticed."""

import json
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import cli
from assistant.access.settings import viewer_of_process
from assistant.access.signing_in import Roles, read_people, viewer_from
from assistant.access.viewer import OPERATOR, PUBLIC, Role, Viewer
from assistant.audit.recording import AuditSettings, audit_settings, open_trail
from assistant.audit.trail import BrokenTrail, Entry, Trail
from assistant.desk import Desk
from assistant.operations.health import health
from assistant.operations.limits import AskingLimits, Rates, TooMuch
from assistant.operations.logs import set_up_logs
from assistant.operations.metrics import exposition
from assistant.settings import BadSetting
from ingest.errors import BoardPapersError, StoreError
from ingest.sight import Committee
from tests.small_pack import write_small_pack

QUESTION = "How many children were looked after in January 2024?"
PERSON = Viewer(Role.MEMBER, "a.member@council.example")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audited")
    pack = write_small_pack(folder)
    ran = CliRunner().invoke(cli.app, ["ingest", str(pack), "--store", str(folder / "store")])
    assert ran.exit_code == 0, ran.output
    return folder / "store"


def entry(number: int, at: str = "2024-07-18T10:00:00+00:00") -> Entry:
    return Entry(at, "somebody", "public", "page", "ask", f"question {number}", "answered", ("p",))


def test_who_asked_what_and_what_was_shown_without_its_words(store: Path, tmp_path: Path) -> None:
    with Desk(store) as desk:
        answer = desk.ask(PERSON, QUESTION, door="api")
    with Trail(store) as trail:
        last = trail.entries()[-1]
        assert trail.verify().entries == len(trail.entries())
    assert (last.who, last.role, last.door, last.did) == (PERSON.name, "member", "api", "ask")
    assert (last.asked, last.outcome) == (QUESTION, "answered")
    assert last.shown and all(answer.citations[0].paper in place for place in last.shown)
    assert answer.citations[0].quote not in str(last)


@pytest.mark.parametrize(("kept", "told"), [("text", True), ("hash", False), ("none", False)])
def test_a_setting_says_what_is_kept_of_a_question(
    store: Path, monkeypatch: pytest.MonkeyPatch, kept: str, told: bool
) -> None:
    monkeypatch.setenv("BOARDPAPERS_AUDIT_QUESTIONS", kept)
    with Desk(store) as desk:
        desk.ask(PUBLIC, f"{QUESTION} {kept}")
    with Trail(store) as trail:
        last = trail.entries()[-1]
    assert (QUESTION in last.asked) is told
    assert bool(last.asked) is (kept != "none")


def changed(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path / "audit.sqlite3")) as connection:
        connection.execute("DROP TRIGGER IF EXISTS entries_stay")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = replace(body, 'somebody', 'another') WHERE id = 3",
        "UPDATE entry SET body = replace(body, 'question 1', 'question 9') WHERE id = 2",
        "UPDATE entry SET hash = (SELECT hash FROM entry WHERE id = 4) WHERE id = 5",
        "DELETE FROM entry WHERE id = 1",
        "DELETE FROM entry WHERE id = 3",
        "INSERT INTO entry SELECT 99, body, hash FROM entry WHERE id = 2",
        "UPDATE entry SET id = CASE id WHEN 2 THEN 200 ELSE id END",
    ],
)
def test_what_is_changed_shows(tmp_path: Path, statement: str) -> None:
    with Trail(tmp_path) as trail:
        for number in range(6):
            trail.append(entry(number))
        assert trail.verify().entries == 6
    changed(tmp_path, statement)
    with Trail(tmp_path) as trail, pytest.raises(BrokenTrail, match="was changed at entry"):
        trail.verify()


def test_entries_are_never_changed_by_way_of_the_file(tmp_path: Path) -> None:
    with Trail(tmp_path) as trail:
        trail.append(entry(1))
    with (
        closing(sqlite3.connect(tmp_path / "audit.sqlite3")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="never changed"),
    ):
        connection.execute("UPDATE entry SET body = ''")


def test_a_cut_end_shows_beside_a_head_that_was_noted(tmp_path: Path) -> None:
    with Trail(tmp_path) as trail:
        for number in range(4):
            trail.append(entry(number))
        head = trail.verify().head
    changed(tmp_path, "DELETE FROM entry WHERE id = 4")
    with Trail(tmp_path) as trail:
        assert trail.verify().entries == 3
        assert not trail.holds(head)
    words = ["audit", "verify", "--head", head, "--store", str(tmp_path)]
    result = CliRunner().invoke(cli.app, words)
    assert result.exit_code == 1 and "its end was cut off" in result.output


def test_without_the_key_the_chain_can_t_be_made_anew(tmp_path: Path) -> None:
    with Trail(tmp_path, "a key of the council's") as trail:
        trail.append(entry(1))
    with Trail(tmp_path, "a key of the council's") as trail:
        assert trail.verify().entries == 1
    with Trail(tmp_path) as trail, pytest.raises(BrokenTrail):
        trail.verify()


def test_what_is_older_than_the_setting_is_deleted_and_the_chain_goes_on(tmp_path: Path) -> None:
    old = (datetime.now(UTC) - timedelta(days=40)).isoformat(timespec="seconds")
    new = datetime.now(UTC).isoformat(timespec="seconds")
    with Trail(tmp_path) as trail:
        for number in range(3):
            trail.append(entry(number, old))
        trail.append(entry(3, new))
    kept = open_trail(tmp_path, AuditSettings(days=30))
    assert kept is not None
    with kept as trail:
        assert [found.asked for found in trail.entries()] == ["question 3"]
        assert trail.verify().entries == 1
        trail.append(entry(4, new))
        assert trail.verify().entries == 2
    assert b"question 1" not in (tmp_path / "audit.sqlite3").read_bytes()


def test_nothing_is_answered_that_can_t_be_put_on_record(store: Path) -> None:
    with Desk(store) as desk:
        assert desk._trail is not None
        desk._trail.close()
        with pytest.raises((StoreError, sqlite3.ProgrammingError)):
            desk.ask(PUBLIC, QUESTION)


def test_the_command_line_lists_for_administrators_only(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["audit", "list", "--store", str(store)]
    listed = CliRunner().invoke(cli.app, words)
    assert listed.exit_code == 0
    assert {"at", "who", "did"} <= json.loads(listed.output.splitlines()[0]).keys()
    for role in ("public", "member", "officer"):
        monkeypatch.setenv("BOARDPAPERS_ROLE", role)
        refused = CliRunner().invoke(cli.app, words)
        assert refused.exit_code == 1 and "may not read the audit" in refused.output


@pytest.mark.parametrize(
    "variables",
    [
        {"BOARDPAPERS_AUDIT": "perhaps"},
        {"BOARDPAPERS_AUDIT_QUESTIONS": "some"},
        {"BOARDPAPERS_AUDIT_DAYS": "-1"},
        {"BOARDPAPERS_AUDIT_DAYS": "soon"},
    ],
)
def test_a_bad_setting_is_named(variables: dict[str, str]) -> None:
    (name,) = variables
    with pytest.raises(BadSetting, match=name):
        audit_settings(variables)


# -- limits, logs, metrics, health ---------------------------------------------------------------


def test_a_question_beyond_the_limits_isn_t_searched(store: Path) -> None:
    with Desk(store, limits=AskingLimits(characters=100, turns=2, per_minute=3)) as desk:
        with pytest.raises(TooMuch, match="shorten it to 100"):
            desk.ask(PUBLIC, "x" * 101)
        for _ in range(3):
            desk.ask(PUBLIC, QUESTION)
        with pytest.raises(TooMuch, match="More than 3 questions within a minute"):
            desk.ask(PUBLIC, QUESTION)
        assert desk.ask(PERSON, QUESTION).outcome.value == "answered", "each has their own"
    told = exposition()
    assert 'boardpapers_refused_total{limit="length"}' in told
    assert 'boardpapers_refused_total{limit="rate"}' in told


def test_a_rate_is_of_the_last_minute() -> None:
    now = [0.0]
    rates = Rates(2, lambda: now[0])
    rates.count("one")
    now[0] = 30.0
    rates.count("one")
    with pytest.raises(TooMuch, match="ask again in 31 seconds"):
        rates.count("one")
    now[0] = 60.0
    rates.count("one")


def test_metrics_are_in_the_form_that_prometheus_reads(store: Path) -> None:
    with Desk(store) as desk:
        desk.ask(PERSON, QUESTION, door="metered")
    told = exposition()
    for line in told.splitlines():
        assert line.startswith("# ") or len(line.rsplit(" ", 1)) == 2
        if not line.startswith("#"):
            float(line.rsplit(" ", 1)[1])
    assert 'boardpapers_questions_total{door="metered",outcome="answered"} 1' in told
    assert 'boardpapers_question_seconds_count{door="metered"} 1' in told
    assert "boardpapers_in_flight 0" in told
    for secret in (QUESTION, PERSON.name, "January"):
        assert secret not in told


def test_health_tells_what_is_wrong_and_no_more(store: Path, tmp_path: Path) -> None:
    assert health(store).ok
    (tmp_path / "register.sqlite3").write_text("no database" * 1000)
    sick = health(tmp_path)
    assert not sick.ok
    assert str(tmp_path) not in json.dumps(sick.to_json())
    assert not health(tmp_path / "nothing").ok


def test_logs_are_json_without_questions_and_keys(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    variables = {"BOARDPAPERS_LOG": "json", "OPENAI_API_KEY": "sk-very-secret-key"}
    set_up_logs(variables)
    try:
        with Desk(store) as desk:
            desk.ask(PERSON, QUESTION)
        log = logging.getLogger("assistant.test")
        log.warning("key sk-very-secret-key at https://user:pass@host, Bearer abcdefghijkl")
        try:
            raise ValueError(QUESTION)
        except ValueError:
            log.exception("broken")
    finally:
        for name in ("assistant", "ingest", "indicators"):
            logging.getLogger(name).handlers.clear()
            logging.getLogger(name).propagate = True
    told = capsys.readouterr().err
    lines = [json.loads(line) for line in told.splitlines()]
    assert {"at", "level", "logger", "message"} <= lines[-1].keys()
    assert any(line["message"] == "answered" and line["role"] == "member" for line in lines)
    for secret in (QUESTION, "sk-very-secret-key", "user:pass", "abcdefghijkl", PERSON.name):
        assert secret not in told


# -- signing in ----------------------------------------------------------------------------------

BOARD = Committee("Averonshire County Council", "Corporate Parenting Board")


@pytest.mark.parametrize(
    ("claims", "role", "committees"),
    [
        ({}, Role.PUBLIC, set()),
        ({"email": "a@b.example"}, Role.PUBLIC, set()),
        ({"email": "a@b.example", "roles": ["officer"]}, Role.OFFICER, set()),
        ({"email": "a@b.example", "roles": "administrator"}, Role.ADMINISTRATOR, set()),
        ({"email": "a@b.example", "roles": ["public", "member"]}, Role.MEMBER, set()),
        (
            {
                "email": "a@b.example",
                "roles": ["member"],
                "committees": ["Averonshire County Council: Corporate Parenting Board", "nonsense"],
            },
            Role.MEMBER,
            {BOARD},
        ),
        ({"roles": ["administrator"]}, Role.PUBLIC, set()),
        ({"sub": "123", "roles": ["officer"]}, Role.OFFICER, set()),
        ({"email": "clerk@b.example", "email_verified": False}, Role.PUBLIC, set()),
        ({"email": "CLERK@b.example", "roles": ["public"]}, Role.OFFICER, set()),
        ({"email": "a@b.example", "roles": {"officer": True}}, Role.PUBLIC, set()),
        ({"email": "a@b.example", "roles": [["officer"]]}, Role.PUBLIC, set()),
        ({"email": "a@b.example", "roles": "OFFICER; administrator"}, Role.PUBLIC, set()),
        ({"email": ["clerk@b.example"], "roles": None}, Role.PUBLIC, set()),
    ],
)
def test_a_role_comes_from_a_claim_or_the_file(
    claims: dict[str, object], role: Role, committees: set[Committee], tmp_path: Path
) -> None:
    file = tmp_path / "roles.toml"
    file.write_text('[people."clerk@b.example"]\nrole = "officer"\n')
    viewer = viewer_from(claims, Roles(people=read_people(file)))
    assert (viewer.role, viewer.committees) == (role, frozenset(committees))


@pytest.mark.parametrize(
    "text",
    ["not toml [", "[people.x]\nrole = 'king'\n", "[people.x]\nrole = 'member'\ncommittees = ['x']",
     "[people.x]\n", "[people.x]\nrole = 'officer'\nadmin = true\n", "\xff"],
)  # fmt: skip
def test_a_bad_file_of_roles_gives_nobody_a_role(text: str, tmp_path: Path) -> None:
    file = tmp_path / "roles.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(BoardPapersError):
        read_people(file)


def test_who_runs_a_process() -> None:
    assert viewer_of_process({}) == OPERATOR
    assert viewer_of_process({"BOARDPAPERS_ROLE": "Officer"}).role is Role.OFFICER
    member = {
        "BOARDPAPERS_ROLE": "member",
        "BOARDPAPERS_COMMITTEES": "Averonshire County Council: Corporate Parenting Board; ",
    }
    assert viewer_of_process(member).committees == {BOARD}
    bad: list[Callable[[], Viewer]] = [
        lambda: viewer_of_process({"BOARDPAPERS_ROLE": "king"}),
        lambda: viewer_of_process({"BOARDPAPERS_ROLE": "member", "BOARDPAPERS_COMMITTEES": "x"}),
    ]
    for refused in bad:
        with pytest.raises(BoardPapersError):
            refused()
