"""The corpus that lies beside the project: documents whose every cell is known. Without it these tests are skipped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

Row = dict[str, Any]


@pytest.fixture(scope="session")
def documents() -> Callable[[str], list[Row]]:
    """The rows of a folder's manifest, with whole paths; skips where the folder is not there."""

    def rows(folder: str) -> list[Row]:
        manifest = CORPUS / folder / "manifest.jsonl"
        if not manifest.is_file():
            pytest.skip(f"the corpus is not beside the project: no {manifest.parent.name} in ../shared/corpus")
        found = map(json.loads, manifest.read_text("utf-8").splitlines())
        return [row | {"file": manifest.parent / row["file"], "truth": manifest.parent / row["truth"]} for row in found]

    return rows
