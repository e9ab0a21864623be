"""Schemas as the generator understands them: of the many ways to say a thing, one."""

from __future__ import annotations

from typing import Any

import pytest

from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from scripts._generation.preparing.uses import Uses

TEXT, NUMBER, INTEGER, NULL = ({"type": kind} for kind in ("string", "number", "integer", "null"))
A = {"type": "object", "properties": {"a": TEXT}}
B = {"type": "object", "properties": {"b": TEXT}}
REF_A, REF_B = {"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}

REF_0 = {"$ref": "#/components/schemas/MakeResponse200FieldType0"}


def prepared(
    schema: Any, *, sent: Any = None, media: str = "application/json", **named: Any
) -> dict[str, Any]:
    """A document whose one operation returns something, and is sent something."""
    content = {"application/json": {"schema": schema}}
    operation: dict[str, Any] = {"responses": {"200": {"description": "", "content": content}}}
    if sent is not None:
        operation["requestBody"] = {"required": True, "content": {media: {"schema": sent}}}
    return prepare(
        {
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {"/a": {"post": {"operationId": "make", **operation}}},
            "components": {"schemas": {"A": A, "B": B, **named}},
        },
        Findings(),
    )


def made(schema: Any, **named: Any) -> Any:
    """What becomes of a schema that a field has."""
    whole = {"type": "object", "properties": {"field": schema}}
    document = prepared(whole, **named)
    return document["components"]["schemas"]["MakeResponse200"]["properties"]["field"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (True, {}),
        (False, {}),
        ({}, {}),
        ({"nullable": True, **TEXT}, {"type": ["string", "null"]}),
        ({"type": ["null", "string"]}, {"type": ["string", "null"]}),
        ({"type": ["string", "integer"]}, {"anyOf": [TEXT, INTEGER]}),
        (
            {"type": ["string", "integer"], "enum": ["a", 1]},
            {"anyOf": [REF_0, {**INTEGER, "description": "One of 1."}]},
        ),
        ({"nullable": True, "allOf": [REF_A]}, {"anyOf": [REF_A, NULL]}),
        ({"allOf": [REF_A], "description": "d"}, {**REF_A, "description": "d"}),
        ({"allOf": [TEXT, {"maxLength": 3}]}, TEXT),
        ({"oneOf": [REF_A]}, REF_A),
        ({"anyOf": [REF_A, NULL]}, {"anyOf": [REF_A, NULL]}),
        ({"anyOf": [REF_A, REF_A, REF_B]}, {"anyOf": [REF_A, REF_B]}),
        ({"anyOf": [INTEGER, NUMBER]}, NUMBER),
        ({"anyOf": [TEXT, {"type": "string", "format": "date"}]}, TEXT),
        ({"anyOf": [TEXT, {}]}, {}),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}], **TEXT}, TEXT),
        ({"anyOf": [{"anyOf": [REF_A, TEXT]}, NULL]}, {"anyOf": [REF_A, TEXT, NULL]}),
        (
            {"anyOf": [{"type": "array", "items": REF_A}, {"type": "array", "items": REF_B}]},
            {"type": "array", "items": {"anyOf": [REF_A, REF_B]}},
        ),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"items": TEXT}, {"type": "array", "items": TEXT}),
        ({"type": "array", "prefixItems": [TEXT, INTEGER]}, {"type": "array", "items": {}}),
        (
            {"type": "array", "prefixItems": [TEXT, TEXT], "items": False},
            {"type": "array", "items": TEXT},
        ),
        ({"type": "integer", "enum": [1, 2]}, {**INTEGER, "description": "One of 1, 2."}),
        ({"const": 1, "description": "d"}, {**INTEGER, "description": "d One of 1."}),
        ({"enum": [1, 2.5]}, {**NUMBER, "description": "One of 1, 2.5."}),
        ({"type": "string", "format": "binary"}, TEXT),
        ({"type": "string", "default": "x"}, TEXT),
        ({"type": "strng"}, {}),
        ({"format": "date-time"}, {"type": "string", "format": "date-time"}),
    ],
)
def test_one_form_for_each(stated: Any, expected: Any) -> None:
    """Whatever a file says, the generator sees what it does well, or any value."""
    assert expected == made(stated)


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"enum": ["a", "b", "a"]}, ["a", "b"]),
        ({"type": "string", "enum": [1, True, "x"]}, ["1", "true", "x"]),
        ({"type": "string", "nullable": True, "enum": ["a", None]}, ["a"]),
        ({"const": "a"}, ["a"]),
        ({"anyOf": [{"enum": ["a"]}, {"const": "b"}]}, ["a", "b"]),
        ({"anyOf": [{"enum": ["a"]}, TEXT]}, ["a"]),
    ],
)
def test_enums_of_text(schema: Any, values: list[str]) -> None:
    """One class, whose values are text, each once; one that is open by its own words is so in any case."""
    document = prepared({"type": "object", "properties": {"field": schema}})
    enums = [each["enum"] for each in document["components"]["schemas"].values() if "enum" in each]
    assert [values] == enums


