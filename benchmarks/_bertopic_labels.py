"""BERTopic's own labels for given groups of texts; ``label_sheet.py`` runs it in another venv.

    python _bertopic_labels.py FOLDER

FOLDER holds ``groups.json``; ``labels.json`` is written beside it. The groups are given, so only
BERTopic's naming (class-based TF-IDF, the four top words) is at work, at its defaults.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np


def main(folder: Path) -> None:
    from bertopic import BERTopic
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction

    out = {}
    for name, one in json.loads((folder / "groups.json").read_text(encoding="utf-8")).items():
        model = BERTopic(
            # "english" would take accents out of the words.
            language=one["language"],
            umap_model=BaseDimensionalityReduction(),
            hdbscan_model=BaseCluster(),
            embedding_model=None,
        )
        texts, groups = one["texts"], one["groups"]
        nothing = np.zeros((len(texts), 2))
        topics, _ = model.fit_transform(texts, embeddings=nothing, y=groups)
        info = model.get_topic_info()
        shown = dict(zip(info["Topic"], info["Name"], strict=True))
        words = {int(topic): label.split("_", 1)[1] for topic, label in shown.items()}
        out[name] = {
            str(group): words[int(topic)].replace("_", " ")
            for group, topic in zip(groups, topics, strict=True)
        }
    (folder / "labels.json").write_text(json.dumps(out, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
