"""A small made-up pack for tests of the command line and the page."""

from pathlib import Path

COUNCIL = "Thistledown County Council"
PAPER_ID = "thistledown-cpb-2024-03-07"

_PACK = """\
# Thistledown County Council

# Corporate Parenting Board

**Thursday 7 March 2024 at 2.00 pm, Shire Hall, Thistledown**

## Agenda

| Item | Title | Pages |
|---|---|---|
| 1 | Minutes of the meeting on 11 January 2024 | 2 |
| 2 | Performance report | 3 |

Page 1

# Minutes of the Corporate Parenting Board

**Held on Thursday 11 January 2024 at Shire Hall, Thistledown**

### 4. Bicycle repair grants

The Board heard that young people leaving care could not afford to mend their bicycles.

Resolved: That bicycle repair grants of £60 be offered to every care leaver from 1 April 2024.

ACTION: Maud Pellow to tell every personal adviser of the bicycle repair grants by 1 March 2024.

### 5. Comments from the survey

One comment read <script>alert(1)</script> [bold]and[/bold] **stars** about the umbrella stand.

Page 2

# Performance report to 31 January 2024

**1.0 Monthly figures**

| Measure | Nov-23 | Dec-23 | Jan-24 | Target |
|---|---|---|---|---|
| 1 Children looked after (number) | 412 | 415 | 409 |  |
| 2 Dental check up to date | 81% | 82% | 84% | 90% |

1.1 There were 409 children looked after at the end of January 2024.

Page 3
"""


def write_small_pack(folder: Path) -> Path:
    """Writes the pack into a folder; its path."""
    path = folder / f"{PAPER_ID}.md"
    path.write_text(_PACK, encoding="utf-8")
    return path
