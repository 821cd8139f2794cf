"""Made-up papers: a county with two packs, the later restating the earlier, and a city with one."""

from pathlib import Path
from shutil import copy

COUNTY, CITY = "Ferrowdale County Council", "Quillminster City Council"
JULY, NOVEMBER = "ferrowdale-cpb-2024-07-18", "ferrowdale-cpb-2024-11-14"
CITY_PACK = "quillminster-cpp-2024-09-05"


def write_papers(folder: Path) -> Path:
    """Writes the three packs into a folder; the folder."""
    for name in (JULY, NOVEMBER, CITY_PACK):
        copy(Path(__file__).parent / "papers" / f"{name}.md", folder)
    return folder
