"""Vectors to points on a grid of whole numbers, and exact neighbours among them.

Sums of floats depend on the order of adding, hence on threads and batches. Points here hold whole
numbers and have length 2,048, so every product of two is a whole number below 2**24, which
float32 adds without error in any order: similarities are the same to the bit everywhere.

Products run on one thread: BLAS threads spin while they wait for the next product, which took more
of the processor than the products themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

Points = npt.NDArray[np.float32]

RADIUS = 2048
GRID = 4096.0
_BLOCK_ROWS = 256
_STRIPES = 16
_NONE = -(2.0**24)
_THREADS = ThreadpoolController()

Given = ParamSpec("Given")
Made = TypeVar("Made")


def on_one_thread(work: Callable[Given, Made]) -> Callable[Given, Made]:
    """Have BLAS run a function's products on one thread."""

    @wraps(work)
    def alone(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        with _THREADS.limit(limits=1, user_api="blas"):
            return work(*args, **kwargs)

    return alone


@dataclass(frozen=True, slots=True)
class Space:
    """The middle of a sample and its principal axes, both on the grid."""

    middle: npt.NDArray[np.float64]
    axes: npt.NDArray[np.float64]

    @classmethod
    @on_one_thread
    def of(cls, vectors: npt.NDArray[np.float32], dimensions: int) -> Space:
        """Return the space of a sample's vectors (of length one)."""
        rows = np.rint(vectors.astype(np.float64) * GRID)
        middle = np.rint(rows.sum(axis=0) / max(len(rows), 1))
        rows -= middle
        spread, axes = np.linalg.eigh(rows.T @ rows)  # whole numbers: the product is exact
        axes = axes[:, np.argsort(-spread, kind="stable")][:, :dimensions]
        peak = np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None], axis=0)
        return cls(middle, np.rint(axes * np.where(peak < 0, -1, 1) * GRID))

    @classmethod
    def plain(cls, width: int) -> Space:
        """Return the space of the encoder's own numbers."""
        return cls(np.zeros(width), np.eye(width) * GRID)

    @on_one_thread
    def points(self, vectors: npt.NDArray[np.float32]) -> Points:
        """Return the points of vectors; a vector of zeros (no words) stays zero."""
        out = np.zeros((len(vectors), self.axes.shape[1]), np.float32)
        for start in range(0, len(vectors), 8192):
            some = vectors[start : start + 8192]
            rows = (np.rint(some.astype(np.float64) * GRID) - self.middle) @ self.axes
            rows[~some.any(axis=1)] = 0
            out[start : start + 8192] = on_grid(rows)
        return out


def on_grid(rows: npt.NDArray[np.float64]) -> Points:
    """Return rows of whole numbers set to the common length and rounded."""
    lengths = np.sqrt(np.square(rows / GRID).sum(axis=1, keepdims=True)) * GRID
    grid: Points = np.rint(rows * (RADIUS / np.maximum(lengths, 1e-9))).astype(np.float32)
    return grid


def likeness(some: Points, others: Points) -> npt.NDArray[np.float64]:
    """Return how alike each point is to the one beside it (-1 to 1)."""
    product = np.einsum("ij,ij->i", some.astype(np.float64), others.astype(np.float64))
    found: npt.NDArray[np.float64] = product / RADIUS**2
    return found


@on_one_thread
def neighbours(points: Points, count: int) -> tuple[npt.NDArray[np.int32], Points]:
    """Return each point's nearest other points and their similarities (-1 to 1), nearest first.

    The greatest of a stripe of every 16th column are found first: the nearest ``count`` points
    lie in the ``count`` stripes with the greatest of them.
    """
    total = len(points)
    count = min(count, total - 1)
    width = -(-total // _STRIPES)
    near = np.empty((total, count), np.int32)
    alike = np.empty((total, count), np.float32)
    # Below all similarities and no infinity: it is put into a key of whole numbers.
    room = np.full((min(_BLOCK_ROWS, total), width * _STRIPES), _NONE, np.float32)
    for start in range(0, total, _BLOCK_ROWS):
        block = points[start : start + _BLOCK_ROWS]
        rows = room[: len(block)]
        np.matmul(block, points.T, out=rows[:, :total])
        rows[np.arange(len(block)), np.arange(start, start + len(block))] = _NONE
        columns = _columns(rows.reshape(len(block), _STRIPES, width), count)
        found = np.take_along_axis(rows, columns, axis=1).astype(np.int64)
        # Equal similarities are put in the order of the points: whole numbers make them common.
        keys = columns - found * room.shape[1]
        keys = np.sort(np.partition(keys, count - 1, axis=1)[:, :count], axis=1)
        near[start : start + len(block)] = keys % room.shape[1]
        alike[start : start + len(block)] = -(keys // room.shape[1])
    return near, alike / np.float32(RADIUS * RADIUS)


def _columns(rows: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.int64]:
    width = rows.shape[2]
    if width <= count:
        return np.broadcast_to(np.arange(width * _STRIPES), (len(rows), width * _STRIPES))
    stripes = np.argpartition(rows.max(axis=1), width - count, axis=1)[:, width - count :]
    columns: npt.NDArray[np.int64] = (
        stripes[:, None, :] + np.arange(_STRIPES)[None, :, None] * width
    )
    return columns.reshape(len(rows), -1)


@on_one_thread
def nearest(
    points: Points, centres: Points, count: int = 1
) -> tuple[npt.NDArray[np.int32], Points]:
    """Return the nearest centres of each point and the similarities, (n, ``count``).

    The first of equals comes first; there are no more columns than centres.
    """
    count = min(count, len(centres))
    best = np.zeros((len(points), count), np.int32)
    alike = np.zeros((len(points), count), np.float32)
    for start in range(0, len(points), 8192):
        rows = points[start : start + 8192] @ centres.T
        every = np.arange(len(rows))
        for place in range(count):
            found = rows.argmax(axis=1)
            best[start : start + len(rows), place] = found
            alike[start : start + len(rows), place] = rows[every, found]
            rows[every, found] = -np.inf
    return best, alike / np.float32(RADIUS * RADIUS)
