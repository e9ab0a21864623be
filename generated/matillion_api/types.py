# Generated from openapi/ by scripts/generate. Do not edit.
"""What the generated modules share, and what they need from a session."""

import json
import re
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Coroutine,
    Generator,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from datetime import date, datetime
from enum import Enum, StrEnum
from io import BytesIO
from reprlib import recursive_repr
from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    BinaryIO,
    ClassVar,
    Generic,
    Literal,
    NoReturn,
    Protocol,
    Self,
    TypeVar,
    cast,
    overload,
)
from urllib.parse import quote, urlencode
from uuid import UUID

from attrs import define, field, fields, frozen

from .errors import InvalidArgument, Unreadable

if TYPE_CHECKING:
    pass


class Unset:
    """The type of UNSET: a field or parameter that was not given, as opposed to None (JSON null)."""

    _instance: "Unset | None" = None

    def __new__(cls) -> "Unset":
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __copy__(self) -> "Unset":
        return self

    def __deepcopy__(self, memo: object) -> "Unset":
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()


class OpenStrEnum(StrEnum):
    """A string enum that matches in any case and keeps values it does not know."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        folded = value.casefold()
        for member in cls:
            if member.value.casefold() == folded:
                return member
        unknown = str.__new__(cls, value)
        unknown._name_ = value
        unknown._value_ = value
        return unknown

    def __hash__(self) -> int:
        return str.__hash__(self)

    @property
    def is_known(self) -> bool:
        """Whether this version of the package knows the value."""
        return self._name_ in type(self).__members__


# The types that `httpx.AsyncClient.request(files=)` accepts.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define(repr=False, eq=False)
class Model:
    """What all models have in common.

    Attributes:
        extra: fields that a response had beyond the documented ones, by the API's own names, and sent along in a
            request; all entries of a model that is a map by name.
    """

    extra: dict[str, Any] = field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return dict(self.extra)

    # Not attrs' own repr and equality, which it would write and compile for each model, at its import.

    @recursive_repr()
    def __repr__(self) -> str:
        # What is not documented comes last, although the base has it.
        shown = sorted(
            (each for each in fields(type(self)) if each.repr),
            key=lambda each: each.name == "extra",
        )
        values = (f"{each.name}={getattr(self, each.name)!r}" for each in shown)
        return f"{type(self).__name__}({', '.join(values)})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        names = (each.name for each in fields(type(self)))
        return all(getattr(self, name) == getattr(other, name) for name in names)


ItemT = TypeVar("ItemT")


class Page(Model, Sequence[ItemT]):
    """A page of a listing, which is a sequence of its items; as any sequence it is false when there are none."""

    __slots__ = ()
    _items_field: ClassVar[str]

    @property
    def _items(self) -> list[ItemT]:
        return getattr(self, self._items_field) or []

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> ItemT: ...

    @overload
    def __getitem__(self, index: slice) -> list[ItemT]: ...

    def __getitem__(self, index: int | slice) -> ItemT | list[ItemT]:
        return self._items[index]

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self._items)


@define
class File:
    """A file to upload."""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The form that httpx accepts for multipart/form-data."""
        return self.file_name, self.payload, self.mime_type

    @classmethod
    def of(cls, value: Any) -> Self:
        """A file of what stands for one in a mapping: itself, or bytes; TypeError of anything else."""
        if isinstance(value, cls):
            return value
        return cls(BytesIO(value))


T = TypeVar("T")
PageT = TypeVar("PageT")
PageT_co = TypeVar("PageT_co", covariant=True)


@define
class Response(Generic[T]):
    """A response of the API: its status, body, headers, and the body parsed."""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T


@frozen
class Paging:
    """How a listing is paged; the names are those of Python parameters and model attributes."""

    style: Literal["page", "index", "token"]
    items: str
    """Attribute of a page: its items."""
    size: str
    """Parameter: items per page."""
    max_size: int
    """The largest size the API accepts."""
    cursor: str
    """Parameter: the number of the page (page style), the index of its first item (index style) or the token of the
    page (token style)."""
    first: int | None = None
    """What the parameter is of the first page, where that is not 0 in the page style, or 1 in the index style."""
    total: str | None = None
    """Attribute of a page, page and index style: the number of items on all pages."""
    next: str | None = None
    """Attribute of a page, token style: the token of the page after it."""
    last: str | None = None
    """Attribute of an item, token style: that of the last one on a page is the token of the page after it."""
    more: str | None = None
    """Attribute of a page, token style: whether there is one after it."""
    items_key: str = ""
    """Field of a response: its items; and so on for the others."""
    cursor_key: str = ""
    total_key: str = ""
    next_key: str = ""
    fields: frozenset[str] = frozenset()
    """All documented fields of a page."""
    item_fields: frozenset[str] = frozenset()
    """Fields of which an item has at least one; empty where one is required, and where they are a guess."""
    alone: frozenset[str] = frozenset()
    """Fields that tell an item that came alone, in place of a page, where no source shows how the listing comes."""
    missing_is_empty: bool = False
    """Whether 404 says that there are no items."""


