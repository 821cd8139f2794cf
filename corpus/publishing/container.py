"""Word and Excel files as bytes that are the same on every run."""

import io
import re
import zipfile

_STAMP = (2025, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(modified|created)[^>]*>)[^<]*")


def settled(content: bytes) -> bytes:
    """The same container with every time stamp set to one fixed date."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as held,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in held.namelist():
            member = held.read(name)
            if name == "docProps/core.xml":
                member = _MODIFIED.sub(rb"\g<1>2025-01-01T00:00:00Z", member)
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, member)
    return out.getvalue()
