"""Renaming: another name for a topic, and not one byte else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import frontmatter
from digest.editor.renaming import in_file, rewrite


@pytest.mark.parametrize(
    ("header", "renamed"),
    [
        ("title: x\ntopics: [Old, 'a b']  # c\n", "title: x\ntopics: [New, 'a b']  # c\n"),
        ('topics: ["Old", b]\n', 'topics: ["New", b]\n'),
        ("topics: ['Old', b]\n", "topics: ['New', b]\n"),
        ("tags: Old\n", "tags: New\n"),
        ("topics:\r\n  - Old # the one\r\n  - b\r\n", "topics:\r\n  - New # the one\r\n  - b\r\n"),
        ("topics:\n- a\n- Old", "topics:\n- a\n- New"),
        ("topics:\n  - >-\n    Old\n  - b\n", "topics:\n  - New\n  - b\n"),
        ("topics: [OLD]\n", "topics: [New]\n"),
        ("topics: [Old, old]\n", "topics: [New]\n"),
        ("# Old\ntitle: Old\ntopics: [Old]\nx: [Old]\n", "# Old\ntitle: Old\ntopics: [New]\nx: [Old]\n"),
        ("topics: [Old]\ntags: [Old]\n", "topics: [New]\ntags: [Old]\n"),
        ("topics: [New, Old, b]\n", "topics: [New, b]\n"),
        ("topics: [Old, New]\n", "topics: [New]\n"),
        ("topics: [b, New, Old]\n", "topics: [b, New]\n"),
        ("topics:\n  - New\n  - Old\nid: 5\n", "topics:\n  - New\nid: 5\n"),
        ("topics:\n  - Old # why\n  - New\n", "topics:\n  # why\n  - New\n"),
        ("topics: [\n  Old, # first\n  New # second\n]\n", "topics: [\n  # first\n  New # second\n]\n"),
        ("😀: x\ntopics: [Old]\n", "😀: x\ntopics: [New]\n"),
    ],
)
def test_only_the_entry_changes(header: str, renamed: str) -> None:
    assert rewrite(header, "Old", "New") == renamed


@pytest.mark.parametrize(
    "header",
    ["", "title: Old\n", "topics: [Older]\n", "topics: []\n", "topics:\ntags: [Old]\n", "topics: {a: Old}\n", "topics: [Old", "a: &x Old\ntopics: [*x]\n"],
)  # fmt: skip
def test_a_file_that_has_no_such_topic_stays_as_it_is(header: str) -> None:
    assert rewrite(header, "Old", "New") is None


def test_a_topic_already_called_so_stays_as_it_is() -> None:
    assert rewrite("topics: [New, b]\n", "new", "New") is None
    assert rewrite("topics: [new, b]\n", "new", "New") == "topics: [New, b]\n"


@pytest.mark.parametrize(
    "new", ["a: b", "it's #1", 'say "x"', "- x", "[x]", "Ja, nein", "null", "{x}", "*", "& co", "漢字", "1984", "\\n"]
)
@pytest.mark.parametrize("header", ["topics: [Old]\n", "topics:\n- Old\n", "topics: Old\n", "topics: ['Old']\n", 'topics: ["Old"]\n'])  # fmt: skip
def test_a_name_that_yaml_could_misread_is_quoted(header: str, new: str) -> None:
    renamed = rewrite(header, "Old", new)
    assert renamed is not None
    assert frontmatter.load(renamed)["topics"] in ([new], new)


def test_a_whole_file_keeps_its_line_ends_and_its_text() -> None:
    text = "\ufeff---\r\ntopics: [Old]\r\n---\r\n\r\ntopics: [Old]\r\n---\r\n"
    assert in_file(text, "Old", "New") == text.replace("Old", "New", 1)
    assert in_file("topics: [Old]\n", "Old", "New") is None
    assert in_file("---\ntopics: [Old]\n", "Old", "New") is None


NAMES = st.text(st.sampled_from("abAB é漢'\"#:,-[]{}&*!%@ 1"), min_size=1, max_size=8).map(str.strip).filter(bool)
STYLES = st.sampled_from(["flow", "block", "dumped"])


@given(st.lists(NAMES, min_size=1, max_size=5), NAMES, NAMES, STYLES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_nothing_else_is_said_and_no_other_line_changes(
    topics: list[str], old: str, new: str, style: str, end: str, comments: bool
) -> None:
    note = "  # note, with: signs" if comments else ""
    single = ["'" + topic.replace("'", "''") + "'" for topic in topics]
    listed = {
        "flow": f"topics: [{', '.join(single)}]{note}\n",
        "block": "topics:\n" + "".join(f"  - {topic}{note}\n" for topic in single),
        "dumped": frontmatter.dump({"topics": topics}, "").removeprefix("---\n").removesuffix("---\n"),
    }[style]
    header = f"title: 'x'   # {old}\n{listed}extra:\n  - {{a: 1}}\n".replace("\n", end)
    before = frontmatter.load(header)
    renamed = rewrite(header, old, new)
    if renamed is None:
        return
    after = frontmatter.load(renamed)
    assert {**after, "topics": None} == {**before, "topics": None}
    assert [topic for topic in after["topics"] if topic != new] == [
        topic for topic in before["topics"] if topic in after["topics"] and topic != new
    ]
    assert new in after["topics"] or len(after["topics"]) < len(before["topics"])
    assert rewrite(renamed, old, new) is None
    old_lines, new_lines = header.split(end), renamed.split(end)
    assert old_lines[0] == new_lines[0]
    assert old_lines[-3:] == new_lines[-3:]
    assert renamed.count("# note, with: signs") == header.count("# note, with: signs")
    assert renamed.count("\r") == renamed.count("\n") if end == "\r\n" else "\r" not in renamed
