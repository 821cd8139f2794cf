from pathlib import Path

from tests.durability.kills import kill_often


def test_a_process_killed_at_any_moment_leaves_all_whole_and_nothing_lost(tmp_path: Path) -> None:
    """More of them: `python -m tests.durability.kills 200`."""
    assert kill_often(tmp_path, kills=6, seed=20240718).total() == 6
