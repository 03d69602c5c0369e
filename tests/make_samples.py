"""Write the samples of `tests/samples`: `python tests/make_samples.py`. Everything in them is invented (examples/bodies).

A sample lies in the folder of the layout that should win it. What it should read as stands beside it in `.expected.json`, which
`pytest tests/test_samples.py --update-expected` writes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "examples"))

from making import texts, turned  # noqa: E402 - found only with the line above
from making.bodies import Rows, all_bodies  # noqa: E402 - as above
from making.containers import csv, html  # noqa: E402 - as above

NAVIGATION = ("首页 > 政务公开 > 政府信息公开年报", "今天是2031年5月6日 星期二", "索引号：999016/2023-00018　浏览次数：1027")
FOOTER = ("打印本页　关闭窗口", "主办单位：云湾县数据局　网站标识码：9990000000")
INTRODUCTION = "本报告由一、总体情况，二、主动公开政府信息情况，三、收到和处理政府信息公开申请情况等六部分组成。"


def samples() -> Iterator[tuple[str, str]]:  # noqa: PLR0915 - one line a sample
    """(file, text) of every sample; the file's folder is its layout."""
    town, water, city, school, province = (
        all_bodies()[name]
        for name in (
            "moyu_town_2022",
            "heting_water_2023",
            "tinglan_city_2020",
            "wanglan_education_2024",
            "bochuan_environment_2021",
        )
    )
    write = texts.document
    slashes = water.marked("/", "requests.refused", "disputes.litigation")
    hollow = school.marked("", "disclosure.rules", "requests.not_processed")
    inner = [
        f"requests.{row}.{column}" for row in ("new", "granted", "partial", "concluded") for column in ("company", "research")
    ]
    holed = water.marked("", *inner)
    yield "lines/town.txt", write(town, texts.lines)
    yield "lines/city_2019.txt", write(city, texts.lines)
    yield "lines/tight.txt", write(school, texts.tight_lines, gap="\n")
    yield "lines/navigation.txt", write(water, texts.lines, top=NAVIGATION, end=FOOTER)
    yield "lines/repeated_labels.txt", write(city, texts.repeated_lines)
    yield "lines/blanks_as_nbsp.txt", write(hollow, texts.lines)
    yield "lines/blanks_dropped.txt", write(hollow, texts.dropped_lines)
    yield "lines/broken_labels.txt", write(province, wrapped(texts.lines, "\n"))
    yield "tabbed_lines/word.txt", write(province, texts.word_tabs)
    yield "tabbed_lines/blanks.txt", write(hollow, texts.word_tabs)
    yield "separated_lines/tabs.txt", write(school, texts.tab_lines)
    yield "separated_lines/slashes.txt", write(slashes, texts.tab_lines)
    yield "tabs/full.txt", write(province, texts.tabs)
    yield "tabs/shifted_2019.txt", write(city, texts.shifted_tabs)
    yield "tabs/repeated.txt", write(water, texts.repeated_tabs)
    yield "tabs/shifted_blanks.txt", write(hollow, texts.shifted_tabs)
    yield "separated/full.txt", write(province, texts.commas, gap="\n")
    yield "separated/city_2019.txt", write(city, texts.commas, gap="\n", top=NAVIGATION, end=FOOTER)
    yield "separated/quoted.txt", write(water, wrapped(texts.commas, "\n"), gap="\n")
    yield "separated/shifted.txt", write(water, texts.shifted_commas)
    yield "separated/blanks.txt", write(hollow, texts.commas, gap="\n")
    yield "pipe_rows/full.txt", write(water, texts.trailing_pipes)
    yield "pipe_rows/city_2019.txt", write(city, texts.trailing_pipes)
    yield "pipe_rows/slashes.txt", write(slashes, texts.trailing_pipes)
    yield "pipe_rows/blanks.txt", write(hollow, texts.trailing_pipes)
    yield "pipe_cells/province.txt", write(province, texts.pipe_cells)
    yield "pipe_cells/blanks.txt", write(hollow, texts.pipe_cells)
    yield "pipe_cells/own_line.txt", write(water, texts.pipe_lines)
    yield "markdown/city_2019.txt", write(city, texts.markdown)
    yield "markdown/blanks.txt", write(hollow, texts.markdown)
    yield "joined/province.txt", write(province, texts.single_spaces)
    yield "joined/city_2019.txt", write(city, texts.single_spaces)
    yield "columnar/water.txt", write(water, texts.columns)
    yield "columnar/city_2019.txt", write(city, texts.columns)
    yield "columnar/blanks.txt", write(hollow, texts.columns)
    yield "mixed/spaces_kept.txt", write(holed, texts.spaces_kept)
    yield "aligned/spans_ignored.txt", write(holed, texts.drifting)
    yield "aligned/school.txt", write(school, texts.aligned)
    yield "aligned/blanks.txt", write(hollow, texts.aligned)
    yield "boxed/water.txt", write(water, texts.boxes)
    yield "boxed/blanks.txt", write(hollow, texts.boxes)
    yield "ruled/province.txt", write(province, texts.ruled)
    yield "ruled/blanks.txt", write(hollow, texts.ruled)
    yield "addressed/city_2019.txt", write(city, texts.addresses, gap="\n")
    yield "addressed/blanks.txt", write(hollow, texts.addresses, top=NAVIGATION, end=FOOTER)
    yield "nested/water.txt", write(water, texts.nested)
    yield "nested/blanks.txt", write(hollow, texts.items)
    yield "grid/page.html", html(province).decode()
    yield "grid/page_2019.html", html(city).decode()
    yield "grid/sheet.csv", csv(school).decode("utf-8")
    yield "grid/wiki.txt", write(city, texts.wiki)
    yield "grid/wiki_blanks.txt", write(hollow, texts.wiki)
    yield "grid/tex.txt", write(hollow, texts.tex)
    yield "grid/transposed.html", write(water, turned.html_transposed)
    yield "grid/beside.html", write(water, turned.html_beside)
    yield "markdown/transposed.txt", write(province, turned.transposed)
    yield "markdown/continued.txt", write(city, turned.continued)
    yield "grid/records.csv", write(city, turned.records)
    yield "grid/tree.jsonl", turned.tree(water)
    yield "grid/tree_blanks.jsonl", turned.tree(hollow)
    yield "keyed/water.txt", write(water, turned.keys)
    yield "keyed/city_2019.txt", write(city, turned.several, top=NAVIGATION, end=FOOTER)
    yield "keyed/blanks.txt", write(hollow, turned.key_list)
    yield "mixed/three_layouts.txt", write(water, texts.trailing_pipes, texts.lines, texts.tabs)
    yield "mixed/introduction.txt", write(water, texts.pipe_cells, texts.markdown, texts.lines, top=(*NAVIGATION, INTRODUCTION))


def wrapped(text: Callable[[Rows], str], by: str) -> Callable[[Rows], str]:
    """The layout with long column headers broken in two, as narrow columns do."""
    return lambda rows: text(rows).replace("社会公益组织", f"社会公益{by}组织").replace("法律服务机构", f"法律服务{by}机构")


def main() -> None:
    """Write them all."""
    for name, text in samples():
        path = HERE / "samples" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8", newline="")


if __name__ == "__main__":
    main()
