"""Every kind of container, cut short and damaged at random: a report comes out, or an error that is about the document.

A small part of what was tried once by the thousand; the same damages every time.
"""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from email.mime.text import MIMEText
from pathlib import Path

import pytest

import govreport
from govreport.errors import NotAReportError, SourceError

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
KINDS = ("html", "mhtml", "md", "csv", "txt", "docx", "odt", "rtf", "xlsx", "pdf", "zip")
SECONDS = 5.0
"""Far above what any of these needs."""

_SENSELESS = (b"100000000", b"-1", b"0", b"9" * 20, b"2147483648", b"nan", b"1e308", b"", b"x", "٣".encode())


def example(kind: str) -> bytes:
    if kind in {"mhtml", "zip"}:
        page = (EXAMPLES / "bochuan_environment_2021.html").read_bytes()
        return packed({"报告.html": page}) if kind == "zip" else MIMEText(page.decode(), "html", "utf-8").as_bytes()
    return next(path for path in sorted(EXAMPLES.iterdir()) if path.suffix == f".{kind}").read_bytes()


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 4, 32])):
        changed[rng.randrange(len(data))] = rng.choice([rng.randrange(256), 0, 255, ord("<"), ord(" ")])
    return bytes(changed)


def moved(data: bytes, rng: random.Random) -> bytes:
    """A block taken out, repeated, blanked, or put elsewhere."""
    start, size = rng.randrange(len(data)), rng.choice([1, 16, 512, len(data) // 4])
    before, block, after = data[:start], data[start : start + size], data[start + size :]
    elsewhere = rng.randrange(len(data))
    return rng.choice(
        [before + after, before + block * 10 + after, before + bytes(size) + after, data[:elsewhere] + block + data[elsewhere:]]
    )


def misnumbered(data: bytes, rng: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", data))
    for found in sorted(rng.sample(numbers, min(len(numbers), 3)), key=lambda m: -m.start()):
        data = data[: found.start()] + rng.choice(_SENSELESS) + data[found.end() :]
    return data


def mismarked(data: bytes, rng: random.Random) -> bytes:
    """Tags lost, exchanged, or repeated."""
    tags = re.findall(rb"<[^<>]*>", data)
    if not tags:
        return moved(data, rng)
    tag, other = rng.choice(tags), rng.choice(tags)
    return data.replace(tag, rng.choice([b"", other, tag * 300]), rng.choice([1, 5]))


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, moved, misnumbered, mismarked)


def inside(data: bytes, rng: random.Random) -> bytes:
    """One part of a package damaged, and the package whole again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice([name for name, part in files.items() if part])
    return packed(files | {name: rng.choice(DAMAGES)(files[name], rng)})


def assert_answered(data: bytes) -> None:
    start = time.process_time()
    with suppress(SourceError, NotAReportError):  # a PluginError would be a fault of ours
        list(govreport.check(govreport.load(data)))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("kind", KINDS)
def test_cut_short(kind: str) -> None:
    data = example(kind)
    for part in range(16):
        assert_answered(data[: len(data) * part // 16])


@pytest.mark.parametrize("kind", KINDS)
def test_damaged(kind: str) -> None:
    rng, data = random.Random(kind), example(kind)
    for _ in range(24):
        assert_answered(rng.choice(DAMAGES)(data, rng))


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx", "zip"])
def test_damaged_inside(kind: str) -> None:
    rng, data = random.Random(kind), example(kind)
    for _ in range(40):
        assert_answered(inside(data, rng))
