"""Settings files."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport.config import Settings, load_settings
from govreport.errors import InvalidDocumentError


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path) in (Settings(), load_settings(tmp_path.parent))


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.govreport]\nselect = ["arithmetic"]\nlang = "en"\n', "utf-8")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    settings = load_settings(inner)
    assert (settings.select, settings.ignore, settings.lang) == (("arithmetic",), (), "en")
    assert settings.source == tmp_path / "pyproject.toml"


def test_the_own_file_wins_over_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.govreport]\nlang = "en"\n', "utf-8")
    (tmp_path / "govreport.toml").write_text('ignore = ["form.outdated"]\n', "utf-8")
    assert load_settings(tmp_path).ignore == ("form.outdated",)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "govreport.toml").write_text('selct = []\nignore = "x"\nlang = "fr"\n', "utf-8")
    with pytest.raises(InvalidDocumentError) as error:
        load_settings(tmp_path)
    assert len(error.value.problems) == 3
    assert "selct" in str(error.value)


@pytest.mark.parametrize("text", ["= 1", b"\xff\xfe"])
def test_what_is_no_toml_is_an_error(tmp_path: Path, text: str | bytes) -> None:
    (tmp_path / "govreport.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InvalidDocumentError, match="not TOML"):
        load_settings(tmp_path)


def test_a_table_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\ngovreport = 1\n", "utf-8")
    with pytest.raises(InvalidDocumentError, match="expected a table"):
        load_settings(tmp_path)
