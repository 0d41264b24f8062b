"""Stands in for the `aws` command, by the documented rules of `aws s3`: the last filter that fits a file counts.

The bucket is the file `AWS_BUCKET`; each line of `AWS_LOG` is a command with the paths that it changed. With `AWS_LEFT` in
the environment, it fails from the command of this number on.
"""

import fnmatch
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

Bucket = dict[str, dict[str, Any]]
"""Of each object its hash, size, time and options."""


def main(words: list[str]) -> None:
    """Carry out one command."""
    place, log = Path(os.environ["AWS_BUCKET"]), Path(os.environ["AWS_LOG"])
    bucket: Bucket = json.loads(place.read_text()) if place.exists() else {}
    done = len(log.read_text().splitlines()) if log.exists() else 0
    if done >= int(os.environ.get("AWS_LEFT", "1000000")):
        sys.exit("upload failed")
    changed = _changed(words, bucket)
    place.write_text(json.dumps(bucket))
    with log.open("a") as file:
        file.write(json.dumps([" ".join(words[:2]), changed]) + "\n")


def _changed(words: list[str], bucket: Bucket) -> list[str]:
    if words[:2] == ["cloudfront", "create-invalidation"]:
        return []
    assert words[0] == "s3"
    rest = [word for word in words[2:] if word != "--recursive"]
    places = [word for word in rest[:2] if not word.startswith("--")]
    options, filters = _options(rest[len(places) :])
    prefix = "s3://example-digest/"
    if words[1] == "rm":
        assert options == {"--only-show-errors": True}
        del bucket[places[0].removeprefix(prefix)]
        return [places[0].removeprefix(prefix)]
    assert ("--recursive" in words) is (words[1] == "mv")
    source, target = places
    assert target == prefix
    found = {path.relative_to(source).as_posix(): path for path in Path(source).rglob("*") if path.is_file()}
    fits = {path for path in {*found, *bucket} if _fits(path, filters)}
    changed = []
    for path in sorted(fits & found.keys()):
        there, status = bucket.get(path), found[path].stat()
        if words[1] == "mv" or not there or there["size"] != status.st_size or there["time"] < status.st_mtime:
            data = found[path].read_bytes()
            hashed = hashlib.sha256(data).hexdigest()
            bucket[path] = {"hash": hashed, "size": len(data), "time": time.time(), "options": options}
            changed.append(path)
        if words[1] == "mv":
            found[path].unlink()
    for path in sorted(fits - found.keys()) if options.get("--delete") else ():
        del bucket[path]
        changed.append(path)
    return changed


def _options(words: list[str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    options: dict[str, Any] = {}
    filters = []
    rest = iter(words)
    for word in rest:
        if word in ("--include", "--exclude"):
            filters.append((word, next(rest)))
        elif word in ("--delete", "--only-show-errors"):
            options[word] = True
        else:
            options[word] = next(rest)
    return options, filters


def _fits(path: str, filters: list[tuple[str, str]]) -> bool:
    said = [kind for kind, pattern in filters if fnmatch.fnmatchcase(path, pattern)]
    return not said or said[-1] == "--include"


if __name__ == "__main__":
    main(sys.argv[1:])
