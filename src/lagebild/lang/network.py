"""Outputs struck from an ONNX file in memory, so that nothing is computed for them.

An ONNX file is one protocol-buffers message: fields with a number, of which the graph (7) holds the outputs (12), each with its name
(1). onnxruntime runs every node of a graph whatever outputs are asked for, but leaves out at loading what no output needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

__all__ = ["with_outputs"]

_GRAPH, _OUTPUT, _NAME = 7, 12, 1
_BYTES = 2  # wire type of strings and messages
_FIXED = {1: 8, 5: 4}


def with_outputs(network: bytes, names: Collection[str]) -> bytes:
    """The network with only these of its outputs. Raises ValueError for bytes that are no such message."""
    view = memoryview(network)
    parts: list[bytes | memoryview] = []
    for number, start, content, end in _fields(view, 0, len(view)):
        if number == _GRAPH:
            graph = b"".join(_kept(view, content, end, names))
            parts += [_varint(number << 3 | _BYTES), _varint(len(graph)), graph]
        else:
            parts.append(view[start:end])
    return b"".join(parts)


def _kept(view: memoryview, start: int, end: int, names: Collection[str]) -> Iterator[memoryview]:
    for number, begin, content, stop in _fields(view, start, end):
        if number != _OUTPUT or _name(view, content, stop) in names:
            yield view[begin:stop]


def _name(view: memoryview, start: int, end: int) -> str:
    return next(
        (
            bytes(view[content:stop]).decode()
            for number, _, content, stop in _fields(view, start, end)
            if number == _NAME
        ),
        "",
    )


def _fields(view: memoryview, place: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Number, start, start of the content and end of each field of a message."""
    while place < end:
        start = place
        key, place = _read_varint(view, place, end)
        kind = key & 7
        if kind == _BYTES:
            length, content = _read_varint(view, place, end)
            place = content + length
        elif kind == 0:
            content = place
            _, place = _read_varint(view, place, end)
        elif kind in _FIXED:
            content = place
            place += _FIXED[kind]
        else:
            raise ValueError("not an ONNX file")
        if place > end:
            raise ValueError("an ONNX file that breaks off")
        yield key >> 3, start, content, place


def _read_varint(view: memoryview, place: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while place < end:
        value |= (view[place] & 0x7F) << shift
        shift += 7
        place += 1
        if view[place - 1] < 0x80:
            return value, place
    raise ValueError("an ONNX file that breaks off")


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
