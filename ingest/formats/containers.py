"""Word and Excel files as ZIP containers: opened only within bounds, their XML without tricks."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, TypeAlias

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.formats.limits import MIB, Limits

_MOST_MEMBERS = 5000
_SMALL = MIB  # a small member may compress well: a page of blanks is no bomb
_ENCRYPTED = 0x1
_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
)
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_ABSOLUTE = re.compile(r"^(?:[/\\]|[A-Za-z]:)")
_PIECE = 64 * 1024

Element: TypeAlias = etree._Element


class Container:
    """The members of a Word or Excel file, by name.

    Opening one refuses what can't be read or would take too much; a member that unpacks to more
    than it says is refused when it is read.
    """

    def __init__(self, raw: bytes, limits: Limits) -> None:
        """`raw` is the whole file; raises UnreadableFile."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableFile(
                "the file is damaged or cut off; fetch it again or save it anew."
            ) from error
        self._sizes = {info.filename: info for info in self._zip.infolist()}
        _check(self._zip.infolist(), limits)

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def names(self) -> tuple[str, ...]:
        """The members' names, in the order of the file."""
        return tuple(self._sizes)

    def read(self, name: str) -> bytes:
        """A member's bytes, at most as many as the container says it has."""
        with self._open(name) as member:
            return b"".join(_bounded(member, self._sizes[name].file_size, name))

    def root(self, name: str) -> Element | None:
        """The root element of an XML member; None where there is no such member."""
        if name not in self:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _broken(name) from error
        if root.getroottree().docinfo.doctype:
            raise _tricked(name)
        return root

    def elements(self, name: str, tags: tuple[str, ...]) -> Iterator[Element]:
        """The elements of a large XML member, each freed when the next is asked for.

        `tags` are written `{*}row`; only elements with one of them are told.
        """
        if name not in self:
            return
        member = BytesIO(self.read(name))
        try:
            events = etree.iterparse(
                member,
                events=("end",),
                tag=tags,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            checked = False
            for _, element in events:
                if not checked and element.getroottree().docinfo.doctype:
                    raise _tricked(name)
                checked = True
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _broken(name) from error

    def main_part(self) -> str | None:
        """The name of the member that holds the document or workbook."""
        root = self.root("_rels/.rels")
        for relation in () if root is None else root.iter("{*}Relationship"):
            if relation.get("Type") in (_RELATIONSHIPS, _STRICT_RELATIONSHIPS):
                return str(relation.get("Target", "")).lstrip("/")
        return None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """(kind, target) by relationship id; targets inside the container are member names."""
        folder, _, file = part.rpartition("/")
        root = self.root(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found: dict[str, tuple[str, str]] = {}
        for relation in () if root is None else root.iter("{*}Relationship"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = _resolved(folder, target)
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = (kind, target)
        return found

    def _open(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(name)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
        ) as error:
            raise _broken(name) from error


def _check(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuses a container that is encrypted, oversized or named to climb out of a folder."""
    if len(members) > _MOST_MEMBERS:
        raise UnreadableFile(
            f"the file has {len(members):,} parts, more than {_MOST_MEMBERS:,}; save it anew."
        )
    seen: set[str] = set()
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableFile("the file is encrypted; save it without a password and try again.")
        climbs = ".." in member.filename.replace("\\", "/").split("/")
        if climbs or _ABSOLUTE.match(member.filename) or member.filename in seen:
            raise UnreadableFile(
                f"the file's part {member.filename[:80]!r} has a name that isn't allowed; "
                "save it anew with Word or Excel."
            )
        seen.add(member.filename)
        if member.file_size > max(_SMALL, limits.ratio * member.compress_size):
            raise UnreadableFile(
                f"the file's part {member.filename[:80]!r} unpacks to more than {limits.ratio} "
                "times its size; save it anew with Word or Excel."
            )
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked:
        raise UnreadableFile(
            f"the file unpacks to {unpacked // MIB:,} MB, more than {limits.unpacked // MIB:,} MB; "
            "split it or leave out its pictures."
        )


def _bounded(member: IO[bytes], size: int, name: str) -> Iterator[bytes]:
    """A member's bytes piece by piece; refuses one that goes on beyond its stated size."""
    held = 0
    while True:
        try:
            piece = member.read(_PIECE)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            raise _broken(name) from error
        if not piece:
            return
        held += len(piece)
        if held > size:
            raise _broken(name)
        yield piece


def _resolved(folder: str, target: str) -> str:
    """The member name of a relationship's target, which is relative to the part's folder."""
    if target.startswith("/"):
        return target.lstrip("/")
    path = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            path = path[:-1]
        elif step != ".":
            path.append(step)
    return "/".join(path)


def _broken(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"the file's part {name[:80]!r} is damaged; open the file and save it anew."
    )


def _tricked(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"the file's part {name[:80]!r} declares a document type, which Word and Excel never do; "
        "save it anew with Word or Excel."
    )
