"""Every test here may ask for ``engine`` and ``agree``, and for the CDNOW sample as orders.

The simulated worlds are those of the benchmarks.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from engines import agree, engine

__all__ = ["agree", "engine"]

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))


@pytest.fixture(scope="session")
def cdnow_orders(data_folder: Path) -> pd.DataFrame:
    """Orders of the CDNOW 1/10 sample: customer_ref, at, amount."""
    orders = pd.read_csv(
        data_folder / "cdnow" / "CDNOW_sample.txt",
        sep=r"\s+",
        header=None,
        names=["master_id", "customer_ref", "at", "cds", "amount"],
        dtype={"at": str},
    )
    return orders.assign(at=pd.to_datetime(orders["at"]))


@pytest.fixture(scope="session")
def cdnow_summary(data_folder: Path) -> pd.DataFrame:
    """The published, rounded summary: frequency, recency, T, monetary_value."""
    summary = pd.read_csv(data_folder / "cdnow" / "cdnow_customers_summary_with_transactions.csv")
    return summary.rename(columns={"x": "frequency", "t_x": "recency", "zbar": "monetary_value"})
