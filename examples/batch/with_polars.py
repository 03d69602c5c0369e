"""Reports as a polars frame, and the cells that somebody should look at. `python with_polars.py FOLDER`.

A data set of `govreport batch … --out data` opens with `pl.scan_parquet("data/cells/**/*.parquet", hive_partitioning=True)`.
"""

import sys
from pathlib import Path

import polars as pl

from govreport import tables
from govreport.batch import load_many

documents = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.is_file())
cells = pl.DataFrame(tables.cells(load_many(documents)))

doubtful = cells.filter((pl.col("status") == "inferred") | (pl.col("findings").list.len() > 0))
print(doubtful.select("document", "label", "value", "raw", "findings"))
print(cells.group_by("status").len().sort("status"))
