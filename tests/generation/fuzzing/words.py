"""Names and values as files have them, those that are hard to bear among them."""

from __future__ import annotations

from typing import Any

PLAIN = (
    "id",
    "name",
    "kind",
    "size",
    "owner",
    "Job",
    "Pet",
    "Page",
    "items",
    "total",
    "state",
    "Error",
    "results",
)
# fmt: off
COLLIDING = (
    "a-b", "a_b", "aB", "AB", "a b", "A_B", "a.b", "ab", "job", "JOB", "jobs", "Jobs", "pet", "id_", "_id", "ID", "Id",
    "name_", "names", "JobOwner", "Job_Owner", "Job2", "id2", "id_2", "id_query", "id_header", "id_path", "body_",
    "owner_item", "owner_item_data", "owner_item_element", "_owner", "JobType0", "name_type_0", "AdditionalProperty",
)
OF_THE_CODE = (
    "self", "cls", "class", "from", "import", "None", "True", "async", "match", "type", "list", "str", "dict", "int",
    "bytes", "float", "bool", "object", "set", "datetime", "builtins", "cast", "json", "params", "headers", "kwargs",
    "_kwargs", "response", "detailed", "client", "url", "errors", "reading", "body", "partial", "extra", "d", "src_dict",
    "field_dict", "to_dict", "from_dict", "prop", "prop_dict", "additional_properties", "unwrap", "files", "UNSET",
    "Unset", "File", "Client", "Response", "Model", "Any", "Listing", "Operation", "Paging", "Session", "Literal",
    "Resources", "Mapping", "Sequence", "BinaryIO", "UUID", "Schema", "Enum", "StrEnum", "default", "index", "count",
    "warnings", "pairs", "pipes", "as_plain", "as_text", "path_segment", "in_path", "types", "models", "api", "wire", "check_body",
    "data", "projectId", "status_code", "method", "path", "__init__", "__class__", "__dict__", "__slots__", "isinstance",
    "super", "property", "classmethod", "print", "len", "tuple", "frozenset", "Exception", "Self", "ClassVar", "TYPE_CHECKING",
    "value", "values", "keys", "get", "pop", "update", "copy", "mro", "upper", "lower", "encode", "title", "format", "_needs", "_tells",
)
UGLY = (
    "", " ", "1", "1st", "-", "_", "__", "$ref", "$", "@type", "x-", "x-a", "é", "Ünïcode", "日本", "İ", "ß", "ﬁ", "²", "a²", "µ", "ª",
    "a\nb", "a\"b", "a'b", "a\\", "\\n", '"""', "'''", "{a}", "{", "}", "{{ a }}", "{% if %}", "{#", "%", "%7B", "%s", "#", "a#b", "a/b", "~1", "~0", "?",
    "a[b]", "a[]", "a:b", "*", "a\tb", "\u2028", "\u200b", "\x00", "\x7f", "😀", "+1", "-1", "a" * 120, "null", "true", "NO",
    "application/json", "get", "parameters", "allOf", "properties", "schema", "#/components/schemas/Job",
)
# fmt: on
DESCRIPTIONS = (
    "What it is.",
    "",
    "Two\n\nparagraphs.",
    'Ends with "',
    'Has """ in it',
    "Ends with \\",
    "\\N{DASH} \\x1 \\u12",
    "{{ x }} {% raw %}",
    "# no comment",
    "é \u2028 😀",
    "a" * 300,
    "\ttab\r\nline\r",
    "%(name)s",
    "\x00",
    "Raises:",
    "'''",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    "a", 1, True, None, "", 0, -1, 1.5, 1e300, 10**30, False, [], {}, ["a"], [1, None], {"a": 1}, {"$ref": "#/x"}, "NO", "010", "1.0", "2020-01-01",
    "2020-01-01T00:00:00Z", "not a date", '"', "\\", "\n", "é", "None", [[]], {"": None},
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    *VALUES, "\ud800", {"\ud800": {"type": "string"}}, {"$ref": "#"}, {"$ref": ""}, {"$ref": 5}, {"$ref": "#/components/schemas/Job"}, {"$ref": "#/paths"}, {"$ref": "other.yaml#/a"},
    {"$ref": "https://example.com/a"}, {"$ref": "#/%zz/~2"}, {"$ref": "#/components/schemas/Nowhere"}, {"type": "object"}, {"type": []},
    {"type": ["string", "null"]}, {"type": "what"}, {"type": {"a": 1}}, {"allOf": "a"}, {"oneOf": {}}, {"anyOf": [None]}, {"enum": []}, {"enum": "a"},
    {"properties": []}, {"required": True}, {"items": [{}]}, {"discriminator": "a"}, {"nullable": "yes"}, [{}], [None], [[{"$ref": "#/components"}]],
    {"in": "query"}, {"name": "a", "in": "body"}, {"200": None}, {"default": {}}, {"get": []}, "application/json", "#/components/schemas/Job", 1e400,
)  # fmt: skip
