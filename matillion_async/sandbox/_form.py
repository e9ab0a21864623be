"""Reads multipart/form-data (RFC 7578), as a form with files is sent."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

_ESCAPED = {"%22": '"', "%0D": "\r", "%0A": "\n"}
"""What browsers and httpx write for the characters that a quoted name cannot hold."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form."""

    content: bytes
    content_type: str
    file_name: str | None


def read_form(content_type: str, content: bytes) -> dict[str, Part]:
    """The fields of a form by their names.

    Raises:
        ValueError: it is not such a form, or has a field twice; the message says which.
    """
    fields: dict[str, Part] = {}
    for name, field in read_parts(content_type, content):
        if name in fields:
            raise ValueError(f"{name}: must be given once only")
        fields[name] = field
    return fields


def read_parts(content_type: str, content: bytes) -> list[tuple[str, Part]]:
    """The fields of a form in their order, each with its name.

    Raises:
        ValueError: it is not such a form; the message says why.
    """
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if not boundary:
        raise ValueError("Content-Type: must have a boundary")
    first, *parts = (b"\r\n" + content).split(b"\r\n--" + boundary.encode())
    if first or not parts or not parts[-1].startswith(b"--"):
        raise ValueError("body: must be a whole multipart form")
    return [_read_part(part) for part in parts[:-1]]


def _read_part(raw: bytes) -> tuple[str, Part]:
    head, separator, content = raw.partition(b"\r\n\r\n")
    try:
        headers = HeaderParser().parsestr(head.strip().decode())
    except UnicodeDecodeError:
        raise ValueError("body: a name in the form is not UTF-8") from None
    name = headers.get_param("name", header="content-disposition")
    if not separator or not isinstance(name, str):
        raise ValueError("body: each part must have a name")
    for escape, character in _ESCAPED.items():
        name = name.replace(escape, character)
    return name, Part(content, headers.get_content_type(), headers.get_filename())