@pytest.mark.parametrize(
    ("values", "stated", "names"),
    [
        (["a", "b"], None, None),
        (["a", "A"], None, ["A", "A_2"]),
        (["a-b", "a_b"], None, ["A_B", "A_B_2"]),
        (["<", ">"], None, None),
        (["x", "y"], ["first", "second"], ["first", "second"]),
        (["x", "y"], ["same", "same"], ["SAME", "SAME_2"]),
        (["x", "y"], ["only"], None),
        (["x"], ["1st"], ["VALUE_0"]),
    ],
)
def test_members_of_enums(values: list[str], stated: Any, names: Any) -> None:
    """Two values never become one member; names of the file's own are taken where they are names."""
    schema = {"type": "string", "enum": values, "x-enum-varnames": stated}
    document = prepared({"type": "object", "properties": {"field": schema}})
    found = document["components"]["schemas"]["MakeResponse200Field"]
    assert names == found.get("x-enum-varnames")


def test_an_object_of_all_its_parts() -> None:
    """``allOf`` is one object; of two fields the later counts, unless it says nothing."""
    base = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": TEXT, "size": NUMBER, "kind": REF_A},
    }
    other = {
        "properties": {"size": INTEGER, "id": {"description": "d"}, "kind": REF_B},
        "required": ["size"],
    }
    whole = {"allOf": [{"$ref": "#/components/schemas/Base"}, other], "additionalProperties": False}
    found = prepared(whole, Base=base)["components"]["schemas"]["MakeResponse200"]
    expected = {"id": {**TEXT, "description": "d"}, "size": INTEGER, "kind": REF_B}
    assert expected == found["properties"]
    assert ["id", "size"] == found["required"]


def test_an_object_with_choices_has_the_fields_of_all() -> None:
    """Those of a choice may be absent; one that two choices have differently takes both."""
    whole = {
        "type": "object",
        "required": ["a"],
        "properties": {"a": TEXT},
        "oneOf": [
            {"required": ["b"], "properties": {"b": TEXT, "c": INTEGER}},
            {"properties": {"c": TEXT}},
        ],
    }
    found = prepared(whole)["components"]["schemas"]["MakeResponse200"]
    assert {"a": TEXT, "b": TEXT, "c": {"anyOf": [INTEGER, TEXT]}} == found["properties"]
    assert ["a"] == found["required"]


