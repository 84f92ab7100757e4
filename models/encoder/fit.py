"""Fit the vectors of words so that sums of them say what the teacher says of the text."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch.nn import functional

BATCH = 512
RATE = 0.1
"""First step of Adam, in means of the absolute numbers of the table at the start."""
WARMTH = 0.1
"""Of the softmax over the other texts of a batch: low, so that near neighbours count most."""


class Fit:
    """A table of vectors, texts as ids of its rows, and the teacher's vectors of the texts."""

    def __init__(
        self, table: np.ndarray, ids: np.ndarray, offsets: np.ndarray, taught: np.ndarray
    ) -> None:
        filled = np.flatnonzero(np.diff(offsets) > 0)
        self.rate = RATE * float(np.abs(table[np.any(table, axis=1)]).mean())
        self.table = torch.nn.Parameter(torch.tensor(table))
        self.ids = torch.tensor(ids.astype(np.int64))
        self.starts, self.sizes = offsets[filled], np.diff(offsets)[filled]
        self.taught = functional.normalize(torch.tensor(taught[filled].astype(np.float32)))

    def run(self, epochs: int) -> np.ndarray:
        """Return the table after so many rounds over the texts."""
        adam = torch.optim.SparseAdam([self.table], lr=self.rate)
        count = len(self.starts)
        steps, step = epochs * (count // BATCH), 0
        for epoch in range(epochs):
            order = np.random.default_rng(epoch).permutation(count)
            total = 0.0
            for start in range(0, count - BATCH + 1, BATCH):
                share = 0.5 * (1 + math.cos(math.pi * step / steps))
                adam.param_groups[0]["lr"] = self.rate * max(share, 0.02)
                loss = self.loss(order[start : start + BATCH])
                adam.zero_grad()
                loss.backward()
                adam.step()
                total += loss.item()
                step += 1
            print(f"epoch {epoch + 1}: loss {total / (count // BATCH):.4f}", flush=True)
        return self.table.detach().numpy()

    def loss(self, some: np.ndarray) -> torch.Tensor:
        """Return how far the texts are from the teacher's, and their neighbours from its."""
        sizes = self.sizes[some]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1]) - np.repeat(ends - sizes - self.starts[some], sizes)
        bags = functional.embedding_bag(
            self.ids[torch.tensor(places)],
            self.table,
            torch.tensor(ends - sizes),
            mode="sum",
            sparse=True,
        )
        mine, theirs = functional.normalize(bags), self.taught[some]
        self_pairs = torch.eye(len(some), dtype=torch.bool)
        near = (mine @ mine.T / WARMTH).masked_fill(self_pairs, -1e9)
        truth = (theirs @ theirs.T / WARMTH).masked_fill(self_pairs, -1e9)
        neighbours = functional.kl_div(near.log_softmax(1), truth.softmax(1), reduction="batchmean")
        return (1 - (mine * theirs).sum(1)).mean() + neighbours
