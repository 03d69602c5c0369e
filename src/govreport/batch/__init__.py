"""Many reports: `load_many` yields them one by one, `govreport batch` makes a Parquet data set of them.

for result in load_many(paths):
    print(result.path, result.error or result.report.title, len(result.findings))
"""

from __future__ import annotations

from govreport.batch.many import load_many
from govreport.batch.result import DocumentTimeoutError, Loader, Result, UnexpectedError, WorkerDiedError

__all__ = ["DocumentTimeoutError", "Loader", "Result", "UnexpectedError", "WorkerDiedError", "load_many"]
