"""Whether intervals of customers and of the parts of customer equity hold the truth.

python benchmarks/value_intervals.py [companies, 200] [customers, 400,2000]
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from _bench import report
from _value_known import company, customers_held, parts_missed
from goodwill.value import _customers, _equity
from goodwill.value._bg import BGNBD


def main(companies: int, sizes: list[int]) -> None:
    """Simulate, print and write the table."""
    # The truth is one of BG/NBD; of one month's parts the next tell nothing new.
    _customers._MODELS, _equity.MOST_MONTHS = (BGNBD,), 1
    rows = []
    for customers in sizes:
        held, missed = [], []
        for number in range(companies):
            made = company(np.random.default_rng([77, customers, number]), customers)
            if made.account["sources"]["shop"]["spend"] != "gamma_gamma":
                continue
            held.append(customers_held(made))
            missed.append(parts_missed(made))
        for name, seen in pd.DataFrame(held).items():
            rows.append({"customers": customers, "interval": name, "companies": len(seen),
                         "held": seen.mean(), "error": seen.std() / len(seen) ** 0.5})  # fmt: skip
        for name, seen in pd.DataFrame(missed).items():
            seen = seen.dropna()
            inside = (seen.abs() <= 1).astype(float)
            rows.append({"customers": customers, "interval": f"part {name}",
                         "companies": len(seen), "held": inside.mean(),
                         "error": inside.std() / len(seen) ** 0.5,
                         "spread of misses, 1 is nominal": seen.std() * 1.96})  # fmt: skip
    report("value_intervals", rows)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    asked = sys.argv[2] if len(sys.argv) > 2 else "400,2000"
    main(count, [int(each) for each in asked.split(",")])
