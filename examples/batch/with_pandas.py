"""Reports as a pandas frame: one row a report, a column a cell. `python with_pandas.py FOLDER`.

A data set of `govreport batch … --out data` opens with `pd.read_parquet("data/reports", dtype_backend="pyarrow")`.
"""

import sys
from pathlib import Path

import pandas as pd

from govreport import tables
from govreport.batch import load_many

documents = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.is_file())
found = tables.tables(load_many(documents), ("reports", "errors"))

# ArrowDtype keeps counts integers, amounts exact, blanks <NA>, and copies no number
reports = found["reports"].to_pandas(types_mapper=pd.ArrowDtype)
print(reports.groupby("year", dropna=False)[["requests.new.total", "requests.concluded.total"]].sum())
print(f"{len(reports)} reports, {found['errors'].num_rows} documents could not be read")
