"""`digest import`: what a person sees of it, and what they can tell it."""

from sites import Site


def test_a_date_given_once_is_kept(site: Site) -> None:
    site.write("seeds/note.txt", "Harbour opens again\n\nShips sail in and out since this morning.\n")
    refused = site.run("import")
    assert refused.returncode == 1
    assert "--date" in refused.stderr
    assert site.run("import", "--date", "2025-08-17").returncode == 0
    path = "content/2025/08/17/harbour-opens-again.md"
    assert site.files("content", ".md") == [path]
    site.delete(".digest")
    assert site.run("build").returncode == 0
    site.write("seeds/note.txt", "Another note\n\nIt came the day after, without a date too.\n")
    assert site.run("import").returncode == 1, "what is new in the file has no date yet"
    assert site.files("content", ".md") == [path]


def test_import_explains_what_it_made_of_a_seed(site: Site) -> None:
    site.write("seeds/a.txt", " date 2025-08-17 Harbour opens again\n\nBy Ann Example\n\nShips sail in and out.\n")
    said = site.run("import", "--explain", "seeds/a.txt")
    assert said.returncode == 0
    assert "seeds/a.txt:1: Harbour opens again" in said.stdout
    assert "authors: Ann Example" in said.stdout
    assert "rule byline (90%" in said.stdout


def test_an_article_that_comes_late_is_told(site: Site) -> None:
    """The feed's archive of its month has been read: only `updated` would bring it to readers."""
    site.write("seeds/now.txt", " date 2025-08-17 Harbour opens again\n\nShips sail in and out.\n")
    site.write("seeds/then.txt", " date 2025-06-01 Harbour closes\n\nNo ship sails.\n")
    assert site.run("import").stderr == "", "all of a first import is new"
    site.write("seeds/more.txt", " date 2025-08-16 Harbour cleaned\n\nDivers at work.\n")
    assert site.run("import").stderr == ""
    site.write("seeds/late.txt", " date 2025-06-02 Harbour still closed\n\nNo ship today.\n")
    site.write("seeds/later.txt", " date 2025-07-02 Harbour closed for long\n\nNo ship for a month.\n")
    said = site.run("import")
    assert said.returncode == 0
    assert "content/2025/06/02/harbour-still-closed.md" in said.stderr
    assert "2025-06 is closed, and readers of the feed will not see it, nor 1 more" in said.stderr
    assert "updated:" in said.stderr
    site.write("seeds/latest.txt", " date 2025-06-03 Harbour closed on\n\nNo ship, again.\n")
    assert [problem.path for problem in site.build().problems] == ["content/2025/06/03/harbour-closed-on.md"]
    assert site.build().problems == [], "once is enough"


def test_a_build_without_new_seeds_loads_no_format(site: Site) -> None:
    site.write("seeds/a.txt", " date 2025-08-17 Harbour opens again\n\nShips sail in and out.\n")
    site.build()
    path = "content/2025/08/17/harbour-opens-again.md"
    site.write(path, f"{site.read(path)}\nThe ferry too.\n")
    program = (
        "import sys; from digest import cli, seeds\n"
        "sys.argv[0] = 'digest'\n"
        "try:\n    cli.main()\nfinally:\n    print(*sorted(name for name in sys.modules if name.startswith('digest.seeds.f')))"
    )
    process = site.start("-q", "build", program=program)
    out, _ = process.communicate()
    assert out.strip() == ""
    assert "The ferry too." in site.read("site/2025/08/17/harbour-opens-again/index.html")
