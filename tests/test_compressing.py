"""Compressed copies: each says what its file says, they come and go with it, and cost nothing where nobody asks for them."""

import gzip
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import Site, article, difference

from digest import compressing, fingerprints, pagefind
from digest.compressing import CODINGS
from digest.errors import DigestError

ALL = ["gz", "br", "zst"]
PAGE = "2025/08/17/rain/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A built digest of two articles, with all copies."""
    site = Site.make(tmp_path / "digest", compress=ALL)
    site.write("content/rain.md", article("Rain", slug="rain"))
    site.write("content/sun.md", article("Sun", "2025-08-16"))
    assert site.build().problems == []
    return site


def copies(site: Site, codings: Collection[str] = CODINGS) -> dict[str, bytes]:
    output = site.output()
    return {path: data for path, data in output.items() if path.rpartition(".")[2] in codings}


def assert_all_right(site: Site, codings: Collection[str] = ALL) -> None:
    """Check that every file of text has these copies and no other, and that each says what the file says."""
    output = site.output()
    for path, data in copies(site).items():
        of = output[compressing.original(path)]
        assert compressing.expand(data, path, len(of)) == of, path
    wanted = {copy for path in output for copy in compressing.copies(path, codings)}
    wanted -= {f"search/index.json.{coding}" for coding in codings}  # the index has its own, see below
    assert copies(site).keys() == wanted


def test_each_file_of_text_has_its_copies(site: Site) -> None:
    assert_all_right(site)
    found = copies(site)
    assert {f"{path}.br" for path in (PAGE, "feed.xml", "feed.json", "404.html", "feeds/2025-08.xml")} <= found.keys()
    assert not any(".png." in path for path in found)
    assert sum(map(len, copies(site, ["br"]).values())) < sum(map(len, copies(site, ["gz"]).values()))


@given(st.binary(max_size=2000), st.sampled_from(ALL))
def test_what_is_compressed_comes_back_and_is_always_the_same(data: bytes, coding: str) -> None:
    packed = compressing.compress(data, f"a.html.{coding}")
    assert compressing.compress(data, f"a.html.{coding}") == packed
    assert compressing.expand(packed, f"a.html.{coding}", len(data)) == data
    assert len(compressing.expand(packed, f"a.html.{coding}", len(data) - 1) or b"") <= len(data) or not data


