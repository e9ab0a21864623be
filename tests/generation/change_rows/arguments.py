"""What changes of the arguments of a method."""

from __future__ import annotations

from tests.generation.change_rows.base import (
    ALL_CALL,
    BASE,
    CREATE_CALL,
    CREATED,
    GET,
    GET_CALL,
    GONE,
    NUMBER,
    ONE,
    PARAMETERS,
    PATHS,
    SEND,
    SWAPPED,
    TEXT,
    TO_CREATE,
    TO_LIST,
    TO_SEND,
    Row,
    in_path,
    query,
)

ARGUMENTS = [
    Row("argument added", {}, {(*PARAMETERS, 3): query("colour")}, [f"{TO_LIST}: query colour: added"], ALL_CALL),
    Row(
        "argument added, required",
        {},
        {(*PARAMETERS, 3): query("colour", required=True)},
        [f"BREAKING {TO_LIST}: query colour: added, required"],
        ALL_CALL,
    ),
    Row("argument removed", {}, {(*PARAMETERS, 0): GONE}, [f"BREAKING {TO_LIST}: query sort: removed"], ALL_CALL),
    Row(
        "argument renamed",
        {},
        {(*PARAMETERS, 0, "name"): "sort_by"},
        [f"BREAKING {TO_LIST}: query sort: renamed to sort_by"],
        ALL_CALL,
    ),
    Row(
        "argument required",
        {},
        {(*PARAMETERS, 0, "required"): True},
        [f"BREAKING {TO_LIST}: query sort: is now required"],
        "await api.things.list()",
    ),
    Row(
        "argument optional",
        {(*PARAMETERS, 0, "required"): True},
        {},
        [f"{TO_LIST}: query sort: is now optional"],
        ALL_CALL,
    ),
    Row(
        "argument moved into a header",
        {},
        {(*PARAMETERS, 0, "in"): "header"},
        [f"{TO_LIST}: header sort: was in the query"],
        ALL_CALL,
    ),
    Row(
        "argument of the path moved into the query",
        {},
        {
            ONE: GONE,
            (*PATHS, "/things/{id}"): {
                "get": BASE["paths"]["/groups/{group}/things/{id}"]["get"]
                | {"parameters": [in_path("id"), query("group", required=True)]}
            },
        },
        [
            "BREAKING client.things.get (GET /things/{id}): query group: was in the path",
            f"BREAKING {TO_SEND}: removed",
            "client.things.get (GET /things/{id}): path: was /groups/{group}/things/{id}",
        ],
        GET_CALL,
    ),
    Row(
        "argument moved into the path, at its end",
        {(*GET, "parameters", 2): query("lang", required=True)},
        {
            (*PATHS, "/groups/{group}/things/{id}/{lang}"): {
                "get": BASE["paths"]["/groups/{group}/things/{id}"]["get"]
                | {"parameters": [in_path("group"), in_path("id"), in_path("lang")]}
            },
            GET: GONE,
        },
        [
            "client.things.get (GET /groups/{group}/things/{id}/{lang}): path: was /groups/{group}/things/{id}",
            "client.things.get (GET /groups/{group}/things/{id}/{lang}): path lang: was in the query",
        ],
        "await api.things.get('g', 'i', lang='en')",
    ),
    Row(
        "argument moved into the path, before others",
        {(*GET, "parameters", 2): query("lang", required=True)},
        {
            (*PATHS, "/{lang}/groups/{group}/things/{id}"): {
                "get": BASE["paths"]["/groups/{group}/things/{id}"]["get"]
                | {"parameters": [in_path("group"), in_path("id"), in_path("lang")]}
            },
            GET: GONE,
        },
        [
            "BREAKING client.things.get (GET /{lang}/groups/{group}/things/{id}): path lang: was in the query",
            "client.things.get (GET /{lang}/groups/{group}/things/{id}): path: was /groups/{group}/things/{id}",
        ],
        "await api.things.get('g', 'i', lang='en')",
    ),
    Row(
        "positions changed",
        {(*SEND,): GONE},
        {ONE: GONE, (*PATHS, SWAPPED): {"get": BASE["paths"]["/groups/{group}/things/{id}"]["get"]}},
        [
            f"BREAKING client.things.get (GET {SWAPPED}): path: (id, group), was (group, id)",
            f"client.things.get (GET {SWAPPED}): path: was /groups/{{group}}/things/{{id}}",
        ],
        GET_CALL,
        is_typed=False,
    ),
    Row(
        "argument of the path renamed",
        {(*SEND,): GONE},
        {
            ONE: GONE,
            (*PATHS, "/groups/{group}/things/{key}"): {
                "get": BASE["paths"]["/groups/{group}/things/{id}"]["get"]
                | {"parameters": [in_path("group"), in_path("key")]}
            },
        },
        [
            "BREAKING client.things.get (GET /groups/{group}/things/{key}): path id: renamed to key",
            "client.things.get (GET /groups/{group}/things/{key}): path: was /groups/{group}/things/{id}",
        ],
        "await api.things.get('g', id='i')",
    ),
    Row(
        "wire name changed",
        {},
        {(*PARAMETERS, 0, "name"): "Sort"},
        [f"{TO_LIST}: query sort: is 'Sort' in the API, was 'sort'"],
        ALL_CALL,
    ),
    Row(
        "style changed",
        {(*PARAMETERS, 0, "schema"): {"type": "array", "items": TEXT}, (*PARAMETERS, 0, "explode"): False},
        {
            (*PARAMETERS, 0, "schema"): {"type": "array", "items": TEXT},
            (*PARAMETERS, 0, "explode"): False,
            (*PARAMETERS, 0, "style"): "pipeDelimited",
        },
        [f"{TO_LIST}: query sort: written as pipes, was comma_separated"],
        "await api.things.list(sort=['a'])",
    ),
    Row(
        "bounds narrower",
        {},
        {(*PARAMETERS, 1, "schema", "maximum"): 50},
        [f"BREAKING {TO_LIST}: query limit: maximum 50, was no bounds"],
        ALL_CALL,
        is_typed=False,
    ),
    Row(
        "bounds wider",
        {(*PARAMETERS, 1, "schema", "maximum"): 50},
        {(*PARAMETERS, 1, "schema", "maximum"): 60},
        [f"{TO_LIST}: query limit: maximum 60, was maximum 50"],
        ALL_CALL,
    ),
    Row(
        "type of an argument widened",
        {},
        {(*PARAMETERS, 1, "schema"): NUMBER},
        [f"{TO_LIST}: query limit: float, was int"],
        ALL_CALL,
    ),
    Row(
        "type of an argument narrowed",
        {(*PARAMETERS, 1, "schema"): NUMBER},
        {},
        [f"BREAKING {TO_LIST}: query limit: int, was float"],
        "await api.things.list(limit=1.5)",
    ),
    Row(
        "type of an argument changed",
        {},
        {(*PARAMETERS, 1, "schema"): TEXT},
        [f"BREAKING {TO_LIST}: query limit: str, was int"],
        ALL_CALL,
    ),
    Row(
        "argument takes null",
        {},
        {(*PARAMETERS, 0, "schema"): {"type": ["string", "null"]}},
        [f"{TO_LIST}: query sort: str | None, was str"],
        ALL_CALL,
    ),
    Row(
        "argument takes null no longer",
        {(*PARAMETERS, 0, "schema"): {"type": ["string", "null"]}},
        {},
        [f"BREAKING {TO_LIST}: query sort: str, was str | None"],
        "await api.things.list(sort=None)",
    ),
    Row(
        "text becomes an enum, which the server alone holds",
        {},
        {(*PARAMETERS, 0, "schema"): {"type": "string", "enum": ["up", "down"]}},
        [
            f"BREAKING {TO_LIST}: query sort: ListThingsSort, was str",
            "enum ListThingsSort: added (GET /things)",
        ],
        ALL_CALL,
        is_typed=False,
    ),
    Row(
        "default of a query",
        {(*PARAMETERS, 0, "schema"): TEXT | {"default": "up"}},
        {(*PARAMETERS, 0, "schema"): TEXT | {"default": "down"}},
        [f"{TO_LIST}: query sort: default 'down', was 'up'"],
        ALL_CALL,
    ),
    Row(
        "default of a body",
        {},
        {(*CREATED, "properties", "level", "default"): 3},
        [f"{TO_CREATE}: body level: default 3, was none"],
        CREATE_CALL,
    ),
    Row(
        "argument deprecated",
        {},
        {(*PARAMETERS, 0, "deprecated"): True, (*CREATED, "properties", "note", "deprecated"): True},
        [f"{TO_CREATE}: body note: deprecated", f"{TO_LIST}: query sort: deprecated"],
        f"{ALL_CALL}; {CREATE_CALL}",
    ),
    Row(
        "argument no longer deprecated",
        {(*PARAMETERS, 0, "deprecated"): True},
        {},
        [f"{TO_LIST}: query sort: no longer deprecated"],
        ALL_CALL,
    ),
]  # fmt: skip
