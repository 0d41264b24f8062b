"""What the pages on publishing give to copy works: workflows are valid, scripts run, and no link is broken on the way."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sites import Site, article, broken_links, tree

from digest import frontmatter

DOCS = Path(__file__).parent.parent / "docs" / "deploy"
TARGET = "you@example.org:/var/www/digest/"


def blocks(kind: str) -> list[tuple[str, str]]:
    """Return all blocks of code of a kind, each with the name of its page."""
    pattern = rf"^```{kind}\n(.*?)^```"
    found = []
    for page in sorted(DOCS.glob("*.md")):
        found += [(page.stem, text) for text in re.findall(pattern, page.read_text("utf-8"), re.MULTILINE | re.DOTALL)]
    return found


def block(page: str, kind: str) -> str:
    return next(text for stem, text in blocks(kind) if stem == page)


def missing(program: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{program} is not installed; .ci/run installs it")
    pytest.skip(f"{program} is not installed")


@pytest.mark.parametrize(("page", "schema"), [("github-pages", "github-workflows"), ("gitlab-pages", "gitlab-ci")])
def test_a_workflow_is_one(page: str, schema: str, tmp_path: Path) -> None:
    """Each is held against the schema of its host, which comes with check-jsonschema."""
    file = tmp_path / "workflow.yml"
    file.write_text(block(page, "yaml"), "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_of_github_keeps_what_it_restores_and_publishes_what_it_built() -> None:
    text = block("github-pages", "yaml")
    steps = frontmatter.load(text)["jobs"]["publish"]["steps"]
    used = {step["uses"].partition("@")[0]: step for step in steps if "uses" in step}
    restored, kept = used["actions/cache/restore"]["with"], used["actions/cache/save"]["with"]
    assert restored["path"] == kept["path"] == ".digest\nsite\n"
    assert restored["key"] == kept["key"]
    assert kept["key"].startswith(restored["restore-keys"])
    assert used["actions/upload-pages-artifact"]["with"]["path"] == "site"
    names = [step.get("name") or step.get("uses") or step["run"] for step in steps]
    order = ["Restore the build memory", "Build", "Check", "Keep the build memory", "actions/upload-pages-artifact@v3"]
    assert [name for name in names if name in order] == order


@pytest.mark.parametrize(("code", "passes"), [(0, True), (1, True), (2, False), (130, False)])
def test_the_workflow_goes_on_where_something_was_left_out_and_stops_where_nothing_was_built(
    code: int, passes: bool, tmp_path: Path
) -> None:
    steps = frontmatter.load(block("github-pages", "yaml"))["jobs"]["publish"]["steps"]
    script = next(step["run"] for step in steps if step.get("name") == "Build")
    (tmp_path / "digest").write_text(f"#!/bin/sh\nexit {code}\n")
    (tmp_path / "digest").chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(["bash", "-e", "-c", script], env={"PATH": path}, capture_output=True, text=True)
    assert (done.returncode == 0) is passes
    assert ("::warning::" in done.stdout) is (code == 1)


def test_netlify_s_settings_are_toml() -> None:
    settings = tomllib.loads(block("netlify", "toml"))
    assert settings["build"]["publish"] == "site"


def test_settings_that_pages_name_are_settings(site: Site) -> None:
    for _, text in blocks("yaml"):
        if text.startswith(("compress", "headers")):
            site.write("digest.yml", text)
            site.build()


@pytest.mark.parametrize(("page", "text"), blocks("sh"), ids=lambda value: value if len(value) < 20 else "")
def test_a_script_can_be_read(page: str, text: str) -> None:
    done = subprocess.run(["sh", "-n"], input=text, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def bucket(site: Site, tmp_path: Path) -> "Bucket":
    if shutil.which("jq") is None:
        missing("jq")
    return Bucket(site, tmp_path)


class Bucket:
    """The script of the page on S3, with a stand-in for `aws`."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        (folder / "bin").mkdir()
        programs = {"aws": f"-S {Path(__file__).parent / 'stand_in_aws.py'}", "digest": "-m digest"}
        for name, what in programs.items():
            program = folder / "bin" / name
            program.write_text(f'#!/bin/sh\nexec {sys.executable} {what} "$@"\n')
            program.chmod(0o755)

    def publish(self, **more: str) -> tuple[subprocess.CompletedProcess[str], list[str], list[str]]:
        """Run the script; return what it did in the bucket: the commands, and the paths that they changed."""
        log = self.folder / "log"
        log.write_text("")
        own = {"AWS_BUCKET": str(self.folder / "bucket"), "AWS_LOG": str(log), "SOURCE_DATE_EPOCH": "1767225600"}
        environment = {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "LANG": "C.UTF-8"} | own | more
        done = subprocess.run(
            ["sh", "-c", block("s3", "sh")], cwd=self.site.root, env=environment, capture_output=True, text=True
        )
        rows = [json.loads(line) for line in log.read_text().splitlines()]
        return done, [command for command, _ in rows], [path for _, paths in rows for path in paths]

    def objects(self) -> dict[str, dict[str, Any]]:
        """Return what is in the bucket."""
        found: dict[str, dict[str, Any]] = json.loads((self.folder / "bucket").read_text())
        return found

    def wrong(self) -> set[str]:
        """Return the paths that are in the bucket or the site only, or not the same there."""
        there = {path: row["hash"] for path, row in self.objects().items()}
        here = {
            path: hashlib.sha256(data).hexdigest()
            for path, data in self.site.output().items()
            if not path.startswith((".", "_headers"))
        }
        return {path for path in there.keys() | here.keys() if there.get(path) != here.get(path)}

    def options_are_right(self) -> None:
        """Check what browsers and CloudFront are told of each object."""
        output = self.site.output()
        for path, row in self.objects().items():
            options = row["options"]
            lasting = re.search(r"\.[0-9a-f]{8}\.\w+$|\.pf_", path)
            sealed = path.startswith("feeds/2")
            want = "max-age=31536000" if lasting else "max-age=604800" if sealed else "no-cache"
            assert want in options["--cache-control"], path
            if b"<feed" in output[path][:2000]:
                assert options["--content-type"] == "application/atom+xml; charset=utf-8", path


