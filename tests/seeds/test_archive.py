"""Archives of seeds: what is read out of them, and what a hostile or broken one cannot do."""

import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import seeds
from digest.errors import Problem
from digest.seeds import archive


def article(title: str) -> bytes:
    return f" date 2025-08-17 {title}\n\nText of {title}.".encode()


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name), data, method, 1)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tar_header(name: str, kind: bytes = b"0", size: bytes = b"00000000000\0") -> bytes:
    info = tarfile.TarInfo(name)
    info.type = kind
    header = bytearray(info.tobuf(tarfile.USTAR_FORMAT))
    header[124:136] = size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


PACKERS = {
    "x.zip": zipped,
    "x.tar": tarred,
    "x.tar.gz": lambda files: gzip.compress(tarred(files), mtime=0),
    "named-as-a-text.txt": zipped,
}
FILES = {"b.txt": article("B"), "folder/a.txt": article("A"), "a/c.txt": article("C")}


@pytest.mark.parametrize("name", PACKERS)
def test_files_are_read_in_the_order_of_their_names(name: str) -> None:
    articles, problems = seeds.parse(PACKERS[name](FILES), f"seeds/{name}")
    assert [found.title for found in articles] == ["C", "B", "A"]
    assert not problems


@pytest.mark.parametrize("name", PACKERS)
def test_an_article_is_the_same_as_out_of_the_archive(name: str) -> None:
    (packed,), _ = seeds.parse(PACKERS[name]({"a.txt": article("A")}), f"seeds/{name}")
    (alone,), _ = seeds.parse(article("A"), "seeds/a.txt")
    assert packed == alone


@pytest.mark.parametrize("name", PACKERS)
def test_a_problem_names_the_file_in_the_archive(name: str) -> None:
    files = {"one/bad.txt": b"No header", "two/good.txt": article("Good")}
    articles, (problem,) = seeds.parse(PACKERS[name](files), f"seeds/{name}")
    assert [found.title for found in articles] == ["Good"]
    assert problem.path == f"seeds/{name}/one/bad.txt"


@pytest.mark.parametrize("name", PACKERS)
def test_folders_hidden_files_and_what_a_mac_adds_are_passed_over(name: str) -> None:
    files = {"./a.txt": article("A"), ".git/config": b"x", "a/.DS_Store": b"x", "__MACOSX/._a.txt": b"x"}
    articles, problems = seeds.parse(PACKERS[name](files), name)
    assert [found.title for found in articles] == ["A"]
    assert not problems


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:/evil.txt", "n" * 1001])
@pytest.mark.parametrize("packer", [zipped, tarred])
def test_names_that_lead_elsewhere_are_left_out(packer, name: str) -> None:
    articles, (problem,) = seeds.parse(packer({name: article("Evil"), "good.txt": article("Good")}), "x.zip")
    assert [found.title for found in articles] == ["Good"]
    assert "its name" in problem.message


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_links_and_devices_in_a_tar_are_left_out(kind: bytes) -> None:
    articles, (problem,) = seeds.parse(tar_header("evil", kind) + tarred({"good.txt": article("Good")}), "x.tar")
    assert [found.title for found in articles] == ["Good"]
    assert (problem.path, "a link or a device" in problem.message) == ("x.tar/evil", True)


def test_links_in_a_zip_are_left_out() -> None:
    link = zipfile.ZipInfo("evil")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(zipped({"good.txt": article("Good")}))
    with zipfile.ZipFile(out, "a") as made:
        made.writestr(link, "/etc/passwd")
    articles, (problem,) = seeds.parse(out.getvalue(), "x.zip")
    assert [found.title for found in articles] == ["Good"]
    assert "a link or a device" in problem.message


@pytest.mark.parametrize("packer", [zipped, tarred])
@pytest.mark.parametrize("inner", [zipped, tarred, lambda files: gzip.compress(tarred(files))])
def test_an_archive_in_an_archive_is_left_out(packer, inner) -> None:
    files = {"inner.bin": inner({"a.txt": article("Hidden")}), "z.txt": article("Good")}
    articles, (problem,) = seeds.parse(packer(files), "x.zip")
    assert [found.title for found in articles] == ["Good"]
    assert "an archive in an archive" in problem.message


def test_an_encrypted_file_is_left_out() -> None:
    data = bytearray(zipped({"a.txt": article("A")}))
    data[data.index(b"PK\1\2") + 8] |= 1
    _, (problem,) = seeds.parse(bytes(data), "x.zip")
    assert (problem.path, "encrypted" in problem.message) == ("x.zip/a.txt", True)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_unpacks_without_bound_is_left_out(method: int) -> None:
    _, (problem,) = seeds.parse(zipped({"a.txt": article("A")}, method), "x.zip")
    assert "compressed in a way" in problem.message


@pytest.mark.parametrize(
    "data",
    [lzma.compress(b"x"), b"7z\xbc\xaf\x27\x1c\0\4", b"Rar!\x1a\x07\x01\0", b"BZh91AY&SY\0\0", b"\x28\xb5\x2f\xfd\0"],
)
def test_other_archives_are_named_as_such(data: bytes) -> None:
    _, (problem,) = seeds.parse(data, "x")
    assert "archives of this kind" in problem.message


