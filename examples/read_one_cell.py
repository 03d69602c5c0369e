"""Read one cell, and know how surely it was read: `python examples/read_one_cell.py FILE KEY`."""

import sys

import govreport

path, key = sys.argv[1:] or ("examples/reports/heting_water_2023.txt", "requests.granted.total")
report = govreport.load(path)
cell = report.cell(key)
if cell is None:
    print(f"{key}: form {report.form} has no such cell")
else:
    print(f"{cell.label}: {cell.value} {cell.unit or ''}({cell.status}, printed as {cell.raw!r})")
