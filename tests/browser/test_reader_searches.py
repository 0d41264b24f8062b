"""What a reader does who searches."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sites import Site, article

from digest import pagefind

pytestmark = pytest.mark.skipif(pagefind.find() is None, reason="Pagefind is not installed")


def filled(site: Site) -> Site:
    for number in range(12):
        month = number % 3 + 6
        text = f"All about the harbour, part {number}.\n\nThe lighthouse keeper counted {number} ships that evening."
        title = f"Harbour notes {number}"
        site.write(f"content/{number}.md", article(title, f"2025-{month:02}-03", text, slug=f"notes-{number}"))
    text = "Das Parlament beriet über die Fähren und die *Häfen* des Landes."
    site.write(
        "content/de.md",
        article("Neue Fähren", "2025-08-17", text, lang="de", kicker="Verkehr", slug="faehren", topics=["Häfen"]),
    )
    site.write(
        "content/ja.md", article("東京の新しい橋", "2025-07-17", "東京都は新しい橋を建設すると発表した。", lang="ja")
    )
    site.write("content/link.md", article("Elsewhere", "2025-08-16", "Secretword.", rights="link"))
    site.build(search=True)
    return site


@pytest.mark.parametrize("below", ["/", "/some/news/"])
def test_search_finds_and_opens_an_article_by_keyboard(
    site: Site, page: Any, serve: Callable[..., str], below: str
) -> None:
    expect = expectations()
    page.goto(f"{serve(filled(site).folder, below)}index.html")
    page.get_by_role("link", name="Search").click()
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("lighthouse")
    expect(page.get_by_role("status")).to_have_text("Found: 12")
    expect(page.locator("#results li")).to_have_count(10)
    expect(page.locator("#results mark").first).to_have_text("lighthouse")
    assert page.url.endswith(f"{below}search/index.html?q=lighthouse")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("#results h2 a").nth(1)
    expect(second).to_be_focused()
    title = second.text_content()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("Found: 12")


def test_more_results_are_shown_and_focused(site: Site, page: Any, serve: Callable[..., str]) -> None:
    expect = expectations()
    page.goto(f"{serve(filled(site).folder)}search/index.html?q=harbour")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#results li")).to_have_count(12)
    expect(page.locator("#results h2 a").nth(10)).to_be_focused()


def test_each_article_is_found_in_its_language(site: Site, page: Any, serve: Callable[..., str]) -> None:
    expect = expectations()
    page.goto(f"{serve(filled(site).folder)}search/index.html?q=Hafen")
    card = page.locator("#results article")
    expect(card).to_have_count(1)
    expect(card).to_have_attribute("lang", "de")
    expect(card.locator("h2")).to_have_text("Neue Fähren")
    expect(card.locator(".kicker")).to_have_text("Verkehr")
    expect(card.locator("time")).to_have_text("August 17, 2025")
    expect(card.locator("mark")).to_have_text("Häfen")
    page.locator("#q").fill("橋")
    expect(card.locator("h2")).to_have_text("東京の新しい橋")


def test_titles_and_kickers_are_found_and_not_said_again_in_the_excerpt(
    site: Site, page: Any, serve: Callable[..., str]
) -> None:
    expect = expectations()
    page.goto(f"{serve(filled(site).folder)}search/index.html?q=Verkehr")
    expect(page.locator("#results h2")).to_have_text("Neue Fähren")
    expect(page.locator("#results .summary")).to_have_text(re.compile("^Das Parlament"))
    for words in ("Parlament Neue", "Parlament Verkehr"):  # some above, some in the text
        page.locator("#q").fill(words)
        expect(page.get_by_role("status")).to_have_text("Found: 1")
        expect(page.locator("#results h2")).to_have_text("Neue Fähren")
    page.locator("#q").fill("notes 7")
    expect(page.locator("#results h2").first).to_have_text("Harbour notes 7")


def test_what_may_not_be_shown_is_not_found(site: Site, page: Any, serve: Callable[..., str]) -> None:
    expect = expectations()
    page.goto(f"{serve(filled(site).folder)}search/index.html?q=Secretword")
    expect(page.get_by_role("status")).to_have_text("Nothing was found for “Secretword”.")
    page.locator("#q").fill("Elsewhere")
    expect(page.locator("#results h2")).to_have_text("Elsewhere")


def test_without_an_index_the_page_leads_to_the_archive(site: Site, page: Any, serve: Callable[..., str]) -> None:
    site.write("content/a.md", article("A"))
    site.build()
    page.goto(f"{serve(site.folder)}search/index.html?q=A")
    page.get_by_role("status").get_by_role("link", name="Archive").click()
    expectations()(page.locator("h1")).to_have_text("Archive")


def test_without_javascript_the_form_leads_to_the_archive(
    site: Site, open_page: Callable[..., Any], serve: Callable[..., str]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{serve(filled(site).folder)}search/index.html")
    expectations()(page.locator("noscript a")).to_have_attribute("href", "../archive/index.html")
    page.locator("#q").fill("harbour")
    page.keyboard.press("Enter")
    expectations()(page.locator("h1")).to_have_text("Archive")


def test_a_page_opened_as_a_file_says_that_it_needs_a_server(site: Site, page: Any) -> None:
    page.goto((filled(site).folder / "search" / "index.html").as_uri())
    expectations()(page.get_by_role("status")).to_contain_text("The search needs a web server")
    page.get_by_role("status").get_by_role("link", name="Archive").click()
    expectations()(page.locator("h1")).to_have_text("Archive")


def test_words_that_look_like_markup_stay_words(site: Site, page: Any, serve: Callable[..., str]) -> None:
    site.write(
        "content/a.md", article("A <i>b</i>", text="Write `<img src=x onerror=alert(1)>` &amp;lt; nowhere, harbour.")
    )
    site.build(search=True)
    page.goto(f"{serve(site.folder)}search/index.html?q=harbour")
    expectations()(page.locator("#results h2")).to_have_text("A <i>b</i>")
    assert page.locator("#results img, #results i").count() == 0


def expectations() -> Any:
    from playwright.sync_api import expect

    return expect
