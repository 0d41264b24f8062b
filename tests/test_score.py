"""The score of the seed reader, on two articles whose structure is known."""

import json
from pathlib import Path

import pytest

from bench import score

ARTICLES = {
    "bridge.txt": " date 2025-08-17 Eine neue Brücke\n\nDie Stadt baut eine Brücke.\n\nWer zahlt?\n\nDas Land zahlt.\n",
    "pier.txt": " date 2025-08-18 Ein neuer Steg\n\nDie Stadt baut auch einen Steg.\n\nEr ist kurz\n\nUnd er ist aus Holz.\n",
}
BLOCKS = {
    "bridge.txt": [["lead", "Die Stadt baut eine Brücke."], ["h", "Wer zahlt?"], ["p", "Das Land zahlt."]],
    "pier.txt": [["p", "Die Stadt baut auch einen Steg."], ["p", "Er ist kurz"], ["p", "Und er ist aus Holz."]],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    truths = []
    for (name, text), day in zip(ARTICLES.items(), ("2025-08-17", "2025-08-18"), strict=True):
        (tmp_path / name).write_text(text, "utf-8")
        title = text.partition("\n")[0].removeprefix(f" date {day} ")
        truth = {"file": name, "lang": "de", "date": day, "title": title, "title_real": True, "lead_real": True}
        truths.append(truth | {"blocks": BLOCKS[name]})
    (tmp_path / "truth.json").write_text(json.dumps(truths), "utf-8")
    return tmp_path


def test_a_table_says_how_much_of_the_truth_was_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main(["--misses", str(folder)]) == 0
    misses, *rows = capsys.readouterr().out.strip().split("\n")
    figures = dict(row.rsplit("  ", 1) for row in rows)
    shown = {name.strip(): value.strip() for name, value in figures.items()}
    assert misses == "pier.txt: found: 'Eristkurz'"
    assert shown["title exact"] == shown["lead found"] == shown["texts kept"] == "100.00%"
    assert shown["sub-headings: precision"] == "50.00%"
    assert shown["sub-headings: recall"] == "100.00%"
    assert shown["sub-headings: F1"] == "0.6667"


def test_a_folder_without_truth_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main([str(tmp_path)]) == 1
    assert "truth.json" in capsys.readouterr().err


def test_stories_are_scored_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {
        "a": "The Danube flooded Ulm, and firefighters evacuated the Fischerviertel.",
        "b": "Firefighters evacuated the Fischerviertel in Ulm when the Danube flooded it.",
        "c": "Thieves took jewels of Empress Eugénie from the Louvre.",
    }
    rows = [
        {"id": key, "date": "2025-08-17", "title": text[:20], "text": text, "cluster": "flood" if key < "c" else key}
        for key, text in texts.items()
    ]
    file = tmp_path / "three.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert score.main([str(file)]) == 0
    assert "stories of three: 3 articles  B³ P 1.0000  B³ R 1.0000" in capsys.readouterr().out
    file.write_text(file.read_text("utf-8").replace('"flood"', '"another"', 1), "utf-8")
    assert score.main([str(file)]) == 0
    assert "pair P 0.0000" in capsys.readouterr().out
    file.write_text("{}", "utf-8")
    assert score.main([str(file)]) == 1
