"""What hand-written groups have in common: how they are made."""

from __future__ import annotations

from matillion_async._names.naming import NamingSession


class ByHand:
    """Stands before a generated group among the bases of a class.

    Args:
        session: carries out the operations of the group, and whatever is made of several of them.
    """

    def __init__(self, session: NamingSession) -> None:
        super().__init__(session)  # type: ignore[call-arg]  # that of the generated group
        self._naming_session = session