@frozen
class UnreadableRow:
    """A row of a page that cannot be read."""

    index: int
    """Its index on the page."""
    name: str
    """What of its ids and names could be found, as text."""
    reason: str
    """What is wrong with it, and where."""
    data: Any = field(repr=False)
    """The row as it came; None where responses of the operation may hold a secret."""

    def __str__(self) -> str:
        named = f" ({self.name})" if self.name else ""
        return f"row {self.index}{named}: {self.reason}"


def _refuse_constant(name: str) -> Any:
    raise Unreadable(f"JSON has no {name}", is_json=False)


DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
"""Reads JSON, without the NaN and Infinity that Python's own takes for it (RFC 8259, section 6)."""


def loads(content: bytes) -> Any:
    """Read a JSON document; ValueError if it is not one."""
    return DECODER.decode(content.decode(json.detect_encoding(content), "surrogatepass"))


class HttpResponse(Protocol):
    """What an operation reads of a response, such as httpx's."""

    @property
    def status_code(self) -> int: ...

    @property
    def content(self) -> bytes: ...

    @property
    def text(self) -> str: ...


@frozen
class Operation(Generic[T]):
    """One operation of the API: how it is sent, how its response is read, and what may be done with it."""

    id: str
    """Its name on the client, such as ``projects.list``."""
    method: str
    path: str
    idempotent: bool
    """Whether it may be sent again when the outcome of the first request is unknown."""
    get_kwargs: Callable[..., dict[str, Any]] = field(repr=False)
    """Turns the Python arguments into those of ``httpx.AsyncClient.request``; raises InvalidArgument."""
    parse: Callable[[Any], T] = field(repr=False)
    """Turns a decoded body into the result; raises Unreadable, which is a ValueError, or, where a spec has unusual types,
    KeyError, TypeError, ValueError or AttributeError."""
    body: Literal["json", "text", "bytes", "none"] = "json"
    may_be_empty: bool = False
    """Whether a response without a body stands for None."""
    secret: bool = False
    """Whether its response may hold a secret, so that no error may repeat it."""
    paging: Paging | None = None
    by_status: Mapping[str, tuple[Literal["json", "text", "bytes", "none"], Callable[[Any], T]]] = (
        field(factory=dict, repr=False)
    )
    """Where responses of several statuses differ: how each is read, by status, or ``2XX`` for all others."""
    projects: tuple[str, ...] = ()
    """Parameters that are ids of projects; a session may take names of projects in their place."""

    def decode(self, response: HttpResponse) -> T:
        """Read the body of a successful response; a body that is not JSON raises ValueError."""
        body, parse = self.body, self.parse
        if self.by_status:
            others = self.by_status.get("2XX", (body, parse))
            body, parse = self.by_status.get(str(response.status_code), others)
        if body == "none" or (self.may_be_empty and not response.content.strip()):
            return self.parse(None)
        if body == "json":
            return parse(loads(response.content))
        return parse(response.text if body == "text" else response.content)


class Listing(Protocol[ItemT, PageT_co]):
    """A listing: ``await`` gives one page, ``async for`` walks all items."""

    def __await__(self) -> Generator[Any, None, PageT_co]: ...

    def __aiter__(self) -> AsyncIterator[ItemT]: ...

    def pages(self) -> AsyncGenerator[PageT_co, None]:
        """Walk the pages."""
        ...

    async def all(self) -> list[ItemT]:
        """Collect the items of all pages."""
        ...

    def skip_unreadable(
        self, report: Callable[[UnreadableRow], object]
    ) -> "Listing[ItemT, PageT_co]":
        """The same listing without the rows that cannot be read, each of which is given to ``report``."""
        ...


