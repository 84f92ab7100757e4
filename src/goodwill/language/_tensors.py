"""The numbers of an ONNX file, read without a library: a few fields of its protocol buffers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

_GRAPH = 7
"""Field of a model that holds its graph; the next are fields of a graph and of a tensor."""
_TENSOR = 5
_DIMS, _TYPE, _NAME, _RAW = 1, 2, 8, 9
_TYPES: dict[int, type] = {1: np.float32, 3: np.int8, 7: np.int64}


def tensors(data: bytes) -> dict[str, npt.NDArray[Any]]:
    """Return the stored tensors of an ONNX model by name; those of other types are left out."""
    found: dict[str, npt.NDArray[Any]] = {}
    for graph in _of(data, 0, len(data), _GRAPH):
        for tensor in _of(data, *graph, _TENSOR):
            dims = [int(n) for n in _numbers(data, *tensor, _DIMS)]
            kind = _TYPES.get(next(_numbers(data, *tensor, _TYPE), 0))
            for start, end in _of(data, *tensor, _RAW):
                if kind is not None:
                    name = data[slice(*next(_of(data, *tensor, _NAME)))].decode()
                    found[name] = np.frombuffer(data[start:end], kind).reshape(dims)
    return found


def _of(data: bytes, start: int, end: int, field: int) -> Iterator[tuple[int, int]]:
    """Yield where the parts lie that are filed under this number."""
    for number, begin, close in _fields(data, start, end):
        if number == field and close is not None:
            yield begin, close


def _numbers(data: bytes, start: int, end: int, field: int) -> Iterator[int]:
    """Yield the whole numbers filed under this number, written one by one or together."""
    for number, value, close in _fields(data, start, end):
        if number != field:
            continue
        if close is None:
            yield value
        else:
            while value < close:
                one, value = _varint(data, value)
                yield one


def _fields(data: bytes, place: int, end: int) -> Iterator[tuple[int, int, int | None]]:
    """Yield number, value and None of whole numbers; number, begin and end of everything else."""
    while place < end:
        key, place = _varint(data, place)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, place = _varint(data, place)
            yield number, value, None
            continue
        size, place = _varint(data, place) if kind == 2 else ({1: 8, 5: 4}[kind], place)
        yield number, place, place + size
        place += size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, place
        shift += 7
