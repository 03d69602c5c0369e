"""Questions to reports in SQL. `python with_duckdb.py FOLDER`."""

import sys
from pathlib import Path

import duckdb

from govreport import tables
from govreport.batch import load_many

documents = sorted(p for p in Path(sys.argv[1]).rglob("*") if p.is_file())
found = tables.tables(load_many(documents))
reports, findings = found["reports"], found["findings"]  # DuckDB reads Arrow tables where they lie, by these names

duckdb.sql("""
    select year, count(*) as reports, sum("requests.new.total") as requests, max("disclosure.fees.amount") as fees
    from reports group by year order by year
""").show()
duckdb.sql("select family, count(*) as findings from findings group by family order by findings desc").show()

# A data set of `govreport batch … --out data` is queried with
#   select … from read_parquet('data/reports/**/*.parquet', hive_partitioning = true)
