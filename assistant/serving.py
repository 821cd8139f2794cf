"""The page in a process of its own, on this machine only."""

import os
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

from ingest.errors import BoardPapersError

_ROOT = Path(__file__).resolve().parent.parent
_PAGE = _ROOT / "served.py"
_PATIENCE = 60
_HAS_DISPLAY = sys.platform in ("darwin", "win32") or bool(
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
)


def serve(store: Path, port: int, *, open_browser: bool) -> int:
    """Runs the page until it is stopped; the exit status."""
    if not _PAGE.exists():
        raise BoardPapersError(f"The page {_PAGE} isn't there: run `chat` from a clone.")
    if open_browser and _HAS_DISPLAY:
        threading.Thread(target=_open_when_ready, args=(port,), daemon=True).start()
    command = [sys.executable, "-m", "streamlit", "run", str(_PAGE), "--server.port", str(port)]
    environment = {**os.environ, "BOARDPAPERS_STORE": str(store.resolve())}
    # Streamlit looks for its settings (the theme, no usage statistics) in the working folder.
    with subprocess.Popen(command, cwd=_ROOT, env=environment) as page:
        try:
            return page.wait()
        except KeyboardInterrupt:
            # Ctrl+C reached the page too; it ends by itself.
            return 0
        except SystemExit:
            page.terminate()
            raise


def _open_when_ready(port: int) -> None:
    address = f"http://localhost:{port}"
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
        except OSError:
            time.sleep(0.3)
        else:
            webbrowser.open(address)
            return
