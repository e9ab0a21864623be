"""What changes of the body of a request."""

from __future__ import annotations

from tests.generation.change_rows.base import (
    BODY,
    CREATE_CALL,
    CREATED,
    GONE,
    JSON,
    PART,
    SEND_CALL,
    SENT,
    TEXT,
    TO_CREATE,
    TO_SEND,
    Row,
)

BODIES = [
    Row(
        "body field added",
        {},
        {(*CREATED, "properties", "owner"): TEXT},
        [f"{TO_CREATE}: body owner: added"],
        CREATE_CALL,
    ),
    Row(
        "body field added, required",
        {},
        {(*CREATED, "properties", "owner"): TEXT, (*CREATED, "required"): ["name", "owner"]},
        [f"BREAKING {TO_CREATE}: body owner: added, required"],
        CREATE_CALL,
    ),
    Row(
        "body field added, required, with a default",
        {},
        {(*CREATED, "properties", "owner"): TEXT | {"default": "me"}, (*CREATED, "required"): ["name", "owner"]},
        [f"{TO_CREATE}: body owner: added"],
        CREATE_CALL,
    ),
    Row(
        "body field removed",
        {},
        {(*CREATED, "properties", "note"): GONE},
        [f"BREAKING {TO_CREATE}: body note: removed"],
        CREATE_CALL,
    ),
    Row(
        "body field required",
        {},
        {(*CREATED, "required"): ["name", "note"]},
        [f"BREAKING {TO_CREATE}: body note: is now required"],
        "await api.things.create(name='a')",
    ),
    Row(
        "body required, an object",
        {},
        {(*SENT, "required"): True},
        [f"BREAKING {TO_SEND}: body: its fields are arguments"],
        SEND_CALL,
    ),
    Row(
        "body optional, an object",
        {},
        {(*BODY, "required"): False},
        [f"BREAKING {TO_CREATE}: body: it is one argument"],
        CREATE_CALL,
    ),
    Row(
        "body required, a list",
        {(*SENT, "content", JSON, "schema"): {"type": "array", "items": TEXT}},
        {(*SENT, "content", JSON, "schema"): {"type": "array", "items": TEXT}, (*SENT, "required"): True},
        [f"BREAKING {TO_SEND}: body: is now required"],
        "await api.things.send('g', 'i')",
    ),
    Row(
        "body added",
        {SENT: GONE},
        {},
        [f"{TO_SEND}: body: added"],
        "await api.things.send('g', 'i')",
    ),
    Row("body removed", {}, {SENT: GONE}, [f"BREAKING {TO_SEND}: body: removed"], SEND_CALL),
    Row(
        "media type of a body",
        {},
        {(*SENT, "content"): {"application/merge-patch+json": {"schema": PART}}},
        [f"{TO_SEND}: body: sent as application/merge-patch+json, was application/json"],
        SEND_CALL,
    ),
    Row(
        "body of another kind",
        {},
        {(*SENT, "content"): {"text/csv": {"schema": TEXT}}},
        [
            f"BREAKING {TO_SEND}: body: bytes | str, was ThingPart",
            f"{TO_SEND}: body: sent as text/csv, was application/json",
        ],
        SEND_CALL,
    ),
]  # fmt: skip
