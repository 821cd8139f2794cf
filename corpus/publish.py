"""Publish the demonstration packs as a council would: `python -m corpus.publish [PAPER ...]`."""

import argparse
import sys
from pathlib import Path

from corpus.publishing.pack import CORPUS, load, pack_ids
from corpus.publishing.pdf import pdf

PUBLISHED = CORPUS / "published"


def publish(pack_id: str) -> dict[str, bytes]:
    """The files of a pack, by name."""
    pack = load(pack_id)
    return {f"{pack_id}.pdf": pdf(pack)}


def main() -> int:
    """Write the files of the packs named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m corpus.publish", description=__doc__)
    parser.add_argument("papers", nargs="*", metavar="PAPER", help="ids of packs; all if none")
    parser.add_argument("--out", type=Path, default=PUBLISHED, help="where the files are written")
    given = parser.parse_args()
    unknown = sorted(set(given.papers) - set(pack_ids()))
    if unknown:
        parser.error(f"no such pack: {', '.join(unknown)}. Packs: {', '.join(pack_ids())}")
    given.out.mkdir(parents=True, exist_ok=True)
    for pack_id in given.papers or pack_ids():
        for name, content in publish(pack_id).items():
            (given.out / name).write_bytes(content)
            print(f"{given.out / name}  {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