class Session(Protocol):
    """What the resource classes need: something that carries out operations."""

    def call(self, operation: Operation[T], /, **arguments: Any) -> Coroutine[Any, Any, T]:
        """Carry out an operation and return its parsed response."""
        ...

    def listing(
        self, operation: Operation[PageT], item: type[ItemT], /, **arguments: Any
    ) -> Listing[ItemT, PageT]:
        """A listing whose pages the operation returns."""
        ...


_CHANGES_THE_PATH = frozenset({"", ".", ".."})
_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f]")
_WORD_BEGINS = re.compile("(?<=[a-z0-9])(?=[A-Z])")
_HEADER_TEXT = re.compile("[!-~]([ -~]*[!-~])?")


def not_text(
    name: str, value: object, form: str = "a string", kinds: tuple[type, ...] = (str,)
) -> str:
    """What is wrong with a value that is not a string; of what has the id or name that is asked for, it says how to get that.

    Args:
        name: what is asked for, such as ``project``, ``agent_id`` or ``environmentName``.
        value: what was given in its place; nothing of it is shown.
        form: what it must be.
        kinds: the types that this has.
    """
    kind = type(value).__name__
    given, name_here = _in_snake_case(kind), _in_snake_case(name)
    what = name_here.removesuffix("_id").removesuffix("_name")
    keys = [name_here, f"{what}_id"]
    is_one = isinstance(value, Mapping) or f"_{given}".endswith(f"_{what}")
    if is_one or not isinstance(value, Model):  # a run, which is known by its id
        keys += ["name", "id"] if name_here.endswith("_name") else ["id", "name"]
    problem = f"{name} must be {form}, not {kind}"
    if isinstance(value, Coroutine):
        return f"{problem}: await it first"
    if isinstance(value, Mapping):
        known = {_in_snake_case(key): key for key in value if isinstance(key, str)}
        found = [f'{what}["{known[key]}"]' for key in keys if key in known]
    else:
        found = [f"{given}.{key}" for key in keys if isinstance(getattr(value, key, None), kinds)]
    return f"{problem}: give {found[0]}" if found else problem


def _in_snake_case(name: str) -> str:
    return _WORD_BEGINS.sub("_", name).replace(" ", "_").lower()


def check_query(params: Mapping[str, Any]) -> None:
    """Refuse what would arrive as the text that Python has for it."""
    for name, value in params.items():
        if type(value) is str or type(value) is int:  # almost all of them
            continue
        for each in value if isinstance(value, list | tuple) else (value,):
            if not isinstance(each, str | int | float):
                raise InvalidArgument(not_text(_in_snake_case(name), each))


def check_body(document: Any, name: str = "") -> None:
    """Refuse a model where JSON has the id or the name of one."""
    if isinstance(document, Model | ModelAsObject):
        model = document.model if isinstance(document, ModelAsObject) else document
        raise InvalidArgument(not_text(name or "the body", model))
    if isinstance(document, Mapping):
        for field_name, value in document.items():
            check_body(value, field_name)


def path_segment(name: str, value: str) -> str:
    """Percent-encode a value for the path; refuse one that would address something else."""
    if not isinstance(value, str):
        raise InvalidArgument(not_text(name, value))
    if value in _CHANGES_THE_PATH:
        raise InvalidArgument(
            f"{name} must not be {value!r}: the request would go to another resource"
        )
    if _CONTROL_CHARACTER.search(value):
        raise InvalidArgument(f"{name} must not contain control characters: {value!r}")
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:
        raise InvalidArgument(f"{name} is not valid Unicode text: {value!r}") from None


_CALLED: dict[type, str] = {
    UUID: "a UUID",
    bool: "a boolean",
    date: "a date",
    datetime: "a datetime",
    float: "a number",
    int: "an integer",
    str: "a string",
}


def as_text(name: str, value: object, *kinds: type) -> str:
    """What stands in a path for a value that is of one of several types; text is taken as it is.

    Raises:
        InvalidArgument: it is of none of them, or a moment without a time zone.
    """
    if isinstance(value, str):
        return value
    kind = type(value)
    fits = isinstance(value, kinds) or (kind is int and float in kinds)
    if not fits or (isinstance(value, bool | datetime) and kind not in kinds):
        form = " or ".join(_CALLED[each] for each in kinds)
        raise InvalidArgument(not_text(name, value, form, kinds))
    if isinstance(value, datetime):
        check_moment(name, value)
    return _text(name, value)


