import os
from collections.abc import Iterator

import pytest

from ingest.vectors import ChromaServer
from tests.servers import started

NEEDED = "BOARDPAPERS_NEED_POSTGRES"


@pytest.fixture(scope="session")
def postgres() -> Iterator[started.Postgres]:
    if started.postgres_binary("initdb") is None:
        told = "PostgreSQL isn't installed: `apt install postgresql` (Debian), no service is needed"
        if NEEDED in os.environ:
            pytest.fail(f"{told}; {NEEDED} is set.")
        pytest.skip(told)
    with started.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def chroma() -> Iterator[ChromaServer]:
    with started.chroma() as url:
        yield ChromaServer(url)
