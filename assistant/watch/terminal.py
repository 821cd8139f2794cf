"""What changed, on a terminal."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant.shown import counted, flowing, place, plain
from assistant.watch.watching import Digest


def show_digest(console: Console, digest: Digest, asked: int) -> None:
    """Each saved question whose answer changed: what is new, what was told before, and where."""
    for news in digest.news:
        console.print(Text(plain(f"{news.name}: {news.question}"), style="bold"))
        for change in news.changes:
            line = Text(f"{change.kind.value.capitalize()}: ", style="cyan")
            line.append(flowing(change.sentence), style="default")
            console.print(Padding(line, (0, 0, 0, 2), expand=False))
            if change.before:
                before = Text(f"Before: {flowing(change.before)}", style="dim")
                console.print(Padding(before, (0, 0, 0, 4), expand=False))
            for citation in change.citations[:3]:
                where = Text(f"{citation.paper}: {place(citation)}", style="dim")
                console.print(Padding(where, (0, 0, 0, 4), expand=False))
        console.print()
    unchanged = asked - len(digest.news)
    console.print(
        Text(f"{counted(asked, 'saved question')} asked; {unchanged} unchanged.", style="dim")
    )
