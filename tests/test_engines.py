"""What other engines do with our tables and our function: each is skipped where it is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.batch.standins import fake

from govreport import tables
from govreport.batch.progress import Progress
from govreport.batch.run import Plan, run

pa = pytest.importorskip("pyarrow")
EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "pages").mkdir()
    for i in range(6):
        (folder / "pages" / f"{i}.txt").write_text("x" * i, "utf-8")
    run(Plan(inputs=(str(folder / "pages"),), out=folder / "out", workers=1, load=fake), Progress(quiet=True))
    return folder / "out"


def test_pandas_opens_the_data_set(data: Path) -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.read_parquet(data / "reports", dtype_backend="pyarrow")
    assert sorted(frame["year"].astype(int)) == [2020, 2020, 2021, 2022, 2023, 2024]


def test_polars_opens_the_data_set(data: Path) -> None:
    pl = pytest.importorskip("polars")
    frame = pl.scan_parquet(data / "reports" / "**/*.parquet", hive_partitioning=True).filter(pl.col("year") == 2020).collect()
    assert len(frame) == 2


def test_duckdb_opens_the_data_set(data: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    query = f"select count(*) from read_parquet('{data}/reports/**/*.parquet', hive_partitioning = true) where year = 2020"  # noqa: S608 - our own folder
    assert duckdb.sql(query).fetchall() == [(2,)]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # of Dask's own making
def test_dask_maps_our_function_over_a_cluster(tmp_path: Path) -> None:
    distributed = pytest.importorskip("dask.distributed")
    paths = [tmp_path / f"{i}.txt" for i in range(6)]
    for i, path in enumerate(paths):
        path.write_text("refuse" if i == 4 else f"page {i}", "utf-8")
    batches = [pa.record_batch({"path": [str(p) for p in paths[i : i + 2]]}) for i in (0, 2, 4)]
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        found = client.gather(client.map(tables.read_batch, batches, load=fake))
    table = pa.Table.from_batches(found, tables.schema(tables.DOCUMENTS))
    assert table["title"].to_pylist() == ["page 0", "page 1", "page 2", "page 3", None, "page 5"]
    assert table["error"].to_pylist() == [None] * 4 + ["NotAReportError", None]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_the_example_runs(engine: str) -> None:
    pytest.importorskip(engine)
    script = EXAMPLES / "batch" / f"with_{engine}.py"
    done = subprocess.run([sys.executable, script, EXAMPLES / "reports"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
