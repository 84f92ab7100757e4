"""The spine on real files: add each, add it again, refresh; rows, seconds and the accounting."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import goodwill
from _bench import data_folder, peak_gb, report, timed

FILES = {
    "airline_tweets": ["airline_tweets/Tweets.csv"],
    "spotify_support": ["spotify_support/support_requests.csv"],
    "olist_reviews": ["olist_reviews/olist_classified_public_dataset.csv"],
    "online_retail": [
        "online_retail/online_retail_ii_2009_2010.parquet",
        "online_retail/online_retail_2010_2011.parquet",
    ],
    "it_incidents": ["it_incidents/incident_event_log.zip"],
    "cfpb": ["cfpb/complaints_2015q1.csv"],
}


def main() -> None:
    data = data_folder()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        for name, paths in FILES.items():
            book = goodwill.create(Path(folder) / name, currency="GBP")
            files = [data / path for path in paths]
            first, wall, cpu = timed(lambda book=book, files=files: book.add(*files))
            again, wall_again, _ = timed(lambda book=book, files=files: book.add(*files))
            _, wall_refresh, cpu_refresh = timed(book.refresh)
            read = sum(r.read for r in first)
            parts = sum(r.new + r.updated + r.duplicate + r.quarantined for r in first)
            rows.append(
                {
                    "files": name,
                    "read": read,
                    "new": sum(r.new for r in first),
                    "updated": sum(r.updated for r in first),
                    "duplicate": sum(r.duplicate for r in first),
                    "quarantined": sum(r.quarantined for r in first),
                    "identity holds": read == parts,
                    "accepted again": sum(r.new + r.updated for r in again),
                    "add s": round(wall, 2),
                    "add cpu s": round(cpu, 2),
                    "add again s": round(wall_again, 2),
                    "refresh s": round(wall_refresh, 2),
                    "refresh cpu s": round(cpu_refresh, 2),
                    "problems": len(book.problems()),
                }
            )
    report("spine", rows, peak_gb=round(peak_gb(), 2))


if __name__ == "__main__":
    main()