@pytest.mark.parametrize(
    ("mark", "in_requests", "in_responses"),
    [("readOnly", False, True), ("writeOnly", True, False)],
)
@pytest.mark.parametrize("form", ["itself", "a part", "two parts", "a reference", "a mark of two"])
def test_a_field_that_goes_one_way(
    mark: str, in_requests: bool, in_responses: bool, form: str
) -> None:
    """It need not be there the other way; where its object goes one way only, it is as it is stated."""
    marked = {**TEXT, mark: True}
    plain: dict[str, Any] = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": TEXT, "b": TEXT},
    }
    field = {
        "a part": {"allOf": [{"maxLength": 3}, marked]},
        "a reference": {"$ref": "#/components/schemas/Text", "maxLength": 3, mark: True},
    }.get(form, marked)
    one_way: dict[str, Any] = {**plain, "properties": {"a": field, "b": TEXT}}
    if form == "two parts":
        one_way = {"allOf": [plain, {"properties": {"a": {**marked, "maxLength": 3}}}]}
    elif form == "a mark of two":
        one_way = {"allOf": [plain, {"properties": {"a": {mark: True}}}]}
    reference = {"$ref": "#/components/schemas/One"}

    def needs(document: dict[str, Any]) -> bool:
        return "a" in document["components"]["schemas"]["One"]["required"]

    assert not needs(prepared(reference, sent=reference, One=one_way, Text=TEXT))
    assert in_responses == needs(prepared(reference, One=one_way, Text=TEXT))
    assert in_requests == needs(prepared(INTEGER, sent=reference, One=one_way, Text=TEXT))


@pytest.mark.parametrize("number", [float("inf"), 10**400])
def test_numbers_that_are_none(number: Any) -> None:
    """Larger than any that code can have: they bound nothing."""
    field = {**NUMBER, "minimum": -number, "maximum": number, "default": number}
    found = prepared({"type": "object", "required": ["a"], "properties": {"a": field}})
    assert NUMBER == found["components"]["schemas"]["MakeResponse200"]["properties"]["a"]


def test_fields_of_patterns_are_kept() -> None:
    """Beside fields that are stated, they may be there although no others may."""
    whole = {
        "type": "object",
        "properties": {"a": TEXT},
        "patternProperties": {"^x-": INTEGER},
        "additionalProperties": False,
    }
    assert "additionalProperties" not in prepared(whole)["components"]["schemas"]["MakeResponse200"]


def test_only_what_must_be_there_has_a_default() -> None:
    """It has it where a response lacks it; anything else is the server's affair, and a default of another type nothing."""
    fields = {
        "a": {**TEXT, "default": "x"},
        "b": {**TEXT, "default": "x"},
        "c": {**TEXT, "default": 3},
    }
    whole = {"type": "object", "required": ["a", "c"], "properties": fields}
    found = prepared(whole)["components"]["schemas"]["MakeResponse200"]["properties"]
    assert {"a": {**TEXT, "default": "x"}, "b": TEXT, "c": TEXT} == found


def test_a_form_with_files_that_is_also_json() -> None:
    """A file is one in the form, and text in JSON: two classes."""
    upload = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
    reference = {"$ref": "#/components/schemas/Upload"}
    document = prepared(reference, sent=reference, media="multipart/form-data", Upload=upload)
    found = document["components"]["schemas"]
    assert TEXT == found["Upload"]["properties"]["file"]
    assert {**TEXT, "format": "binary"} == found["UploadForm"]["properties"]["file"]


@pytest.mark.parametrize(
    "named",
    [
        {"Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
        {"Tree": {"anyOf": [TEXT, {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}]}},
        {"Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Other"}}, "Other": {"anyOf": [{"$ref": "#/components/schemas/Tree"}, A]}},
        {"Tree": {"allOf": [{"$ref": "#/components/schemas/Tree"}, A]}},
        {"Tree": {"oneOf": [{"$ref": "#/components/schemas/Tree"}, A]}},
    ],
)  # fmt: skip
def test_what_is_made_of_itself_has_an_end(named: dict[str, Any]) -> None:
    """In place of itself it has any value, unless it is an object."""
    schemas = prepared({"$ref": "#/components/schemas/Tree"}, **named)["components"]["schemas"]

    def passes(schema: Any, above: tuple[str, ...]) -> None:
        if isinstance(schema, dict):
            name = str(schema.get("$ref", "")).rpartition("/")[2]
            assert name not in above
            if name and schemas[name].get("type") != "object":
                passes(schemas[name], (*above, name))
            for key in ("items", "anyOf"):
                passes(schema.get(key), above)
        elif isinstance(schema, list):
            for each in schema:
                passes(each, above)

    passes({"$ref": "#/components/schemas/Tree"}, ())


