"""BERTopic at its defaults on given vectors; ``beside_bertopic.py`` runs it in another venv.

    python _bertopic_peer.py FOLDER

FOLDER holds ``texts.json`` and ``vectors.npy``; ``topics.json`` is written beside them. Nothing of
goodwill is imported: the peer's packages are in an environment of their own.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import numpy as np


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(folder: Path) -> None:
    import bertopic
    from bertopic import BERTopic

    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    vectors = np.load(folder / "vectors.npy")
    # UMAP and the tree of HDBSCAN are compiled on first use: that is not counted.
    BERTopic().fit_transform(texts[:1500], vectors[:1500])
    start = cpu_seconds()
    model = BERTopic()
    topics, _ = model.fit_transform(texts, vectors)
    spent = cpu_seconds() - start
    found = {
        "version": bertopic.__version__,
        "topics": [int(topic) for topic in topics],
        "cpu": spent,
        "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }
    (folder / "topics.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
