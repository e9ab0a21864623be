"""What changes of responses, and of how they are paged."""

from __future__ import annotations

from tests.generation.change_rows.base import (
    GET,
    GET_CALL,
    INTEGER,
    PAGED_CALL,
    PAGES,
    PART,
    SCHEMAS,
    TEXT,
    THING,
    TO_GET,
    TO_PAGE,
    Row,
    answer,
    query,
)

RESPONSES = [
    Row(
        "paging started",
        {(*PAGES, "parameters"): []},
        {},
        [
            f"BREAKING {TO_PAGE}: response: returns Listing[Thing], was ThingPage",
            f"{TO_PAGE}: query page: added",
            f"{TO_PAGE}: query size: added",
        ],
        "asyncio.create_task(api.things.page_things())",
    ),
    Row(
        "paging ended",
        {},
        {(*PAGES, "parameters"): []},
        [
            f"BREAKING {TO_PAGE}: query page: removed",
            f"BREAKING {TO_PAGE}: query size: removed",
            f"BREAKING {TO_PAGE}: response: returns ThingPage, was Listing[Thing]",
        ],
        "things = await api.things.page_things().all()",
    ),
    Row(
        "a list becomes a listing",
        {(*PAGES, "responses"): {"200": answer({"type": "array", "items": THING})}},
        {},
        [
            f"BREAKING {TO_PAGE}: response: returns Listing[Thing], was list[Thing]",
            "model ThingPage: added (GET /thing-pages)",
        ],
        "things: list[models.Thing] = await api.things.page_things()",
    ),
    Row(
        "paging changed",
        {},
        {(*PAGES, "parameters", 1, "schema", "maximum"): 50},
        [
            f"BREAKING {TO_PAGE}: query size: maximum 50, was no bounds",
            f"{TO_PAGE}: paging: max_size=50, was max_size=100",
        ],
        PAGED_CALL,
        is_typed=False,
    ),
    Row(
        "keys of pages",
        {},
        {
            (*PAGES, "parameters"): [query("startIndex", INTEGER), query("count", INTEGER)],
            (*SCHEMAS, "ThingPage", "properties"): {
                "Resources": {"type": "array", "items": THING}, "totalResults": INTEGER
            },
            (*SCHEMAS, "ThingPage", "required"): ["Resources", "totalResults"],
        },
        [
            f"BREAKING {TO_PAGE}: query page: removed",
            f"BREAKING {TO_PAGE}: query size: removed",
            "BREAKING model ThingPage: field results: removed (GET /thing-pages)",
            "BREAKING model ThingPage: field total: removed (GET /thing-pages)",
            f"{TO_PAGE}: paging: style=index items=Resources size=count cursor=startIndex total=totalResults, was style=page items=results size=size cursor=page total=total",
            f"{TO_PAGE}: query count: added",
            f"{TO_PAGE}: query start_index: added",
            "model ThingPage: field resources: added, required (GET /thing-pages)",
            "model ThingPage: field total_results: added, required (GET /thing-pages)",
        ],
        PAGED_CALL,
    ),
    Row(
        "result changed",
        {},
        {(*GET, "responses", "200"): answer(PART)},
        [f"BREAKING {TO_GET}: response: returns ThingPart, was Thing"],
        f"{GET_CALL}.id.upper()",
    ),
    Row(
        "result may be nothing",
        {},
        {(*GET, "responses", "204"): {"description": "None."}},
        [
            f"BREAKING {TO_GET}: response: returns Thing | None, was Thing",
            f"{TO_GET}: response 204: added",
        ],
        f"{GET_CALL}.id.upper()",
    ),
    Row(
        "result is always there",
        {(*GET, "responses", "204"): {"description": "None."}},
        {},
        [f"{TO_GET}: response: returns Thing, was Thing | None", f"{TO_GET}: response 204: removed"],
        f"thing: models.Thing | None = {GET_CALL}",
    ),
    Row(
        "another status, of the same type",
        {},
        {(*GET, "responses", "202"): answer(THING)},
        [f"{TO_GET}: response 202: added"],
        f"{GET_CALL}.id.upper()",
    ),
    Row(
        "another status, of another type",
        {},
        {(*GET, "responses", "202"): answer(PART)},
        [
            f"BREAKING {TO_GET}: response: returns Thing | ThingPart, was Thing",
            f"{TO_GET}: response 202: added",
        ],
        f"{GET_CALL}.id.upper()",
    ),
    Row("an error is documented", {}, {(*GET, "responses", "409"): {"description": "No."}}, [], GET_CALL),
    Row(
        "media type of a response",
        {},
        {(*GET, "responses", "200"): answer(THING, "application/hal+json")},
        [f"{TO_GET}: response 200: application/hal+json, was application/json"],
        f"{GET_CALL}.id.upper()",
    ),
    Row(
        "response of another kind",
        {},
        {(*GET, "responses", "200"): answer(THING, "application/zip")},
        [f"BREAKING {TO_GET}: response: returns bytes, was Thing"],
        f"{GET_CALL}.id.upper()",
    ),
    Row(
        "response of text that was JSON",
        {(*GET, "responses", "200"): answer(TEXT)},
        {(*GET, "responses", "200"): answer(TEXT, "text/plain")},
        [f"{TO_GET}: response 200: text/plain, was application/json"],
        f"{GET_CALL}.upper()",
    ),
]  # fmt: skip