_IN_A_COOKIE = "!#$%&'()*+/:<=>?@[]^`{|}"


def check_headers(headers: Mapping[str, str]) -> None:
    """Refuse text that does not arrive as it is in a header; it may be secret, so it is not shown.

    HTTP gives a meaning to ASCII only, ends a header at a line break, and drops the spaces around a value
    (RFC 9110, section 5.5).
    """
    for name, value in headers.items():
        if not isinstance(value, str):
            raise InvalidArgument(not_text(name, value))
        if not _HEADER_TEXT.fullmatch(value):
            raise InvalidArgument(
                f"{name} is sent in a header of HTTP: it must be printable ASCII, and neither be empty nor "
                "begin or end with a space"
            )


def check_range(
    name: str, value: "float | Unset", minimum: float | None = None, maximum: float | None = None
) -> None:
    """Refuse a number that the API documents as out of bounds."""
    if isinstance(value, Unset):
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidArgument(f"{name} must be a number, not {type(value).__name__}")
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        bounds = " and ".join(
            text
            for bound, text in ((minimum, f"at least {minimum}"), (maximum, f"at most {maximum}"))
            if bound is not None
        )
        raise InvalidArgument(f"{name} must be {bounds}, not {value}")


def check_moment(name: str, value: "datetime | Unset") -> None:
    """Refuse a moment without a time zone: each server and each machine would take it for another one."""
    if isinstance(value, Unset):
        return
    if not isinstance(value, datetime):
        raise InvalidArgument(
            f"{name} must be a datetime with a time zone, not {type(value).__name__}"
        )
    if value.utcoffset() is None:
        raise InvalidArgument(
            f"{name} has no time zone: {value.isoformat()}; add one, such as tzinfo=datetime.UTC"
        )


def check_date(name: str, value: "date | Unset") -> None:
    """Refuse what is not a date; a datetime would be sent with its time."""
    if isinstance(value, Unset):
        return
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidArgument(f"{name} must be a date, not {type(value).__name__}")


