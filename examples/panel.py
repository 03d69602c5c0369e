"""A panel: one row a report, one column a cell of either form, as CSV: `python examples/panel.py FILE… > panel.csv`.

A cell that its form does not have, that is blank, or that was not found is empty; doubtful cells are left out and counted.
"""

import csv
import sys
from pathlib import Path

import govreport

paths = sys.argv[1:] or sorted(map(str, Path("examples/reports").glob("*.txt")))
reports = [govreport.load(path) for path in paths]
keys = list(dict.fromkeys(key for report in reports for key in report.values()))

out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["issuer", "year", "form", "doubtful", *keys])
for report in reports:
    sure = {cell.key: cell.value for cell in report.cells if cell.status is govreport.Status.READ}
    doubtful = sum(cell.status is govreport.Status.INFERRED for cell in report.cells)
    out.writerow([report.issuer, report.year, report.form, doubtful, *(sure.get(key) for key in keys)])
