"""Reading on many machines with Dask: the same function, mapped over batches. `python with_dask.py FOLDER [SCHEDULER]`.

The paths must mean the same on every machine (a shared file system); or let the batches have a column `content`.
"""

import sys
from pathlib import Path

import dask
import pyarrow as pa
from dask.distributed import Client, LocalCluster

from govreport import tables

BATCH = 100


@dask.delayed
def read(paths: list[str]) -> pa.RecordBatch:
    """One row a document: its report, or its error."""
    return tables.read_batch(pa.record_batch({"path": paths}))


def main() -> None:
    """Read a folder on the cluster, or on one made here."""
    documents = sorted(str(p) for p in Path(sys.argv[1]).resolve().rglob("*") if p.is_file())
    batches = [documents[i : i + BATCH] for i in range(0, len(documents), BATCH)]
    scheduler = sys.argv[2:] or [LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)]
    with Client(*scheduler):
        table = pa.Table.from_batches(dask.compute(*map(read, batches)), tables.schema(tables.DOCUMENTS))
    print(table.select(["document", "title", "year", "error"]).to_pandas())


if __name__ == "__main__":  # Dask starts this file again in its workers
    main()
