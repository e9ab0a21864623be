"""JSON read in slices: the same document as at once, with pauses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matillion_api.types import loads

from matillion_async._calls import json_slices
from matillion_async._calls.json_slices import SLICE, STEPS, read

texts = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates included
documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(texts, inner, max_size=8),
    max_leaves=60,
)
broken = st.sampled_from(
    [
        *'{}[],:"\\x1-.',
        "\x00",
        "\n",
        "\N{NO-BREAK SPACE}",
        "\\ud800",
        "1e5",
        "NaN",
        "nul",
        '""',
        "[]",
    ]
)
encodings = st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)


def run(content: bytes) -> tuple[Any, int]:
    """The document, and the number of pauses."""
    slices = read(content)
    pauses = 0
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value, pauses
        pauses += 1


@pytest.fixture(scope="module", autouse=True)
def _small_slices() -> Any:
    """Small slices in the tests of all documents: what has thousands of characters in use has ten here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_slices, "SLICE", 16)
        yield


@settings(max_examples=75, deadline=None)
@given(
    document=documents,
    indent=st.sampled_from([None, 0, 3]),
    ascii_only=st.booleans(),
    encoding=encodings,
    padding=st.text(alphabet=" \t\r\n", max_size=3),
)
def test_it_is_the_same_document(
    document: Any, indent: int | None, ascii_only: bool, encoding: str, padding: str
) -> None:
    """Whatever the document, its layout and its encoding."""
    text = padding + json.dumps(document, indent=indent, ensure_ascii=ascii_only) + padding
    content = text.encode(encoding, "surrogatepass")
    assert json.loads(content) == loads(content) == run(content)[0]


def test_the_last_of_two_fields_of_one_name_counts() -> None:
    """As json.loads has it."""
    assert {"a": 2, "b": [0] * 20} == run(b'{"a": 1, "b": %s, "a": 2}' % str([0] * 20).encode())[0]


@settings(max_examples=100, deadline=None)
@given(
    document=documents,
    at=st.integers(0, 200),
    left_out=st.sampled_from([0, 1, 2, 200]),
    put_in=broken | st.just(""),
    encoding=encodings,
)
def test_what_json_refuses_is_refused(
    document: Any, at: int, left_out: int, put_in: str, encoding: str
) -> None:
    """A document that is cut off or changed somewhere reads as it does at once, or is not JSON for both."""
    text = json.dumps(document)
    at %= len(text) + 1
    content = (text[:at] + put_in + text[at + left_out :]).encode(encoding, "surrogatepass")
    try:
        expected = loads(content)
    except ValueError as error:
        with pytest.raises(type(error)):
            run(content)
    else:
        assert repr(expected) == repr(run(content)[0])


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_what_is_no_json_is_refused(constant: bytes) -> None:
    """Python's own reader takes it, RFC 8259 does not."""
    content = b'{"a": %s, "b": [%s]}' % (b'"' + b"x" * 50 + b'"', constant)
    for reads in (loads, run):
        with pytest.raises(ValueError, match=f"JSON has no {constant.decode()}"):
            reads(content)


@settings(max_examples=75, deadline=None)
@given(document=documents, at=st.integers(0, 200), byte=st.binary(min_size=1, max_size=1))
def test_bytes_in_no_encoding_are_refused(document: Any, at: int, byte: bytes) -> None:
    """A document with a foreign byte in it is read or refused as json.loads does it."""
    content = json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")
    at %= len(content) + 1
    content = content[:at] + byte + content[at:]
    try:
        expected = json.loads(content)
    except ValueError as error:
        with pytest.raises(type(error)):
            run(content)
    else:
        assert repr(expected) == repr(run(content)[0])


def test_a_number_at_the_end_of_a_slice_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its digits in the slice could be more than Python makes an integer of, while the whole is a float."""
    monkeypatch.setattr(json_slices, "SLICE", SLICE)
    number = "1" * 300 + "." + "1" * 4700
    for digits in (number, number.replace(".", "") + "e-4000"):
        text = f'["{"x" * (SLICE - 4800)}", {digits}]'
        assert json.loads(text) == run(text.encode())[0]


@pytest.mark.parametrize(
    "text",
    [
        '{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" 1}',
        '{"a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" "b": 1}',
        '{1: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}',
        "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 16]",
        "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, nul]",
        '["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a\n"]',
        "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] 16",
    ],
)
def test_an_error_says_where_it_is(text: str) -> None:
    """The position is that of json.loads, not one in a slice."""
    with pytest.raises(json.JSONDecodeError) as expected:
        json.loads(text)
    with pytest.raises(json.JSONDecodeError) as actual:
        run(text.encode())
    assert (expected.value.msg, expected.value.pos) == (actual.value.msg, actual.value.pos)


def test_a_document_that_is_nested_too_deeply_is_an_error_as_ever() -> None:
    """A recursion error, as json.loads gives."""
    with pytest.raises(RecursionError):
        run(b"[" * 100_000)


@pytest.mark.parametrize("number", ["12", "-12", "1.25", "1e2", "1e+2", "-1.25E-2"])
def test_a_number_is_never_cut(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a slice ends in it, and without a second look at the whole."""
    monkeypatch.setattr(json_slices, "loads", None)
    for size in range(1, 20):
        monkeypatch.setattr(json_slices, "SLICE", size)
        text = f"[{number}, {number}]"
        assert json.loads(text) == run(text.encode())[0]


@pytest.mark.parametrize(
    "document",
    [
        [{"id": str(number), "name": "x" * 100} for number in range(5000)],
        {"results": [{"event": ["y" * 1000] * 10} for _ in range(100)], "page": 0},
        {"page": 0, "size": 10, "results": [["x" * 500] * 10] * 200},
    ],
)
def test_a_listing_has_a_pause_after_each_slice(
    document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether its items come alone or under a name, before or after the rest."""
    monkeypatch.setattr(json_slices, "SLICE", SLICE)
    content = json.dumps(document).encode()
    found, pauses = run(content)
    assert document == found
    assert pauses >= (len(content) - 1) // SLICE


def test_a_long_item_is_not_begun_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each attempt has twice as much text as the one before."""
    attempts = 0

    class Decoder(json.JSONDecoder):
        def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
            nonlocal attempts
            attempts += 1
            return super().raw_decode(s, idx)

    monkeypatch.setattr(json_slices, "DECODER", Decoder())
    item = {"name": "x" * 16 * 100}
    assert [item] == run(json.dumps([item]).encode())[0]
    assert attempts <= 9  # of 16, 32, 64 … 2,048 characters


def test_many_values_that_are_read_one_by_one_have_pauses_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An array is taken apart in Python, which takes more time for a short value than for a long one."""
    monkeypatch.setattr(json_slices, "SLICE", SLICE)
    _, pauses = run(json.dumps(list(range(100_000))).encode())
    assert pauses >= 100_000 / STEPS


def test_a_document_that_is_no_listing_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is below its arrays is left to the json module."""
    monkeypatch.setattr(json_slices, "SLICE", SLICE)
    document = {"id": "a", "event": {"fields": [["x" * 100] * 100] * 100}}
    assert (document, 0) == run(json.dumps(document).encode())
