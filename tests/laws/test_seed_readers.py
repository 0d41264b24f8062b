"""Whatever bytes a seed holds: it becomes articles and problems, the same ones everywhere, and nothing is fetched."""

import hashlib
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from seed_files import CASES, ENTITIES, FILES, FORMATS, of_cases, read

from digest.seeds import formats

FOUND = sorted(path for path in (CASES / "fuzz").iterdir() if path.is_file())
"""What fuzzing found: each made a reader raise, hang or say something untrue once."""
BASES = {**FILES, **of_cases()}
TOKENS = [
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xe2\x80\xa8", b"\xc2\x85", b"\xe2\x80\xae", b"\r", b"\n\n", b"\x1b$B",
    b"<", b">", b"</p>", b"<p>", b"<!--", b"]]>", b"<![CDATA[", b"&#0;", b"&#xD800;", b"&#150;", b"&shy;", b"<table><tr><td>",
    b"{", b"}", b"[", b"]", b'"', b"\\", b"\\u0000", b"\\ud800", b"null", b"1e999", b"-1", b"9" * 400, b",", b";", b"\t",
    b"---\n", b"+++\n", b"date: ", b"title: ", b" date 2025-08-17 ", b"2025-02-30", b"0000-00-00", b"99999-01-01", b"T25:61:61Z",
    b"=?utf-8?b?AAAA?=", b"Content-Type: ", b"boundary=", b"--grenze", b"charset=utf-7", b"javascript:", b"data:", b"[//]: # (",
    b"```", b"# ", b"- ", b"> ", b"1. ", b"|", b"\xd8\x9f", b"\xe3\x80\x82",
]  # fmt: skip
PLACE = st.integers(0, 10_000)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("cut"), PLACE),
        st.tuples(st.just("flip"), PLACE, st.integers(0, 255)),
        st.tuples(st.just("splice"), PLACE, st.sampled_from(sorted(BASES)), PLACE, st.integers(1, 400)),
        st.tuples(st.just("repeat"), PLACE, st.integers(1, 60), st.integers(2, 40)),
        st.tuples(st.just("drop"), PLACE, st.integers(1, 100)),
        st.tuples(st.just("put"), PLACE, st.sampled_from(TOKENS)),
    ),
    min_size=1,
    max_size=4,
)
LARGEST = 20_000
SECONDS = 10
"""Of processor time, for a small file: a hundred times what the slowest takes, and a hang is more."""


def changed(data: bytes, changes: list[tuple[object, ...]]) -> bytes:
    """Return `data` after some accidents."""
    for kind, place, *how in changes:
        assert isinstance(place, int)
        at = place % (len(data) + 1)
        match kind, *how:
            case ("cut",):
                data = data[:at]
            case "flip", int(byte):
                data = data[:at] + bytes([byte]) + data[at + 1 :]
            case "splice", str(name), int(start), int(length):
                start %= len(BASES[name]) + 1
                data = data[:at] + BASES[name][start : start + length] + data[at:]
            case "repeat", int(length), int(times):
                data = data[:at] + data[at : at + length] * times + data[at + length :]
            case "drop", int(length):
                data = data[:at] + data[at + length :]
            case "put", bytes(token):
                data = data[:at] + token + data[at:]
    return data[:LARGEST]


def hold(data: bytes, name: str) -> None:
    """Read a seed twice: what becomes of it is sane, the same, and soon there."""
    start = time.process_time()
    once = read(data, name)
    assert time.process_time() - start < SECONDS
    assert read(data, name) == once


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_of_every_kind_is_read_without_a_problem(name: str) -> None:
    articles, problems = read(FILES[name], name)
    assert articles
    assert problems == []
    if name in FORMATS:
        assert {article.format for article in articles} == {FORMATS[name]}


def test_every_format_has_a_file_here() -> None:
    assert {form.NAME for form in formats._formats()} | {"text"} <= set(FORMATS.values())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_fuzzing_found_stays_mended(path: Path) -> None:
    hold(path.read_bytes(), path.name)


def test_a_line_separator_in_json_is_part_of_its_string() -> None:
    """RFC 8259 (section 7) lets it stand there, and JavaScript writes it so."""
    articles, problems = read('{"title": "T", "date": "2025-08-17", "text": "one\u2028two"}'.encode(), "rows.jsonl")
    assert (len(articles), problems) == (1, [])


@given(st.binary(max_size=200), st.sampled_from(sorted(FILES)))
@example(b"", "article.txt")
@example(ENTITIES.encode(), "nitf.xml")
@example(ENTITIES.encode(), "rss.xml")
@example(ENTITIES.encode(), "page.html")
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    hold(data, name)


