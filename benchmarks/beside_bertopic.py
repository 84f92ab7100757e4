"""Themes beside BERTopic at its defaults, in one run: CPU seconds, agreement with labels.

    uv venv /path/to/venv && uv pip install -p /path/to/venv --no-deps bertopic hdbscan umap-learn \
        pynndescent plotly narwhals numba llvmlite scikit-learn scipy numpy pandas tqdm joblib \
        threadpoolctl packaging python-dateutil pytz six pyyaml cloudpickle
    .venv/bin/python benchmarks/beside_bertopic.py /path/to/venv/bin/python

Both get the same vectors, and making them is left out of both times. BERTopic's time has no
compiling in it; ours has everything else that `discover` and `assign` do, naming included.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from _agreement import adjusted_rand, mutual_information
from _bench import cpu_seconds, data_folder, report, timed
from goodwill.language import discover
from goodwill.language._encoder import shipped
from goodwill.language._matter import matter_of
from themes import read


def agreement(found: np.ndarray, labels: list[str]) -> dict[str, Any]:
    """Return the share without a theme, and how the others agree with the labels.

    "All" counts the texts without a theme as one group more.
    """
    filed = found >= 0
    truth = [label for label, held in zip(labels, filed, strict=True) if held]
    return {
        "themes": len(set(found[filed].tolist())),
        "unassigned": round(float(1 - filed.mean()), 4),
        "NMI": round(mutual_information(truth, found[filed].tolist()), 3),
        "ARI": round(adjusted_rand(truth, found[filed].tolist()), 3),
        "NMI, all": round(mutual_information(labels, found.tolist()), 3),
        "ARI, all": round(adjusted_rand(labels, found.tolist()), 3),
    }


def main(python: str) -> None:
    data = data_folder()
    texts, labels = read(data / "banking77" / "train.csv", "text", "category")
    encoder = shipped()
    encoder.encode(texts[:500])
    spent = [0.0]
    plain = encoder.encode_words

    def counted(words: Any) -> Any:
        before = cpu_seconds()
        vectors = plain(words)
        spent[0] += cpu_seconds() - before
        return vectors

    encoder.encode_words = counted  # type: ignore[method-assign]
    discover(texts[:500])  # libraries are loaded
    spent[0] = 0.0
    found, _, ours = timed(lambda: discover(texts).assign(texts))
    encoding = spent[0]
    encoder.encode_words = plain  # type: ignore[method-assign]
    rows = [{"method": "goodwill", **agreement(found, labels), "CPU s": round(ours - encoding, 2),
             "encoding, CPU s": round(encoding, 2)}]  # fmt: skip
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        np.save(folder / "vectors.npy", matter_of(texts).vectors())
        peer = Path(__file__).with_name("_bertopic_peer.py")
        subprocess.run([python, str(peer), str(folder)], check=True)
        told = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    rows.append({"method": f"BERTopic {told['version']}",
                 **agreement(np.array(told["topics"]), labels),
                 "CPU s": round(told["cpu"], 2)})  # fmt: skip
    ratio = told["cpu"] / (ours - encoding)
    report("beside_bertopic", rows, ratio=round(ratio, 1))
    print(f"CPU seconds of BERTopic for one of ours: {ratio:.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