def test_an_office_document_is_no_archive_of_articles() -> None:
    _, (problem,) = seeds.parse(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a.docx")
    assert "office document" in problem.message
    assert "save it as" in problem.hint


def test_an_empty_archive_is_named() -> None:
    _, (problem,) = seeds.parse(zipped({}), "x.zip")
    assert problem.message == "there is no article in it"


def test_a_gzip_file_that_holds_no_tar_is_named() -> None:
    _, (problem,) = seeds.parse(gzip.compress(article("A") * 100), "x.txt.gz")
    assert "broken" in problem.message


@pytest.mark.parametrize("left", [1, 30, 200])
def test_a_zip_that_was_cut_off_is_named(left: int) -> None:
    data = zipped(FILES)
    articles, (problem,) = seeds.parse(data[: len(data) - left], "x.zip")
    assert not articles
    assert "broken or cut off" in problem.message


def test_of_a_tar_that_was_cut_off_the_beginning_is_read() -> None:
    data = tarred({"a.txt": article("A"), "b.txt": article("B" * 600)})
    articles, problems = seeds.parse(data[: 3 * 512 + 100], "x.tar")
    assert [found.title for found in articles] == ["A"]
    assert [problem.path for problem in problems] == ["x.tar/b.txt", "x.tar"]
    articles, (problem,) = seeds.parse(data[: 2 * 512], "x.tar")
    assert [found.title for found in articles] == ["A"]
    assert "cut off" in problem.message


def test_of_a_tar_gz_that_was_cut_off_the_beginning_is_read() -> None:
    noise = bytes(range(256)) * 8
    data = gzip.compress(tarred({"a.txt": article("A"), "z.bin": noise * 40 + noise[::-1]}), 0, mtime=0)
    articles, problems = seeds.parse(data[:3000], "x.tgz")
    assert [found.title for found in articles] == ["A"]
    assert "cut off" in problems[-1].message


def test_nonsense_after_the_first_file_of_a_tar_is_not_taken_for_its_end() -> None:
    data = tarred({"a.txt": article("A")})[:1024] + b"nonsense" * 200
    articles, (problem,) = seeds.parse(data, "x.tar")
    assert [found.title for found in articles] == ["A"]
    assert "broken" in problem.message


def test_a_wrong_checksum_leaves_out_that_file() -> None:
    data = zipped({"a.txt": article("A"), "b.txt": article("B")}, zipfile.ZIP_STORED)
    articles, (problem,) = seeds.parse(data.replace(b"Text of A", b"Text_of A"), "x.zip")
    assert [found.title for found in articles] == ["B"]
    assert problem.path == "x.zip/a.txt"


@pytest.mark.parametrize("size", [b"\x80\0\0\0\0\0\0\0\x40\0\0\0", b"07777777777\0"])
def test_a_declared_gigabyte_is_refused_at_once(size: bytes) -> None:
    data = tar_header("big.txt", size=size) + b"x" * 512
    _, problems = seeds.parse(data, "x.tar")
    assert "more than 20,971,520 bytes" in problems[0].message


def test_a_size_below_zero_does_not_read_the_same_file_for_ever() -> None:
    data = tarred({"a.txt": article("A")})[:1024] + tar_header("b.txt", size=b"\xff" * 11 + b"\0") + b"\0" * 1024
    articles, (problem,) = seeds.parse(data, "x.tar")
    assert [found.title for found in articles] == ["A"]
    assert "impossible" in problem.message


def test_a_bomb_is_refused_however_small_it_says_it_is() -> None:
    data = bytearray(zipped({"bomb.txt": bytes(archive.MAX_FILE + 1), "z.txt": article("Good")}))
    for signature, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = (1000).to_bytes(4, "little")
    articles, (problem,) = seeds.parse(bytes(data), "x.zip")
    assert [found.title for found in articles] == ["Good"]
    assert problem.path == "x.zip/bomb.txt"


def test_bombs_of_many_files_are_refused() -> None:
    files = {f"{number:02}.txt": bytes(archive.MAX_FILE) for number in range(11)}
    *read, last = archive.members(zipped(files), "x.zip")
    assert len(read) == 10
    assert isinstance(last, Problem)
    (problem,) = archive.members(gzip.compress(bytes(archive.MAX_FILE)) * 11, "x.tgz")
    assert isinstance(problem, Problem)
    assert "unpacks to more" in problem.message


def test_too_many_files_are_refused() -> None:
    files = {f"{number}.txt": b"" for number in range(archive.MAX_ENTRIES + 1)}
    for packer in (zipped, tarred):
        (problem,) = archive.members(packer(files), "x")
        assert "more than 10,000 files" in problem.message


def test_an_archive_of_problems_is_given_up() -> None:
    _, problems = seeds.parse(zipped({f"{number}.txt": b"x" for number in range(2000)}), "x.zip")
    assert len(problems) == seeds.MAX_PROBLEMS + 1


@given(
    st.sampled_from([zipped(FILES), tarred(FILES), zipped(FILES, zipfile.ZIP_STORED), gzip.compress(tarred(FILES))]),
    st.lists(st.tuples(st.integers(0, 11_000), st.binary(max_size=8)), max_size=4),
    st.integers(0, 11_000),
)
@settings(max_examples=200, deadline=None)
def test_a_mutated_archive_never_raises(data: bytes, changes: list[tuple[int, bytes]], end: int) -> None:
    made = bytearray(data[:end] if end % 2 else data)
    for at, change in changes:
        made[at : at + len(change)] = change
    articles, problems = seeds.parse(bytes(made), "seeds/x.zip")
    assert articles or problems
