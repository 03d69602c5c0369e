"""Compare the reports of two years, and check that one carries in what the other carries out."""

import sys

import govreport
from govreport.checks import check_series
from govreport.comparison import compare

paths = sys.argv[1:] or ["examples/reports/heting_water_2022.txt", "examples/reports/heting_water_2023.txt"]
before, after = (govreport.load(path) for path in paths)

for change in compare(before, after).cells:
    if change.key.endswith(".total"):
        print(f"{change.key}: {change.before} → {change.after}")

findings = check_series([before, after])
print(*(finding.text("en") for finding in findings), sep="\n") if findings else print("the years agree")