@given(st.text(max_size=200), st.sampled_from(sorted(FILES)))
def test_any_text_under_any_name(text: str, name: str) -> None:
    hold(text.encode(), name)


@given(st.sampled_from(sorted(BASES)), CHANGES)
def test_a_file_after_accidents(name: str, changes: list[tuple[object, ...]]) -> None:
    hold(changed(BASES[name], changes), name)


@pytest.mark.soak
@settings(max_examples=20_000)
@given(st.sampled_from(sorted(BASES)), CHANGES)
def test_many_files_after_accidents(name: str, changes: list[tuple[object, ...]]) -> None:
    hold(changed(BASES[name], changes), name)


@given(st.sampled_from(sorted(FILES)), st.sampled_from(sorted(FILES)))
def test_a_file_under_the_name_of_another_kind(name: str, other: str) -> None:
    hold(FILES[name], other)


READ_ALL = """
import hashlib, sys
sys.path[:0] = {paths!r}
from seed_files import FILES, of_cases, read
told = [(name, read(data, name)) for name, data in sorted({{**FILES, **of_cases()}}.items())]
print(hashlib.sha256(repr(told).encode()).hexdigest())
"""


def run(program: str, *paths: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    program = textwrap.dedent(program).format(paths=[str(path) for path in (Path(__file__).parent, *paths)])
    environ = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environ)


def test_every_process_reads_the_same() -> None:
    told = {
        (done.stdout, done.stderr)
        for done in (
            run(READ_ALL, PYTHONHASHSEED="1", TZ="Asia/Kolkata", LC_ALL="C"),
            run(READ_ALL, PYTHONHASHSEED="2", TZ="America/Caracas", LC_ALL="C.UTF-8", LANG="tr_TR.UTF-8"),
        )
    }
    here = [(name, read(data, name)) for name, data in sorted(BASES.items())]
    assert told == {(hashlib.sha256(repr(here).encode()).hexdigest() + "\n", "")}


NO_NETWORK = """
import sys
sys.path[:0] = {paths!r}
from seed_files import ENTITIES, FILES, of_cases, read
NETWORK = (
    "socket.connect", "socket.send", "socket.gethost", "socket.getaddrinfo", "socket.getnameinfo",
    "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn",
)
asked = []

def watch(event, arguments):
    if event.startswith(NETWORK):
        asked.append((event, arguments))
        raise SystemExit(f"{{event}} {{arguments}}")
    if event == "open" and "passwd" in str(arguments[0]):
        raise SystemExit(f"{{event}} {{arguments}}")

sys.addaudithook(watch)
for name, data in {{**FILES, **of_cases()}}.items():
    read(data, name)
for name in FILES:
    articles, problems = read(ENTITIES.encode(), name)
    assert "root:" not in repr((articles, problems))
assert not asked, asked
"""


def test_nothing_is_fetched_and_no_other_file_is_opened() -> None:
    done = run(NO_NETWORK)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


SHOUTED = """
from digest.errors import Problem
from digest.seeds.record import Block, make

NAME = "shouted"

def recognises(data, path):
    return path.endswith(".shout")

def read(data, path, reading):
    for line, row in enumerate(data.decode().splitlines(), 1):
        title, _, text = row.partition("!")
        if text:
            yield make(NAME, row.encode(), title, reading.date, (Block("paragraph", text.strip()),), line=line)
        else:
            yield Problem("error", path, line, "nobody shouts", "write a `!`")
"""
USE_SHOUTED = """
import sys
sys.path[:0] = {paths!r}
from seed_files import read
articles, problems = read(b"HELP! The bridge is closed.\\nquiet", "x.shout")
print(*((article.title, article.format, article.line) for article in articles), *problems, sep="\\n")
print(*(article.format for article in read(b" date 2025-08-17 T\\n\\nText.", "x.txt")[0]))
"""


def test_another_package_brings_a_format(tmp_path: Path) -> None:
    """It is a module that an entry point of the group `digest.seeds` names, found by its metadata alone."""
    (tmp_path / "shouted.py").write_text(SHOUTED, "utf-8")
    info = tmp_path / "shouted-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shouted\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[digest.seeds]\nshouted = shouted\n", "utf-8")
    done = run(USE_SHOUTED, tmp_path)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "('HELP', 'shouted', 1)",
        "Problem(severity='error', path='seeds/x.shout', line=2, message='nobody shouts', hint='write a `!`')",
        "text",
    ]
