"""README.md as the page of the package, where a link into the repository needs the whole address; a hook of hatchling."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_LINK = re.compile(r"(\]\()(?!https?:|mailto:|#)([^)\s]+)\)")


class PackagePage(MetadataHookInterface):
    """Gives the package its long description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set ``readme``, with links that lead to the files of this version."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        address = f"{metadata['urls']['Repository']}/blob/v{metadata['version']}"
        page = with_whole_addresses(text, address)
        metadata["readme"] = {"content-type": "text/markdown", "text": page}


def with_whole_addresses(text: str, address: str) -> str:
    """The text with ``address`` before each link to a file; code stays as it is."""
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        parts += [_LINK.sub(rf"\g<1>{address}/\2)", text[end : code.start()]), code.group()]
        end = code.end()
    return "".join([*parts, _LINK.sub(rf"\g<1>{address}/\2)", text[end:])])
