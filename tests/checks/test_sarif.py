"""SARIF output."""

from __future__ import annotations

import json

import attrs

from govreport.checks import builtin_rules, run
from govreport.checks.sarif import sarif
from govreport.forms import builtin_forms
from govreport.model import Cell, CheckResult, Finding, Place, Report, Severity
from govreport.testing import make_report

FORM = builtin_forms()[-1]


def report() -> Report:
    whole = make_report(FORM, dict.fromkeys(FORM.cells, 0) | {"requests.new.total": 2})

    def placed(cell: Cell) -> Cell:
        return attrs.evolve(cell, place=Place(line=40, column=3)) if cell.key == "requests.new.total" else cell

    tables = tuple(attrs.evolve(t, cells=tuple(map(placed, t.cells))) for t in whole.tables)
    return attrs.evolve(whole, tables=tables)


def test_the_shape_is_that_of_the_standard() -> None:
    log = json.loads(json.dumps(sarif([("年 报/a.txt", run(report()))], version="1.0")))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert one["tool"]["driver"]["name"] == "govreport"
    assert {rule["id"] for rule in rules} == {rule.code for rule in builtin_rules()}
    assert all(rule["shortDescription"]["text"] and rule["defaultConfiguration"]["level"] for rule in rules)
    assert one["results"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%E5%B9%B4%20%E6%8A%A5/a.txt"


def test_places_become_regions_and_cells_logical_locations() -> None:
    result = sarif([("a.txt", run(report(), select=["arithmetic.row_total"]))])["runs"][0]["results"][0]
    location = result["locations"][0]
    assert location["physicalLocation"]["region"] == {"startLine": 40, "startColumn": 3}
    assert "requests.new.total" in [item["fullyQualifiedName"] for item in location["logicalLocations"]]
    assert result["properties"]["actual"] == 2


def test_a_column_of_a_grid_is_no_column_of_a_line() -> None:
    def region(place: Place | None) -> object:
        finding = Finding(code="reading.value", severity=Severity.INFO, message="x", place=place)
        (result,) = sarif([("a.html", CheckResult(findings=(finding,)))])["runs"][0]["results"]
        return result["locations"][0]["physicalLocation"].get("region")

    assert region(Place(line=7, column=2, table=1, row=3)) == {"startLine": 7}
    assert region(Place(column=2, table=1, row=3, page=2)) is None
    assert region(None) is None


def test_codes_without_a_rule_are_listed_bare() -> None:
    finding = Finding(code="reading.value", severity=Severity.WARNING, message="中", english="en")
    one = sarif([("a", CheckResult(findings=(finding,)))], [], lang="en")["runs"][0]
    assert one["tool"]["driver"]["rules"] == [{"id": "reading.value"}]
    assert one["results"][0]["message"]["text"] == "en"
