"""What changes of how requests are authenticated, and where they go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts._generation.comparing.change import Change, Subject
from scripts._generation.comparing.surface import Method, Surface

_ALL = Subject("API")
Need = frozenset[tuple[str, frozenset[str]]]
"""Schemes with their scopes, all of which a request needs."""


def access_changes(old: Surface, new: Surface) -> Iterator[Change]:
    """Compare what counts for all operations that state nothing of their own."""
    yield from _security(_ALL, old.security, new.security)
    for name in old.schemes.keys() | new.schemes.keys():
        before, after = old.schemes.get(name), new.schemes.get(name)
        if before != after:
            is_other = before is not None and after is not None
            what = "is another one" if is_other else "added" if after is not None else "removed"
            place = f"security scheme {name}"
            yield _ALL.change("security-changed", what, breaking=is_other, place=place)
    if old.servers != new.servers:
        yield _servers(_ALL, old.servers, new.servers)


def own_access_changes(
    subject: Subject, old: tuple[Surface, Method], new: tuple[Surface, Method]
) -> Iterator[Change]:
    """Compare two methods of which at least one states its own security or servers."""
    (before, was), (after, is_now) = old, new
    if was.security is not None or is_now.security is not None:
        yield from _security(
            subject,
            before.security if was.security is None else was.security,
            after.security if is_now.security is None else is_now.security,
        )
    if was.servers != is_now.servers:
        yield _servers(
            subject,
            before.servers if was.servers is None else was.servers,
            after.servers if is_now.servers is None else is_now.servers,
        )


def _security(subject: Subject, old: Any, new: Any) -> Iterator[Change]:
    before, after = _needs(old), _needs(new)
    if before == after:
        return
    breaks = not all(any(_is_enough(has, need) for need in after) for has in before)
    what = f"needs {_text(after)}, was {_text(before)}"
    yield subject.change("security-changed", what, breaking=breaks, place="security")


def _needs(stated: Any) -> set[Need]:
    """Any one of them is enough."""
    found = {
        frozenset(
            (str(name), frozenset(map(str, scopes if isinstance(scopes, list) else ())))
            for name, scopes in each.items()
        )
        for each in (stated if isinstance(stated, list) else ())
        if isinstance(each, dict)
    }
    return found or {frozenset()}


def _is_enough(has: Need, need: Need) -> bool:
    scopes = dict(has)
    return all(name in scopes and wanted <= scopes[name] for name, wanted in need)


def _text(needs: set[Need]) -> str:
    choices = [
        " and ".join(
            f"{name} ({', '.join(sorted(scopes))})" if scopes else name
            for name, scopes in sorted(need, key=lambda each: each[0])
        )
        for need in needs
    ]
    return " or ".join(sorted(choice or "nothing" for choice in choices))


def _servers(subject: Subject, old: list[str], new: list[str]) -> Change:
    what = f"{', '.join(new) or 'none'}, was {', '.join(old) or 'none'}"
    return subject.change("server-changed", what, breaking=False, place="server")
