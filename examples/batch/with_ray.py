"""Reading on a Ray cluster: Ray Data maps the same function. `python with_ray.py FOLDER OUT`."""

import sys
from pathlib import Path

import pyarrow as pa
import ray.data

from govreport import tables


def read(batch: pa.Table) -> pa.Table:
    """Ray hands tables where we take record batches."""
    return pa.Table.from_batches([tables.read_batch(part) for part in batch.to_batches()], tables.schema(tables.DOCUMENTS))


documents = sorted(str(p) for p in Path(sys.argv[1]).resolve().rglob("*") if p.is_file())
paths = ray.data.from_arrow(pa.table({"path": documents}))
paths.map_batches(read, batch_format="pyarrow", batch_size=100).write_parquet(sys.argv[2])
