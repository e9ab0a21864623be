"""The models and enums of what operations give and take, generated; each is imported when it is first used."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matillion_api.models import *
else:
    from matillion_api import models as _generated

    __all__ = _generated.__all__

    def __getattr__(name: str) -> type:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(_generated, name)

    def __dir__() -> list[str]:
        return list(__all__)
