"""The command line: what it prints, what it returns, and that it never shows a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from govreport import __version__, cli
from govreport.cli import common, streams
from govreport.model import Finding, Piece, Place, Report, Role, Severity, Status
from govreport.serialize import from_json, to_json
from govreport.testing.build import make_report
from govreport.textwidth import text_width
from govreport.writers import write
from govreport.writers.markdown import MarkdownWriter

ROOT = str(Path(cli.__file__).parents[2])
"""Where the package lies, for the programs that the tests start in another directory."""


def report(**values: int) -> Report:
    """Two requests, both granted; `values` adds to that, `__` in a name for a dot."""
    rows, columns = ("new", "granted", "concluded"), ("natural_person", "total")
    sums = {f"requests.{row}.{column}": 2 for row in rows for column in columns}
    return make_report("2021", {**sums, **{name.replace("__", "."): value for name, value in values.items()}})


@pytest.fixture(autouse=True)
def _plain_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine, no language of its environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOVREPORT_LANG", raising=False)
    monkeypatch.delenv("GOVREPORT_DEBUG", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    common.settings.cache_clear()


@pytest.fixture
def save(tmp_path: Path) -> Any:
    def put(name: str, content: Report) -> str:
        (tmp_path / name).write_text(to_json(content), "utf-8")
        return name

    return put


def run(*argv: str) -> int:
    try:
        return cli.main(argv)
    except SystemExit as stop:  # argparse stops so, for --help and wrong usage
        return int(stop.code or 0)


def start(*argv: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "govreport", *argv],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": ROOT, **environment},
    )


# --- help --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *([name] for name in cli.COMMANDS)])
def test_help_teaches_by_example_and_fits_a_terminal(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(*command, "--help") == 0
    text = capsys.readouterr().out
    assert "examples:" in text
    assert max(map(text_width, text.splitlines())) <= 80


@pytest.mark.parametrize("command", list(cli.COMMANDS))
def test_help_reads_in_a_narrow_terminal(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert run(command, "--help") == 0
    before_examples = capsys.readouterr().out.partition("examples:")[0]  # a command line is not broken
    assert max(map(text_width, before_examples.splitlines())) <= 50


def test_help_imports_no_command_and_no_library() -> None:
    code = (
        "import sys\nfrom govreport.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'cattrs', 'lxml', 'docx', 'pyarrow', 'govreport.forms', 'govreport.display', 'govreport.batch'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": ROOT}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stderr.strip() == "[]"


def test_no_command_and_a_wrong_one_say_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 2
    assert run("shwo") == 2
    assert "show" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"govreport {__version__}\n"


# --- show --------------------------------------------------------------------------------------------------------------------


def test_show_prints_the_report(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", save("a.json", report()), "--width", "70") == 0
    text = capsys.readouterr().out
    assert text.startswith("青梧县水务局2023年政府信息公开工作年度报告\n")
    assert max(map(text_width, text.splitlines())) <= 70


def test_show_reads_stdin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(to_json(report()).encode())))
    assert run("show", "-", "--lang", "en") == 0
    assert "issuer 青梧县水务局" in capsys.readouterr().out


@pytest.fixture
def placed(save: Any) -> str:
    """A report with pieces about one cell: in text for table 三, in a grid for table 四."""
    plain = report()
    requests, disputes = plain.tables[1], plain.tables[2]
    lines = tuple(Piece(text, place=Place(line=n, column=1)) for n, text in enumerate(["甲", "乙", "2", "丙", "丁"], 10))
    grid = tuple(Piece(f"r{r}c{c}", place=Place(table=3, row=r, column=c, page=2)) for r in range(1, 6) for c in range(1, 3))
    first = attrs.evolve(requests.cells[0], place=Place(line=12, column=1), raw="2")
    second = attrs.evolve(disputes.cells[0], place=Place(table=3, row=3, column=2, page=2))
    tables = (
        plain.tables[0],
        attrs.evolve(requests, cells=(first, *requests.cells[1:]), pieces=lines),
        attrs.evolve(disputes, cells=(second, *disputes.cells[1:]), pieces=grid),
    )
    return str(save("placed.json", attrs.evolve(plain, tables=tables)))


def test_source_of_a_cell_in_text(placed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", placed, "--source", "requests.new.natural_person") == 0
    text = capsys.readouterr().out
    assert "三|一、本年新收政府信息公开申请数量|自然人" in text
    assert "at line 12, column 1" in text
    assert [line.split() for line in text.splitlines()[-5:]] == [
        ["10", "甲"],
        ["11", "乙"],
        [">", "12", "[2]"],
        ["13", "丙"],
        ["14", "丁"],
    ]


def test_source_of_a_cell_in_a_grid_by_its_label(placed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", placed, "--source", "四|行政复议|结果维持") == 0
    text = capsys.readouterr().out
    assert "at page 2, table 3, row 3, column 2" in text
    assert ">    3  r3c1 | [r3c2]" in text


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("requests.new.totl", "did you mean requests.new.total"),
        ("disclosure.procurement.amount", "only another form has this cell; this report's is 2021"),
    ],
)
def test_source_of_an_unknown_cell(placed: str, key: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", placed, "--source", key) == 2
    assert says in capsys.readouterr().err


# --- check -------------------------------------------------------------------------------------------------------------------


def test_check_is_0_when_clean_1_with_findings(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", save("clean.json", report()), "--select", "arithmetic") == 0
    assert "clean.json: 没有发现问题" in capsys.readouterr().out
    assert run("check", save("wrong.json", report(requests__new__total=3)), "--select", "arithmetic") == 1
    assert "[arithmetic." in capsys.readouterr().out


def test_check_goes_on_after_what_cannot_be_read(save: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "broken.json").write_text('{"schema_version": 9}')
    clean = save("clean.json", report())
    assert run("check", "no-such-file.html", "empty.html", ".", "broken.json", clean, "--select", "arithmetic") == 2
    seen = capsys.readouterr()
    assert "clean.json: 没有发现问题" in seen.out
    assert len(seen.err.splitlines()) == 4
    assert all(name in seen.err for name in ("no-such-file.html", "empty.html", "directory", "schema version 9"))


def test_check_as_json(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = save("wrong.json", report(requests__new__total=3))
    assert run("check", wrong, "missing.txt", "--select", "arithmetic", "--format", "json", "--lang", "en") == 2
    found, missing = json.loads(capsys.readouterr().out)["files"]
    assert (found["file"], found["year"], found["form"]) == ("wrong.json", 2023, "2021")
    codes = {finding["code"] for finding in found["findings"]}
    assert codes
    assert all(code.startswith("arithmetic.") for code in codes)
    assert found["findings"][0]["message"].isascii() or "total" in found["findings"][0]["message"]
    assert missing["file"] == "missing.txt"
    assert missing["error"]


def test_check_as_sarif(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", save("wrong.json", report(requests__new__total=3)), "--select", "arithmetic", "--format", "sarif") == 1
    (log,) = json.loads(capsys.readouterr().out)["runs"]
    assert log["tool"]["driver"]["version"] == __version__
    assert all(result["ruleId"].startswith("arithmetic.") for result in log["results"])


def test_what_could_not_be_checked_is_told_when_asked(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    plain = report()
    unsure = [attrs.evolve(cell, status=Status.INFERRED) for cell in plain.tables[2].cells]
    name = save(
        "unsure.json", attrs.evolve(plain, tables=(*plain.tables[:2], attrs.evolve(plain.tables[2], cells=tuple(unsure))))
    )
    assert run("check", name, "--select", "arithmetic") == 0
    assert "项无法核对" in (short := capsys.readouterr().out)
    assert "[arithmetic." not in short
    assert run("check", name, "--select", "arithmetic", "--skipped") == 0
    assert "[arithmetic.dispute_total]" in capsys.readouterr().out


def test_check_writes_a_page_to_look_at(save: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = save("wrong.json", report(requests__new__total=3))
    assert run("check", wrong, "--html", "out.html") == 1
    assert "青梧县水务局" in (tmp_path / "out.html").read_text("utf-8")
    assert run("check", wrong, "--html", "out.html") == 2
    assert "--force" in capsys.readouterr().err
    assert run("check", wrong, "--html", "out.html", "--force") == 1


def test_levels(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    doubt = Finding(code="reading.x", severity=Severity.INFO, message="提示", english="note")
    name = save("doubt.json", attrs.evolve(report(), doubts=(doubt,)))
    assert run("check", name, "--select", "reading") == 1
    assert run("check", name, "--select", "reading", "--level", "warning") == 0
    assert "提示: 提示 [reading.x]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "environment", "settings", "found"),
    [
        ([], None, None, "没有发现问题"),
        ([], None, 'lang = "en"', "nothing found"),
        ([], "zh_CN", 'lang = "en"', "没有发现问题"),
        (["--lang", "en"], "zh", None, "nothing found"),
        ([], "en_GB.UTF-8", None, "nothing found"),
        ([], "fr", None, "没有发现问题"),
    ],
)
def test_the_language(  # noqa: PLR0917 - one row of the table above
    option: list[str],
    environment: str | None,
    settings: str | None,
    found: str,
    save: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    if environment:
        monkeypatch.setenv("GOVREPORT_LANG", environment)
    if settings:
        (tmp_path / "govreport.toml").write_text(settings)
    run("check", save("a.json", report()), "--select", "arithmetic", *option)
    assert found in capsys.readouterr().out


def test_settings_select_and_the_command_line_wins(save: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "govreport.toml").write_text('select = ["arithmetic"]\nignore = ["arithmetic.row_total"]')
    name = save("wrong.json", report(requests__new__total=3))
    run("check", name)
    assert "arithmetic.row_total" not in capsys.readouterr().out
    run("check", name, "--ignore", "structure")
    assert "arithmetic.row_total" in capsys.readouterr().out


def test_wrong_settings_are_told_on_one_line(save: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "govreport.toml").write_text("colour = 1")
    assert run("check", save("a.json", report())) == 2
    assert "colour: unknown key" in capsys.readouterr().err


# --- convert -----------------------------------------------------------------------------------------------------------------


def test_a_writer_that_fails_costs_its_file_only(
    save: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = MarkdownWriter.write

    def write(self: MarkdownWriter, content: Report) -> bytes:
        if content.year == 2022:
            raise ValueError("not this one")
        return plain(self, content)

    monkeypatch.setattr(MarkdownWriter, "write", write)
    names = [save("a.json", attrs.evolve(report(), year=2022)), save("b.json", report())]
    assert run("convert", *names, "--to", "markdown", "-o", "out") == 2
    assert "a.json: ValueError: not this one" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.md"]


def test_convert_to_json_and_back(save: Any, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("convert", save("a.json", report()), "--to", "json") == 0
    assert from_json(capsysbinary.readouterr().out.decode()) == from_json(to_json(report()))


def test_convert_chooses_by_suffix_and_does_not_overwrite(
    save: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = save("a.json", report())
    assert run("convert", name, "-o", "out.md") == 0
    first = (tmp_path / "out.md").read_bytes()
    assert first.startswith("# 青梧县水务局".encode())
    assert run("convert", name, "-o", "out.md") == 2
    assert "exists already" in capsys.readouterr().err
    assert run("convert", name, "-o", "out.md", "--force") == 0


@pytest.mark.parametrize(("rows", "count"), [("cell", 400), ("report", 2)])
def test_convert_many_into_one_table(rows: str, count: int, save: Any, tmp_path: Path) -> None:
    names = [save("a.json", report()), save("b.json", report())]
    assert run("convert", *names, "--to", "csv", "--rows", rows, "-o", "all.csv") == 0
    data = (tmp_path / "all.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(found) == count
    assert {row["file"] for row in found} == {"a.json", "b.json"}


def test_convert_many_into_a_folder(save: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [save("a.json", report()), save("b.json", report())]
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.json").write_text(to_json(report()), "utf-8")
    assert run("convert", *names, "sub/a.json", "--to", "html") == 2
    assert "name a folder" in capsys.readouterr().err
    assert run("convert", *names, "sub/a.json", "--to", "html", "-o", "pages") == 0
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == ["a-2.html", "a.html", "b.html"]


@pytest.mark.parametrize("argv", [["--to", "poem"], [], ["-o", "x.poem"]])
def test_convert_to_what_nobody_writes(argv: list[str], save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("convert", save("a.json", report()), *argv) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


# --- detect ------------------------------------------------------------------------------------------------------------------


def test_detect_names_every_claim_with_its_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(report(), tmp_path / "a.html")
    assert run("detect", "a.html", "--width", "60") == 0
    text = capsys.readouterr().out
    assert re.match(r"\d\.\d\d  html\n      \S", text)
    assert re.search(r"^\d\.\d\d  grid  三$", text, re.MULTILINE)
    assert max(map(text_width, text.splitlines())) <= 60


@pytest.mark.parametrize("content", [b"", b"Dear reader,\nthis is no report.\n", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_detect_of_what_is_no_report(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.bin").write_bytes(content)
    assert run("detect", "a.bin") in {0, 2}
    assert "this should not happen" not in capsys.readouterr().err


# --- the others --------------------------------------------------------------------------------------------------------------


def test_compare(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = save("a.json", report()), save("b.json", report(requests__new__total=5))
    assert run("compare", a, a) == 0
    assert run("compare", a, b) == 1
    assert "+3" in capsys.readouterr().out
    assert run("compare", a, b, "--format", "json") == 1
    (change,) = json.loads(capsys.readouterr().out)["cells"]
    assert (change["key"], change["before"], change["after"]) == ("requests.new.total", 2, 5)
    assert run("compare", a, b, "--format", "html") == 1
    assert "<table>" in capsys.readouterr().out
    assert run("compare", a, "missing.html") == 2


def test_series(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    years = [
        save(f"{year}.json", attrs.evolve(report(**values), year=year))
        for year, values in ((2022, {"requests__carried_out__total": 4}), (2023, {"requests__carried_in__total": 1}))
    ]
    assert run("series", *years) == 1
    assert "[series." in capsys.readouterr().out


def test_hierarchy(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    parent, child = save("p.json", report(requests__new__total=9)), save("c.json", report())
    assert run("hierarchy", parent, child, "gone.html") == 2
    seen = capsys.readouterr()
    assert "[hierarchy." in seen.out
    assert "gone.html" in seen.err
    assert run("hierarchy", "gone.html", child) == 2


def test_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "arithmetic", "--format", "json") == 0
    rules = json.loads(capsys.readouterr().out)
    assert rules
    assert all(rule["code"].startswith("arithmetic.") and rule["source"] for rule in rules)
    assert run("rules", "--width", "60") == 0
    assert max(map(text_width, capsys.readouterr().out.splitlines())) <= 60


def test_plugins(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plugins") == 0
    text = capsys.readouterr().out
    assert "国办公开办函〔2021〕30号" in text
    assert "markdown (.md)" in text


# --- consoles, pipes, signals, faults ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("argv", [["show"], ["check"], ["convert", "--to", "markdown"], ["convert", "--to", "json"]])
def test_no_console_is_too_poor(encoding: str, argv: list[str], save: Any) -> None:
    strange = attrs.evolve(report(), title="⼀份\u200b报告😀é\ue000")
    process = start(argv[0], save("a.json", strange), *argv[1:], PYTHONIOENCODING=encoding)
    out, err = process.communicate()
    assert process.returncode in {0, 1}
    assert err == b""
    assert out


def test_json_in_a_pipe_is_utf8_whatever_the_console(save: Any) -> None:
    process = start("convert", save("a.json", report()), "--to", "json", PYTHONIOENCODING="ascii")
    out, _ = process.communicate()
    assert from_json(out.decode("utf-8")).issuer == "青梧县水务局"


LARGE = 60
"""So many reports are more than any pipe holds."""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_slow_pipe_gets_everything(unbuffered: str, save: Any) -> None:
    process = start("convert", *[save("a.json", report())] * LARGE, "--to", "csv", PYTHONUNBUFFERED=unbuffered)
    out, _ = process.communicate()
    assert len(list(csv.DictReader(io.StringIO(out.decode(), newline="")))) == LARGE * 200


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_is_no_error(unbuffered: str, save: Any) -> None:
    process = start("convert", *[save("a.json", report())] * LARGE, "--to", "csv", PYTHONUNBUFFERED=unbuffered)
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(common, "load", interrupted)
    assert run("check", "a.html") == 130
    assert capsys.readouterr().err == "govreport: interrupted\n"


def test_an_unforeseen_error_is_one_line_unless_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> Report:
        raise ZeroDivisionError("what nobody thought of")

    monkeypatch.setattr(common, "load", broken)
    said = "ZeroDivisionError: what nobody thought of (this should not happen; set GOVREPORT_DEBUG=1 to see where)"
    assert run("show", "a.html") == 70
    assert capsys.readouterr().err.splitlines() == [f"govreport: {said}"]
    assert run("check", "a.html", "b.html") == 2
    assert capsys.readouterr().err.splitlines() == [f"govreport: a.html: {said}", f"govreport: b.html: {said}"]
    monkeypatch.setenv("GOVREPORT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("show", "a.html")


def test_patterns_are_expanded_where_the_shell_does_not(tmp_path: Path) -> None:
    for name in ("b.html", "a.html", "[1].html"):
        (tmp_path / name).touch()
    assert list(common.file_names(["*.html", "[1].html", "no*.txt"])) == ["[1].html", "a.html", "b.html", "[1].html", "no*.txt"]


def test_text_goes_to_a_console_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="gbk", errors="backslashreplace")
    monkeypatch.setattr(console, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", console)
    streams.emit("年é".encode())
    console.flush()
    assert console.buffer.getvalue().decode("gbk") in {"年é", "年\\xe9"}


def test_statuses_and_amounts_survive_the_command_line(save: Any, capsys: pytest.CaptureFixture[str]) -> None:
    plain = make_report("2021", {"disclosure.fees.amount": Decimal("1.50")})
    cell = plain.tables[1].cells[0]
    requests = attrs.evolve(
        plain.tables[1], cells=(attrs.evolve(cell, status=Status.INFERRED, raw="7", value=7), *plain.tables[1].cells[1:])
    )
    loose = attrs.evolve(requests, pieces=(Piece("99", role=Role.UNBOUND),))
    save("a.json", attrs.evolve(plain, tables=(plain.tables[0], loose, plain.tables[2])))
    assert run("show", "a.json") == 0
    text = capsys.readouterr().out
    assert "7?" in text
    assert "1.50" in text
    assert "未归位 1" in text
