"""Groups of a client whose generated package was made from another file than openapi/."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from matillion_api.api import Resources

from matillion_async._unknown import UnknownNameError, groups, knows_its_operations

logger = logging.getLogger("matillion_async")

ResourcesT = TypeVar("ResourcesT", bound=Resources)
GroupT = TypeVar("GroupT")


def or_generated(made: Callable[[ResourcesT], GroupT]) -> Callable[[ResourcesT], GroupT]:
    """Makes a group with methods written by hand, or as it was generated where these cannot be had.

    Args:
        made: imports and makes a group, and has its name.

    Raises:
        AttributeError: on access, where the generated package has no group of that name.
    """
    name = made.__name__

    @wraps(made)
    def group(resources: ResourcesT) -> GroupT:
        try:
            return made(resources)
        except (ImportError, AttributeError) as error:
            if not lacks_generated(error):
                raise
            missing = error
        generated = vars(Resources).get(name)
        if generated is None:
            raise UnknownNameError(
                f"the generated package has no group {name!r}: it was made from another file, "
                f"and has {', '.join(groups()) or 'none at all'}",
                name,
            ) from missing
        logger.info(
            "client.%s has its generated methods only: those written by hand are for another file (%s)",
            name,
            missing,
        )
        as_generated: GroupT = generated.func(resources)
        return as_generated

    return knows_its_operations(name, group)


def lacks_generated(error: ImportError | AttributeError) -> bool:
    """Whether it is something of the generated package, or a group of the client or its operation, that is not there."""
    if isinstance(error, UnknownNameError):
        return True
    of = error.name if isinstance(error, ImportError) else getattr(error.obj, "__name__", "")
    return str(of).partition(".")[0] == "matillion_api"