def test_each_file_goes_to_s3_once_with_its_type(bucket: Bucket) -> None:
    bucket.site.configure(rss=True, markdown=True, languages=["en", "de"], headers=True)
    for day in ("2024-12-30", "2025-08-17"):
        bucket.site.write(f"content/{day}.md", article(f"Of {day}", day, topics=["Rain"]))
    done, commands, paths = bucket.publish()
    assert (done.returncode, done.stderr) == (0, "")
    assert set(commands) == {"s3 sync", "cloudfront create-invalidation"}
    assert len(paths) == len(set(paths))
    assert bucket.wrong() == set()
    assert [path for path, row in bucket.objects().items() if "--delete" in row["options"]] == [], "no pattern fits"
    bucket.options_are_right()
    assert bucket.objects()["feed.json"]["options"]["--content-type"] == "application/feed+json"
    assert bucket.objects()["index.html"]["options"]["--content-type"] == "text/html; charset=utf-8"


def test_then_only_what_changed_goes_to_s3_and_what_is_gone_is_deleted(bucket: Bucket) -> None:
    for name in ("a", "b", "c"):
        bucket.site.write(f"content/{name}.md", article(f"Of {name}", topics=["Rain"]))
    bucket.publish()
    assert bucket.publish()[1] == [], "nothing changed"
    bucket.site.replace("content/a.md", "All that", "Not all")
    bucket.site.delete("content/b.md")
    bucket.site.write("templates/static/style.css", "body { color: green }")
    done, commands, paths = bucket.publish()
    told = json.loads(bucket.site.read(".digest/last.json"))
    assert (done.returncode, done.stderr) == (0, "")
    assert set(paths) == {*told["changed"], *told["deleted_paths"]}
    assert len(paths) == len(set(paths))
    assert "s3 sync" not in commands, "the bucket need not be listed"
    assert "2025/08/17/b/index.html" in told["deleted_paths"]
    assert bucket.wrong() == set()
    bucket.options_are_right()


def test_what_failed_to_arrive_at_s3_or_was_built_by_hand_is_made_up_for(bucket: Bucket) -> None:
    for name in ("a", "b"):
        bucket.site.write(f"content/{name}.md", article(f"Of {name}"))
    bucket.publish()
    bucket.site.delete("content/b.md")
    bucket.site.build()
    assert bucket.wrong()
    assert bucket.publish(AWS_LEFT="1")[0].returncode != 0
    assert bucket.wrong()
    assert bucket.publish()[0].returncode == 0
    assert bucket.wrong() == set()


def test_rsync_breaks_no_link_between_its_steps(site: Site, tmp_path: Path) -> None:
    if shutil.which("rsync") is None:
        missing("rsync")
    there = tmp_path / "there"
    lines = block("rsync", "sh").replace(TARGET, f"{there}/").splitlines()
    for day in ("16", "17"):
        site.write(f"content/{day}.md", article(f"Day {day}", f"2025-08-{day}", topics=[f"Topic {day}"]))
    for turn in range(3):
        site.build()
        for path in there.rglob("*"):
            os.utime(path, (turn, turn))  # rsync looks at seconds, and tests are quick
        for line in lines:
            subprocess.run(line, shell=True, check=True, cwd=site.root)  # noqa: S602 - as people do
            assert broken_links(there) == []
        assert tree(there) == {path: data for path, data in site.output().items() if not path.startswith(".digest")}
        site.rename(f"content/{16 + turn % 2}.md", f"content/new-{turn}.md")
        site.write(f"content/{16 + turn % 2}.md", article(f"Turn {turn}", "2025-09-01", topics=["New"]))


