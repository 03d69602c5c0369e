"""Options that several test modules share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="write what the samples read as now into their .expected.json; refused where text of the sample would be lost",
    )