def as_plain(value: Any) -> Any:
    """What JSON knows of a value: models and mappings as objects, and all that is in them."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | bool | Unset):
        return value
    if hasattr(value, "to_dict"):
        return as_plain(value.to_dict())
    if isinstance(value, Mapping):
        return {key: as_plain(each) for key, each in value.items() if not isinstance(each, Unset)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [as_plain(each) for each in value]
    return value


def unchecked(value: Any) -> Any:
    """A value of a field that takes several types; what it is shows when it is sent."""
    return value


def as_json_text(name: str, value: Any) -> str:
    """A parameter that is JSON."""
    try:
        return json.dumps(as_plain(value), separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InvalidArgument(f"{name} cannot be written as JSON: {error}") from None


def _text(name: str, value: Any) -> str:
    plain = as_plain(value)
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, str | int | float):
        return str(plain)
    raise InvalidArgument(f"{name} must be text, a number or a boolean, not {type(value).__name__}")


def deep_object(name: str, value: Any) -> dict[str, Any]:
    """Parameters such as ``filter[name]`` for the fields of an object; a value that is none is sent under its name."""
    plain = as_plain(value)
    if isinstance(plain, Mapping):
        return {
            key: text
            for field_name, each in plain.items()
            if each is not None
            for key, text in deep_object(f"{name}[{field_name}]", each).items()
        }
    if isinstance(plain, list):
        raise InvalidArgument(
            f"{name} must not be a list: it has no form in a parameter of this kind"
        )
    return {name: _text(name, plain)}


def fields_of(name: str, value: Any) -> dict[str, Any]:
    """The fields of an object as parameters of their own."""
    plain = as_plain(value)
    if not isinstance(plain, Mapping):
        raise InvalidArgument(f"{name} must be a mapping, not {type(value).__name__}")
    return {
        key: [_text(key, item) for item in each] if isinstance(each, list) else _text(key, each)
        for key, each in plain.items()
        if each is not None
    }


def form_encoded(value: Any, styles: Mapping[str, str] | None = None) -> bytes:
    """An object as a form: lists as a field for each item, and objects as JSON.

    Args:
        value: the object.
        styles: of fields that are written otherwise: ``deep`` as ``field[name]``, ``fields`` as fields of the form, ``json``,
            or in one value with ``commas``, ``pipes`` or ``spaces``.

    Raises:
        InvalidArgument: it is not an object, or has what there is no form for.
    """
    plain = as_plain(value)
    if not isinstance(plain, Mapping):
        raise InvalidArgument(f"body must be a mapping, not {type(value).__name__}")
    return urlencode(
        [
            pair
            for name, each in plain.items()
            if each is not None
            for pair in _form_fields(name, each, (styles or {}).get(name, ""))
        ]
    ).encode()


def _form_fields(name: str, value: Any, style: str) -> list[tuple[str, str]]:
    if style == "deep":
        return list(deep_object(name, value).items())
    if isinstance(value, Mapping | list):
        if style == "json":
            return [(name, as_json_text(name, value))]
        if style in _SEPARATED:
            return [(name, _SEPARATED[style](name, value))]
    if style == "fields" and isinstance(value, Mapping):
        found = fields_of(name, value)
        return [
            (key, text)
            for key, each in found.items()
            for text in (each if isinstance(each, list) else [each])
        ]
    return [
        (name, as_json_text(name, item) if isinstance(item, Mapping | list) else _text(name, item))
        for item in (value if isinstance(value, list) else [value])
        if item is not None
    ]


def as_bytes(value: Any) -> Any:
    """A body that is sent as it is: text in UTF-8, bytes, or an iterator of them."""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, bytes | AsyncIterable):
        return value
    raise InvalidArgument(f"body must be text or bytes, not {type(value).__name__}")


def as_part(value: Any) -> FileTypes:
    """A part of a form that may be anything: a file, bytes, text, or JSON."""
    if isinstance(value, File):
        return value.to_tuple()
    if isinstance(value, bytes):
        return None, value, "application/octet-stream"
    plain = as_plain(value)
    if isinstance(plain, Mapping | list):
        return None, as_json_text("body", plain), "application/json"
    return None, _text("body", plain), "text/plain"


def with_media_types(files: RequestFiles, stated: Mapping[str, str]) -> RequestFiles:
    """Parts of a form with the media types that are stated of their fields; what a file says of itself counts before."""
    made: RequestFiles = []
    for name, (file_name, content, media_type, *_) in files:
        is_file = not isinstance(content, bytes | str)
        if name in stated and not (is_file and media_type):
            media_type = stated[name]
        made.append((name, (file_name, content, media_type)))
    return made


def _separated(
    name: str, values: Sequence[Any] | Mapping[str, Any], separator: str, called: str
) -> str:
    if isinstance(values, str):
        raise InvalidArgument(f"{name} must be a list of strings, not one string")
    if isinstance(values, Mapping):
        values = [each for pair in values.items() for each in pair]
    texts = [_text(name, value) for value in values]
    for text in texts:
        if not text or separator in text:
            raise InvalidArgument(
                f"{name} must not contain {text!r}: values are separated by {called}"
            )
    return separator.join(texts)


def comma_separated(name: str, values: Sequence[Any] | Mapping[str, Any]) -> str:
    """One parameter, or one header, for several values, none of which may contain the separator."""
    return _separated(name, values, ",", "commas")


def pipes(name: str, values: Sequence[Any] | Mapping[str, Any]) -> str:
    """One parameter for several values, none of which may contain the separator."""
    return _separated(name, values, "|", "vertical bars")


def spaces(name: str, values: Sequence[Any] | Mapping[str, Any]) -> str:
    """One parameter for several values, none of which may contain the separator."""
    return _separated(name, values, " ", "spaces")


_SEPARATED = {"commas": comma_separated, "pipes": pipes, "spaces": spaces}


def pairs(name: str, value: Any) -> str:
    """The fields of an object in a header, as ``name=value``."""
    plain = as_plain(value)
    if not isinstance(plain, Mapping):
        raise InvalidArgument(f"{name} must be a mapping, not {type(value).__name__}")
    return comma_separated(name, [f"{key}={_text(name, each)}" for key, each in plain.items()])


def add_cookie(headers: dict[str, Any], wire: str, name: str, value: Any) -> None:
    """Send a value as a cookie: what none has in it (RFC 6265, section 4.1.1) is percent-encoded, all else sent as it is."""
    cookie = f"{wire}={quote(_text(name, as_plain(value)), safe=_IN_A_COOKIE)}"
    headers["Cookie"] = f"{headers['Cookie']}; {cookie}" if "Cookie" in headers else cookie


def in_path(style: str, wire: str, name: str, value: Any) -> str:
    """A parameter of the path, in a style of RFC 6570: ``simple``, ``label`` or ``matrix``, exploded with a ``*``."""
    plain = as_plain(value)
    base, explodes = style.rstrip("*"), style.endswith("*")
    between = {"simple": ",", "label": ".", "matrix": ";"}[base] if explodes else ","
    key = quote(wire, safe="")
    if isinstance(plain, Mapping):
        pairs = [
            (quote(str(field), safe=""), path_segment(name, _text(name, each)))
            for field, each in plain.items()
        ]
        parts = (
            [f"{field}={each}" for field, each in pairs]
            if explodes
            else [part for pair in pairs for part in pair]
        )
        named = not explodes
    else:
        values = plain if isinstance(plain, list) else [plain]
        parts = [path_segment(name, _text(name, each)) for each in values]
        named = True
        if base == "matrix" and explodes:
            parts, named = [f"{key}={part}" for part in parts], False
    if not parts:
        raise InvalidArgument(f"{name} must not be empty: the request would go to another resource")
    text = between.join(parts)
    if base == "matrix":
        return f";{key}={text}" if named else f";{text}"
    return f".{text}" if base == "label" else text


class _Model(Protocol):
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], /) -> Self: ...


ModelT = TypeVar("ModelT", bound=_Model)


class _Refused:
    """What no model can be made of: refused where a request is made of it, by the session, as any other argument."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def to_dict(self) -> NoReturn:
        raise InvalidArgument(self._reason)

    to_multipart = to_dict