@pytest.mark.parametrize("turned", [False, True])
def test_a_form_with_files_whose_parts_parameters_have_too(turned: bool) -> None:
    """What has a file in it is another class in the form, whichever comes first; what has none is one class."""
    kind = {"type": "string", "enum": ["a", "b"]}
    whole = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
    names = ("Kind", "Whole")
    refs = {name: {"$ref": f"#/components/schemas/{name}"} for name in names}
    form = {"type": "object", "properties": refs}
    sent = {"requestBody": {"content": {"multipart/form-data": {"schema": form}}}}
    asked = {
        "parameters": [
            {"name": "kind", "in": "query", "schema": refs["Kind"]},
            {
                "name": "X",
                "in": "header",
                "schema": {"type": "array", "items": {"anyOf": [refs["Whole"], TEXT]}},
            },
        ]
    }
    paths = {
        "/form": {"post": {**sent, "responses": {}}},
        "/asked": {"get": {**asked, "responses": {}}},
    }
    paths = dict(reversed(paths.items())) if turned else paths
    schemas = prepare(
        {"paths": paths, "components": {"schemas": {"Kind": kind, "Whole": whole}}}, Findings()
    )["components"]["schemas"]
    found = schemas["PostFormBody"]["properties"]
    assert {name: found[name]["$ref"].rpartition("/")[2] for name in names} == {
        "Kind": "Kind",
        "Whole": "WholeForm",
    }


def test_what_is_gone_is_not_taken_for_something_else() -> None:
    """A schema that was made on the way may have the identity of one that is made after it."""
    uses = Uses({})
    for _ in range(20):
        uses.send({"type": "string"}, in_form=False)
        uses.receive({"type": "string"})
    made = [{"type": "string"} for _ in range(20)]
    assert not any(uses.is_sent(each) or uses.is_received(each) for each in made)


def test_a_reference_with_something_beside_it() -> None:
    """In OpenAPI 3.1 that counts as well."""
    beside = {**REF_A, "properties": {"c": TEXT}}
    document = prepared(
        {"type": "object", "properties": {"field": beside, "plain": {**REF_A, "description": "d"}}}
    )
    schemas = document["components"]["schemas"]
    assert {"a": TEXT, "c": TEXT} == schemas["MakeResponse200Field"]["properties"]
    assert {**REF_A, "description": "d"} == schemas["MakeResponse200"]["properties"]["plain"]


def test_what_is_beside_a_reference_counts_wherever_that_is_followed() -> None:
    """In a part of a whole, in what another reference leads to, and in a choice; the type alone says nothing new."""
    same = {**REF_A, "type": "object"}
    fields = {
        "part": {"allOf": [{**REF_A, "properties": {"c": TEXT}}, {"properties": {"d": TEXT}}]},
        "other": {"$ref": "#/components/schemas/C"},
        "choice": {"anyOf": [{"properties": {"f": TEXT}}, {**same, "$ref": "#/components/schemas/Text", "properties": {}}]},
        "same": same,
        "wrong": {"$ref": "#/nowhere", "type": "object"},
    }  # fmt: skip
    more = {**REF_A, "properties": {"example": {**REF_B, "enum": ["v"]}}, "required": ["example"]}
    document = prepared({"type": "object", "properties": fields}, C=more, Text=TEXT)
    schemas = document["components"]["schemas"]
    found = schemas["MakeResponse200"]["properties"]
    assert {"a": TEXT, "c": TEXT, "d": TEXT} == schemas["MakeResponse200Part"]["properties"]
    assert {"a", "example"} == schemas["C"]["properties"].keys()
    nothing: dict[str, Any] = {"tells": {}, "likes": {}, "names": {}}
    assert [nothing, nothing] == [
        schemas[each["$ref"].rpartition("/")[2]]["x-choice"] for each in found["choice"]["anyOf"]
    ]
    assert (REF_A, {}) == (found["same"], found["wrong"])