def test_gzip_tells_neither_a_time_nor_a_system() -> None:
    packed = compressing.compress(b"<p>Rain</p>", "a.html.gz")
    assert packed[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    assert gzip.decompress(packed) == b"<p>Rain</p>"


@pytest.mark.parametrize("coding", ALL)
def test_a_copy_that_is_torn_or_no_copy_at_all_expands_to_nothing_of_its_file(coding: str) -> None:
    packed = compressing.compress(b"Rain. " * 100, f"a.html.{coding}")
    for data in (b"", packed[: len(packed) // 2], b"<html>"):
        assert compressing.expand(data, f"a.html.{coding}", 600) != b"Rain. " * 100


def test_only_what_was_written_is_compressed_again(site: Site) -> None:
    before = site.times()
    site.write("content/new.md", article("New", "2025-08-17"))
    result = site.build()
    assert_all_right(site)
    now = site.times()
    changed = {path for path in site.output() if before.get(f"site/{path}") != now[f"site/{path}"]}
    assert changed - {".digest-manifest"} == set(result.changed)
    assert "2025/08/17/new/index.html.zst" in result.changed
    assert not any("16/sun" in path for path in result.changed)


def test_clean_and_incremental_builds_give_the_same_copies(site: Site) -> None:
    site.replace("content/rain.md", "Rain", "More rain")
    site.delete("content/sun.md")
    site.build()
    clone = site.clone(site.root.parent / "clone")
    clone.build()
    assert difference(site.output(), clone.output()) == []


def test_a_build_that_changes_nothing_writes_and_counts_them_as_unchanged(site: Site) -> None:
    result = site.build()
    files = len(site.output()) - 1
    assert (result.written, result.unchanged, result.deleted) == (0, files, 0)
    assert result.pages == sum(path.endswith(".html") for path in site.output())


def test_they_go_with_their_page(site: Site) -> None:
    site.delete("content/rain.md")
    result = site.build()
    assert result.deleted >= 4
    assert not any(path.startswith("2025/08/17/") for path in site.output())
    assert_all_right(site)


@pytest.mark.parametrize("codings", [[], ["gz"], ["br", "gz"]])
def test_they_go_when_nobody_wants_them_any_more(site: Site, codings: list[str]) -> None:
    pages = {path: time for path, time in site.times().items() if path.endswith(".html")}
    site.configure(compress=codings)
    result = site.build()
    assert_all_right(site, codings)
    assert result.written == 0
    assert pages == {path: time for path, time in site.times().items() if path.endswith(".html")}


def test_they_go_without_a_memory_too(site: Site) -> None:
    site.forget()
    site.configure()
    site.build()
    assert copies(site) == {}


def test_they_come_where_pages_stand_already(tmp_path: Path) -> None:
    site = Site.make(tmp_path / "digest")
    site.write("content/rain.md", article("Rain"))
    site.build()
    assert copies(site) == {}
    site.configure(compress=ALL)
    result = site.build()
    assert_all_right(site)
    assert all(compressing.original(path) for path in result.changed)


@pytest.mark.parametrize("harm", ["gone", "other"])
def test_a_copy_that_somebody_changed_is_made_again(site: Site, harm: str) -> None:
    (site.folder / f"{PAGE}.br").unlink()
    if harm == "other":
        (site.folder / f"{PAGE}.br").write_bytes(b"old")
    result = site.build()
    assert result.changed == [f"{PAGE}.br"]
    assert result.reasons[PAGE] == ["a compressed copy of it is missing, or is not what the build made"]
    assert_all_right(site)


def test_a_copy_of_somebody_else_is_left_alone_and_told(tmp_path: Path) -> None:
    site = Site.make(tmp_path / "digest", compress=["gz", "br"])
    site.write("site/index.html.gz", b"mine")
    result = site.build()
    assert [problem.path for problem in result.problems] == ["site/index.html.gz"]
    assert (site.folder / "index.html.gz").read_bytes() == b"mine"
    assert "index.html.br" in site.output()
    assert [problem.path for problem in site.build().problems] == ["site/index.html.gz"]
    site.delete("site/index.html.gz")
    assert site.build().problems == []
    assert_all_right(site, ["gz", "br"])


def test_no_copy_stands_beside_a_page_of_somebody_else(tmp_path: Path) -> None:
    site = Site.make(tmp_path / "digest", compress=["gz"])
    site.write("site/404.html", "mine")
    result = site.build()
    assert [problem.path for problem in result.problems] == ["site/404.html"]
    assert "404.html.gz" not in site.output()
    assert "404.html.gz" not in site.read("site/.digest-manifest").splitlines()


def test_a_theme_may_bring_its_own(tmp_path: Path) -> None:
    site = Site.make(tmp_path / "digest", compress=["gz"])
    own = gzip.compress(b"a,b", mtime=1)
    site.write("templates/static/table.csv", "a,b")
    site.write("templates/static/table.csv.gz", own)
    assert site.build().problems == []
    assert site.output()["static/table.csv.gz"] == own


def test_clean_removes_them(site: Site) -> None:
    assert site.run("clean").returncode == 0
    assert site.output() == {}


def test_check_counts_them_and_finds_one_that_is_outdated(site: Site) -> None:
    assert site.run("check", "--now", "2026-01-01").stderr == ""
    page = (site.folder / PAGE).read_text("utf-8")
    (site.folder / PAGE).write_text(page.replace("Rain", "Pain"), "utf-8")
    done = site.run("check", "--now", "2026-01-01")
    assert done.returncode == 1
    for coding in ALL:
        assert f"site/{PAGE}.{coding}: it does not hold what {PAGE} does" in done.stderr


@pytest.mark.skipif(pagefind.find() is None, reason="Pagefind is not installed")
def test_what_searches_in_the_browser_has_copies_too(site: Site) -> None:
    assert site.build(search=True).problems == []
    script = "search/pagefind/en/pagefind.js"
    assert {f"{script}.{coding}" for coding in ALL} <= copies(site).keys()
    assert "search/index.html.br" in copies(site)
    assert site.build(search=True).written == 0
    site.configure(compress=["gz"])
    site.build(search=True)
    assert [path for path in copies(site) if path.startswith(script)] == [f"{script}.gz"]
    site.delete(f"site/{script}.gz")
    assert site.build(search=True).changed == [f"{script}.gz"]


def test_a_preview_has_none(site: Site) -> None:
    site.build(output=site.root / ".digest/preview", compress=False)
    assert not list((site.root / ".digest/preview").rglob("*.gz"))
    assert_all_right(site)


def test_nothing_is_loaded_where_nobody_asks(tmp_path: Path) -> None:
    site = Site.make(tmp_path / "digest")
    program = f"""
import sys
from digest import build
build.build(build.Options({str(site.root)!r} and __import__("pathlib").Path({str(site.root)!r}), __import__("pathlib").Path({str(site.root / "digest.yml")!r}), __import__("pathlib").Path({str(site.folder)!r}), {fingerprints.RACY}), lambda *_: None, lambda: None)
print({{"brotli", "zstandard"}} & sys.modules.keys())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_a_missing_library_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site.make(tmp_path / "digest", compress=["br"])
    monkeypatch.setitem(sys.modules, "brotli", None)
    with pytest.raises(DigestError, match="needs the library brotli") as caught:
        site.build()
    assert "news-digest[compress]" in caught.value.hint
    assert not site.folder.exists()


@pytest.mark.parametrize(
    ("value", "says"), [("gz", "must be a list"), (["gzip"], "knows no 'gzip'"), ([1], "knows no '1'")]
)
def test_a_wrong_setting_is_named(tmp_path: Path, value: object, says: str) -> None:
    site = Site.make(tmp_path / "digest", compress=value)
    with pytest.raises(DigestError, match=says) as caught:
        site.build()
    assert "[gz, br, zst]" in caught.value.hint
