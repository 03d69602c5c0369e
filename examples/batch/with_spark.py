"""Reading on a Spark cluster: `mapInArrow` maps the same function. `spark-submit with_spark.py FOLDER OUT`.

FOLDER is whatever Spark can list (hdfs://…, s3a://…): the contents travel with the rows, no machine needs the paths.
"""

import sys
from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from govreport import tables


def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Spark hands an iterator of batches and takes one."""
    return map(tables.read_batch, batches)


spark = SparkSession.builder.appName("govreport").getOrCreate()
files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(sys.argv[1])
schema = from_arrow_schema(tables.schema(tables.DOCUMENTS))
# Spark's names take no dots in some formats; Parquet is fine with them
files.select("path", "content").mapInArrow(read, schema).write.parquet(sys.argv[2])
