"""Check every report of a folder, the worst first: `python examples/check_folder.py FOLDER`."""

import sys
from pathlib import Path

import govreport

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "examples/reports")
results = []
for path in sorted(p for p in folder.iterdir() if p.is_file()):
    try:
        results.append((path.name, list(govreport.check(govreport.load(path)))))
    except govreport.GovReportError as error:  # no report: say so, and go on
        print(f"{path.name}: {error}")

for name, findings in sorted(results, key=lambda result: -len(result[1])):
    errors = sum(finding.severity is govreport.Severity.ERROR for finding in findings)
    print(f"{name}: {errors} errors, {len(findings) - errors} others")
    for finding in findings:
        print(f"  {finding.code}: {finding.text('en')}")
