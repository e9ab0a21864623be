"""Say which values an enumeration of the API has: its class has no text of its own."""

from __future__ import annotations

import ast
from typing import Any

from griffe import Class, Docstring, Extension


class Values(Extension):
    """Gives each open enumeration of the models a text."""

    def on_class(self, *, cls: Class, **_: Any) -> None:
        if cls.docstring is None and [str(base) for base in cls.bases] == ["OpenStrEnum"]:
            members = [each for name, each in cls.attributes.items() if name.isupper()]
            shown = ", ".join(f"`{ast.literal_eval(str(each.value))}`" for each in members)
            cls.docstring = Docstring(
                f"One of {shown}, or another that was added later.", parent=cls
            )
