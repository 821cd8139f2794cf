"""The examples of docs/interfaces.md, run as they stand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import open_demonstration
from tests.interfaces.conftest import ROOT, serving

PAGE = (ROOT / "docs/interfaces.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / ".boardpapers"
    open_demonstration(store).close()
    monkeypatch.chdir(tmp_path)
    assert len(EXAMPLES) == 3
    with serving(store) as address:
        for example in EXAMPLES:
            exec(compile(example.replace("http://127.0.0.1:8765", address), "example", "exec"), {})


def test_the_package_hands_out_its_names_and_loads_nothing_before() -> None:
    code = (
        "import sys, assistant; early = 'assistant.assistant' in sys.modules; "
        "from assistant import Answer, Assistant, Scope, Turn; "
        "print(early, Assistant.__module__, sorted(assistant.__all__))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split()[:2] == ["False", "assistant.assistant"]
    with pytest.raises(ImportError, match="Nobody"):
        from assistant import Nobody  # noqa: F401