def test_a_discriminator_of_the_file_and_constants() -> None:
    """What tells the choices apart is noted in each; what the discriminator does not name may be anything."""
    cat = {"type": "object", "required": ["kind"], "properties": {"kind": TEXT}}
    dog = {
        "type": "object",
        "required": ["kind", "size"],
        "properties": {"kind": TEXT, "size": {"const": "big"}},
    }
    choice = {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"feline": "#/components/schemas/Cat", "puss": "Cat"},
        },
    }
    document = prepared({"type": "object", "properties": {"field": choice}}, Cat=cat, Dog=dog)
    schemas = document["components"]["schemas"]
    assert {"kind": ["Cat", "feline", "puss"]} == schemas["Cat"]["x-choice"]["names"]
    assert {"kind": ["Dog"]} == schemas["Dog"]["x-choice"]["names"]
    assert {"size": ["big"]} == schemas["Dog"]["x-choice"]["tells"]
    assert {} == schemas["MakeResponse200"]["properties"]["field"]["anyOf"][2]


def test_a_schema_that_is_there_under_two_names() -> None:
    """As an alias of YAML makes it: each name is a class."""
    whole = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/One"}, "b": {"$ref": "#/components/schemas/Two"}}}  # fmt: skip
    schemas = prepared(whole, One=A, Two=A)["components"]["schemas"]
    assert {"One", "Two"} < schemas.keys()


def test_a_list_of_itself_with_something_beside_its_reference_ends() -> None:
    """What stands beside a reference is merged with what it leads to, again and again."""
    itself = {"$ref": "#/components/schemas/L", "type": "array", "format": "f"}
    whole = {"type": "array", "items": {"type": "array", "items": {}}}
    assert whole == made(itself, L={"type": "array", "items": itself})
    bare = {"$ref": "#/components/schemas/L", "type": "array"}
    document = prepared(bare, L={"type": "array", "items": bare})
    assert {"L": {"type": "array", "items": {}}} == document["components"]["schemas"]


def test_a_union_of_too_much_is_any_value() -> None:
    """One that is made of itself in four ways has more choices than can be counted, and so have parts that are unions."""
    ways = {"oneOf": [{"minLength": 1, "type": "string"}, NUMBER, {"oneOf": [TEXT, NUMBER]}, A]}
    itself = {"oneOf": [{"allOf": [{"$ref": "#/components/schemas/U"}, ways]}]}
    assert (
        {} == prepared({"$ref": "#/components/schemas/U"}, U=itself)["components"]["schemas"]["U"]
    )
    parts = [
        {"oneOf": [{"properties": {f"p{part}_{choice}": TEXT}} for choice in range(30)]}
        for part in range(6)
    ]
    assert {} == made({"allOf": parts})


@pytest.mark.parametrize("reference", [5, None, ["#/components/schemas/A"], {}])
def test_a_reference_that_is_no_text(reference: Any) -> None:
    """It is told, and leads nowhere, also as the one part of a whole."""
    stated = {"$ref": reference, "type": "string"}
    assert TEXT == made(stated)
    assert {} == made({"allOf": [{"$ref": reference}]})
    findings = Findings()
    content = {"application/json": {"schema": stated}}
    prepare({"paths": {"/a": {"put": {"requestBody": {"content": content}}}}}, findings)
    assert ["a reference must be text: it is ignored"] == list(map(str, findings))


def test_fields_named_example_follow_a_class_that_is_renamed() -> None:
    """And what looks like a reference in a default is left as it is."""
    fields = {"example": {"$ref": "#/components/schemas/File"}, "f": {"default": {"$ref": "#"}}}
    document = prepared({"type": "object", "properties": fields}, File=A)
    found = document["components"]["schemas"]["MakeResponse200"]["properties"]["example"]
    assert {"$ref": "#/components/schemas/FileModel"} == found