@pytest.fixture
def morning(site: Site, tmp_path: Path) -> "Morning":
    for program in ("rsync", "jq", "flock"):
        if shutil.which(program) is None:
            missing(program)
    return Morning(site, tmp_path / "there")


class Morning:
    """The script of the page on cron, for a folder in the place of a server."""

    def __init__(self, site: Site, there: Path) -> None:
        self.site, self.there = site, there
        site.write("morning.sh", block("cron", "sh").replace(TARGET, f"{there}/"))

    def run(self, programs: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        path = f"{programs}{sysconfig.get_path('scripts')}:{os.environ['PATH']}"
        environment = {"PATH": path, "SOURCE_DATE_EPOCH": "1767225600", "LANG": "C.UTF-8"} | more
        command = ["sh", str(self.site.root / "morning.sh")]
        return subprocess.run(command, env=environment, capture_output=True, text=True, cwd="/")

    def published(self) -> set[str]:
        return set(tree(self.there)) if self.there.exists() else set()


def test_the_morning_publishes_what_changed_and_says_nothing(morning: Morning) -> None:
    morning.site.write("content/a.md", article("Rain"))
    done = morning.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "2025/08/17/a/index.html" in morning.published()
    (morning.there / "marker").touch()
    assert morning.run().stdout == ""
    assert "marker" in morning.published(), "nothing changed, so nothing was sent"
    morning.site.delete("content/a.md")
    morning.run()
    assert not {"2025/08/17/a/index.html", "marker"} & morning.published()


def test_the_morning_tells_what_was_left_out_and_publishes_the_rest(morning: Morning) -> None:
    morning.site.write("content/a.md", article("Rain"))
    morning.site.write("content/b.md", "---\ntitle: [\n---\n")
    done = morning.run()
    assert done.returncode == 1
    assert "content/b.md" in done.stderr
    assert "something was left out; the rest is published" in done.stdout
    assert "2025/08/17/a/index.html" in morning.published()


def test_the_morning_publishes_nothing_where_settings_are_wrong(morning: Morning) -> None:
    morning.site.write("digest.yml", "titel: x\n")
    done = morning.run()
    assert (done.returncode, morning.published()) == (2, set())
    assert "did you mean `title`?" in done.stderr
    assert "nothing was built and nothing published" in done.stdout


def test_the_morning_makes_up_for_an_upload_that_failed(morning: Morning) -> None:
    morning.site.write("content/a.md", article("Rain"))
    morning.there.write_text("a file in the way")
    assert morning.run().returncode != 0
    morning.there.unlink()
    assert morning.run().returncode == 0
    assert "index.html" in morning.published()


def test_the_morning_publishes_what_was_built_by_hand(morning: Morning) -> None:
    morning.site.write("content/a.md", article("Rain"))
    morning.run()
    morning.site.write("content/b.md", article("Sun"))
    morning.site.build()
    morning.run()
    assert "2025/08/17/b/index.html" in morning.published()


def test_the_morning_comes_again_to_the_minute(morning: Morning, tmp_path: Path) -> None:
    """With stand-ins for `at` and its sisters, which have one job in the queue already."""
    scripts = [text for page, text in blocks("sh") if page == "cron"]
    assert len(scripts) == 2
    text = morning.site.read("morning.sh")
    last = text.splitlines(keepends=True)[-1]
    assert last == 'exit "$code"\n'
    morning.site.write("morning.sh", text.removesuffix(last) + scripts[1] + last)
    bin_, log = tmp_path / "bin", tmp_path / "log"
    bin_.mkdir()
    for name, does in {"atq": "printf '7\\tMon\\n'", "atrm": "", "at": "cat >> " + str(log)}.items():
        (bin_ / name).write_text(f'#!/bin/sh\necho {name} "$@" >> {log}\n{does}\n')
        (bin_ / name).chmod(0o755)
    morning.site.configure(timezone="UTC")
    morning.site.write("content/a.md", article("Rain"))
    morning.site.write("content/b.md", article("Sun", "2026-03-01T05:30:00Z"))
    done = morning.run(f"{bin_}:", TZ="Europe/Berlin")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    script = morning.site.root / "morning.sh"
    assert log.read_text().splitlines() == ["atq -q d", "atrm 7", "at -q d -t 202603010631", f"'{script}'"]
    morning.site.delete("content/b.md")
    log.unlink()
    morning.run(f"{bin_}:")
    assert log.read_text().splitlines() == ["atq -q d", "atrm 7"]


def test_one_morning_at_a_time(morning: Morning) -> None:
    lock = morning.site.root / ".digest" / "morning.lock"
    lock.parent.mkdir()
    with subprocess.Popen(["flock", str(lock), "sh", "-c", "echo held; read line"], stdin=-1, stdout=-1) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        done = morning.run()
        other.stdin.close()
    assert (done.returncode, done.stdout, done.stderr, morning.published()) == (0, "", "", set())