class ModelAsObject(dict[str, Any]):
    """The fields of a model that is inside a mapping. Where it stands for an id or a name, the model is refused."""

    def __init__(self, model: Model) -> None:
        super().__init__(as_plain(model))
        self.model = model


def _with_objects(value: Any) -> Any:
    """What JSON knows of a mapping in which there may be models."""
    if isinstance(value, Model):
        return ModelAsObject(value)
    if isinstance(value, Mapping):
        return {
            key: _with_objects(each) for key, each in value.items() if not isinstance(each, Unset)
        }
    if isinstance(value, list | tuple):
        return [_with_objects(each) for each in value]
    return as_plain(value)


def as_model(model: type[ModelT], value: ModelT | Mapping[str, Any]) -> ModelT:
    """Accept a mapping with the API's own field names in place of a model."""
    if isinstance(value, model):
        return value
    if not isinstance(value, Mapping):
        reason = f"{model.__name__} or a mapping is needed, not {type(value).__name__}"
    else:
        try:
            return model.from_dict(_with_objects(value))
        except Unreadable as error:
            if error.is_missing:
                reason = f"{model.__name__} needs the field {error.place!r}"
            else:
                reason = f"{model.__name__} cannot be made of what was given: {error}"
        except KeyError as error:
            reason = f"{model.__name__} needs the field {error}"
        except (AttributeError, TypeError, ValueError):
            reason = (
                f"{model.__name__} cannot be made of what was given: "
                "a field has another form than the API documents"
            )
    return cast(ModelT, _Refused(reason))


EnumT = TypeVar("EnumT", bound=OpenStrEnum)


def as_members(enum: type[EnumT], values: Sequence[EnumT | str]) -> list[EnumT]:
    """Members of an enum from strings; a string alone is one value, not its letters."""
    return [enum(value) for value in ([values] if isinstance(values, str) else values)]


def unwrap(data: Any, key: str) -> Any:
    """An object that some servers send as it is, and others under ``key``; what is beside that is kept."""
    inner = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(inner, Mapping):
        return data
    return {**{name: value for name, value in data.items() if name != key}, **inner}


__all__ = [
    "DECODER",
    "UNSET",
    "File",
    "FileTypes",
    "Listing",
    "Model",
    "OpenStrEnum",
    "Operation",
    "Page",
    "Paging",
    "RequestFiles",
    "Response",
    "Session",
    "UnreadableRow",
    "Unset",
    "as_bytes",
    "as_json_text",
    "as_members",
    "as_model",
    "as_part",
    "as_plain",
    "as_text",
    "check_body",
    "check_date",
    "check_headers",
    "check_moment",
    "check_query",
    "check_range",
    "comma_separated",
    "deep_object",
    "fields_of",
    "form_encoded",
    "in_path",
    "loads",
    "pairs",
    "not_text",
    "path_segment",
    "pipes",
    "spaces",
    "unchecked",
    "unwrap",
    "with_media_types",
]
