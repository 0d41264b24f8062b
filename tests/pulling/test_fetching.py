"""Hosts in every bad mood: each is told with its cause and what to do, and none stops the others or hangs the program."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hosts import AUTHORITY, QUICK, Host, answer, atom, conditional, counts, entry, packed, pull, send, serving, told
from hypothesis import given
from hypothesis import strategies as st
from sites import Site

from digest import web

GOOD = atom(entry("bridge"))
PAGE = b'<!doctype html><html><head><link rel=alternate type="application/rss+xml" href="/feeds/all.xml?k=1"></head></html>'


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as host:
        host.pages["/good"] = GOOD
        yield host


def hangs(to: BaseHTTPRequestHandler) -> None:
    """Take the question, and say nothing."""
    to.server.over.wait(5)


def drips(to: BaseHTTPRequestHandler) -> None:
    """Begin a head that never ends, a letter at a time."""
    to.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not to.server.over.wait(0.05):
        to.wfile.write(b"z")
        to.wfile.flush()


def streams(to: BaseHTTPRequestHandler) -> None:
    """Send a feed that never ends, slowly."""
    send(to, GOOD[:-7], Content_Length="100000000")
    while not to.server.over.wait(0.05):
        to.wfile.write(b"<!-- more to come -->")
        to.wfile.flush()


def pours(to: BaseHTTPRequestHandler) -> None:
    """Send a feed that never ends, as fast as it can."""
    to.send_response(200)
    to.end_headers()
    while not to.server.over.is_set():
        to.wfile.write(b" " * 65536)


def chunks_drip(to: BaseHTTPRequestHandler) -> None:
    """Send the size of a chunk that never ends."""
    to.protocol_version = "HTTP/1.1"
    to.send_response(200)
    to.send_header("Transfer-Encoding", "chunked")
    to.end_headers()
    while not to.server.over.wait(0.05):
        to.wfile.write(b"0")
        to.wfile.flush()


def closes(to: BaseHTTPRequestHandler) -> None:
    """Hang up."""
    to.close_connection = True


def raves(to: BaseHTTPRequestHandler) -> None:
    """Say what is no HTTP."""
    to.wfile.write(b"\x00\xff nonsense\r\n\r\n")


@pytest.mark.parametrize(
    ("page", "message", "mend"),
    [
        (answer(status=404), "the host answers 404", "find out where it is now"),
        (answer(status=403), "the host answers 403", "open it in a browser"),
        (answer(status=500), "the host answers 500", "the next `digest pull`"),
        (answer(status=410), "it is gone for good", "take it out of your feeds"),
        (answer(status=503), "the host answers 503", "the next `digest pull`"),
        (pours, "the answer has more than 2,097,152 bytes", "look what it is"),
        (closes, "no connection", "look whether the address is right"),
        (raves, "no answer that makes sense", "look whether the address is right"),
        (answer(GOOD, Content_Length="9999"), "the answer breaks off", "look whether the address is right"),
        (answer(packed(b" " * (1 << 26)), Content_Encoding="gzip"), "the answer has more than", "look what it is"),
        (answer(packed(GOOD)[:-20], Content_Encoding="gzip"), "packed, and breaks off", "look whether"),
        (answer(b"rubbish", Content_Encoding="gzip"), "packed, and broken", "look whether"),
        (answer(GOOD, Content_Encoding="br"), "packed as 'br', which nobody asked for", "look whether"),
        (
            answer(b"\x89PNG\r\n", Content_Type="image/png"),
            "it is no feed (its host says that it is image/png)",
            "find",
        ),
        (answer(b"", Content_Type="text/xml"), "it is no feed (its host says that it is text/xml)", "find the address"),
        (answer(b"{}", Content_Type="application/json"), "it is no feed", "find the address of the feed"),
        (answer(PAGE, Content_Type="text/html"), "it is a web page, no feed", "/feeds/all.xml?…: write that"),
        (answer(b"<html><body>Welcome"), "it is a web page, no feed, and names none", "find the address"),
        (answer(b"<rss><channel><title>x</titel>"), "the feed is broken in line 1, before its first entry", "tell"),
        (answer(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>'), "declares entities of its own", "tell its publisher"),
        (
            answer(b"<rss><item " + b"a='>' " * 101 + b"/>"),
            "an element of the feed has more than 100 attributes",
            "tell",
        ),
        (answer(b"<rss>" + b"<a>" * 600_000), "more than 500,000 elements", "look what it is"),
        (answer(status=302, Location="/page"), "from one address to the next without end", "find out where it is now"),
        (answer(status=301, Location="javascript:x"), "it leads to what is no web address", "find out where it is now"),
        (answer(status=301, Location="http://[broken"), "it leads to what is no web address", "find out"),
    ],
    ids=lambda value: getattr(value, "__name__", None) if callable(value) else value[:40],
)
def test_a_feed_that_cannot_be_read_is_told_and_stops_no_other(
    site: Site, host: Host, page: Callable[[BaseHTTPRequestHandler], None], message: str, mend: str
) -> None:
    host.pages["/page"] = page
    with serving() as other:
        other.pages["/good"] = GOOD
        done = pull(site, f"{host.url}/page", f"{other.url}/good")
    (line,) = told(done)
    assert line.startswith(f"error: {host.url}/page: ")
    assert message in line
    assert mend in line
    assert counts(done) == (1, 0)
    assert [feed.state for feed in done.feeds] == ["failed", "read"]


@pytest.mark.parametrize("page", [hangs, drips, streams, chunks_drip])
def test_a_host_that_takes_too_long_is_not_waited_for(
    site: Site, host: Host, page: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    host.pages["/page"] = page
    (line,) = told(pull(site, f"{host.url}/page", manners=QUICK._replace(wait=0.3, total=0.5)))
    assert "there was no answer in time (0.3 s for each step, 0.5 s for all)" in line
    assert "the next `digest pull`" in line


def test_steps_without_end_are_counted(site: Site, host: Host) -> None:
    for number in range(20):
        host.pages[f"/{number}"] = answer(status=302, Location=f"{number + 1}")
    (line,) = told(pull(site, f"{host.url}/0"))
    assert "without end" in line
    assert host.asked() == [f"/{number}" for number in range(6)]


def test_a_host_that_is_not_there(site: Site) -> None:
    with serving() as host:
        pass
    first, second = told(pull(site, f"{host.url}/feed", "http://nobody.invalid/feed"))
    assert f"{host.url}/feed: no connection" in first
    assert "http://nobody.invalid/feed: no connection" in second


@pytest.fixture
def trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes this machine trust the certificates here."""
    AUTHORITY.cert_pem.write_to_path(tmp_path / "authority.pem")
    return lambda: monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def test_a_certificate_is_verified(site: Site, trust: Callable[[], None]) -> None:
    with serving(secure=True) as host:
        host.pages["/feed"] = GOOD
        (line,) = told(pull(site, f"{host.url}/feed"))
        assert "its certificate is not valid (unable to get local issuer certificate)" in line
        assert not host.said
        trust()
        assert counts(pull(site, f"{host.url}/feed")) == (1, 0)


def test_from_https_nothing_leads_to_http(site: Site, host: Host, trust: Callable[[], None]) -> None:
    trust()
    with serving(secure=True) as safe:
        safe.pages["/feed"] = answer(status=301, Location=f"{host.url}/good")
        host.pages["/feed"] = answer(status=301, Location=f"{safe.url}/good")
        safe.pages["/good"] = GOOD
        done = pull(site, f"{safe.url}/feed", f"{host.url}/feed")
    down, up = told(done)
    assert f"it leads from https to {host.url}/good" in down
    assert up.startswith(f"warning: {host.url}/feed: it has moved for good to {safe.url}/good")
    assert counts(done) == (1, 0)


@pytest.mark.parametrize(("status", "is_told"), [(301, True), (308, True), (302, False), (307, False)])
def test_a_feed_that_has_moved_is_read_and_told(site: Site, host: Host, status: int, is_told: bool) -> None:
    host.pages["/feed"] = answer(status=status, Location="/good?key=secret")
    host.pages["/good?key=secret"] = GOOD
    done = pull(site, f"{host.url}/feed")
    assert counts(done) == (1, 0)
    moved = f"warning: {host.url}/feed: it has moved for good to {host.url}/good?… | write that address into your feeds"
    assert told(done) == [moved] * is_told


def test_only_news_is_sent(site: Site, host: Host) -> None:
    host.pages |= {"/a": conditional(GOOD, etag='W/"1"'), "/b": conditional(atom(entry("other")), day=3)}
    feeds = (f"{host.url}/a", f"{host.url}/b")
    assert counts(pull(site, *feeds)) == (2, 0)
    assert [feed.state for feed in pull(site).feeds] == ["unchanged", "unchanged"]
    host.pages["/a"] = conditional(atom(entry("bridge"), entry("river")), etag='"2"')
    assert counts(pull(site)) == (1, 0)


def test_packed_answers_are_unpacked_and_everybody_knows_who_asks(site: Site, host: Host) -> None:
    host.pages["/feed"] = answer(packed(GOOD), Content_Encoding="gzip")
    assert counts(pull(site, f"{host.url}/feed")) == (1, 0)
    assert {said.path for said in host.said} == {"/robots.txt", "/feed"}
    for said in host.said:
        assert said.headers["accept-encoding"] == "gzip"
        assert "(+https://example.org/news/)" in said.headers["user-agent"]


def test_the_encoding_that_a_host_names_counts(site: Site, host: Host) -> None:
    text = "Die Küste ist schön, und über den Fluß führt eine Brücke, größer als früher."
    feed = atom(entry("a", text)).decode().encode("iso-8859-2")
    host.pages["/feed"] = answer(feed, Content_Type="application/atom+xml; charset=iso-8859-2")
    pull(site, f"{host.url}/feed")
    (seed,) = site.files("seeds", ".atom")
    assert text in site.read(seed)


def test_one_question_at_a_time(site: Site, host: Host) -> None:
    for number in range(12):
        host.pages[f"/{number}"] = atom(entry(f"n{number}"))
    assert counts(pull(site, *(f"{host.url}/{number}" for number in range(12)))) == (12, 0)
    assert host.most == 1
    assert [said.path for said in host.said].count("/robots.txt") == 1


def test_hosts_are_asked_at_the_same_time_and_told_in_the_order_of_the_feeds(site: Site) -> None:
    with serving() as slow, serving() as quick:
        met = [False]

        def waits(to: BaseHTTPRequestHandler) -> None:
            while not quick.said:  # it answers when the other has been asked
                if slow.over.wait(0.005):
                    return
            met[0] = True
            send(to, GOOD)

        slow.pages["/feed"] = waits
        quick.pages["/feed"] = atom(entry("other"))
        done = pull(site, f"{slow.url}/feed", f"{quick.url}/feed")
        assert met == [True]
        assert [feed.url for feed in done.feeds] == [f"{slow.url}/feed", f"{quick.url}/feed"]
        assert [path.partition("/2025")[0] for path in done.changed] == [
            f"seeds/pulled/{slow.name}-feed",
            f"seeds/pulled/{quick.name}-feed",
        ]


# robots.txt (RFC 9309)


@pytest.mark.parametrize(
    ("robots", "is_allowed"),
    [
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: *\nDisallow: /*.xml$", True),
        (b"User-agent: digest\nDisallow: /good\n\nUser-agent: *\nAllow: /", False),
        (b"User-agent: digest\nAllow: /good\n\nUser-agent: *\nDisallow: /", True),
        (b"<html>\xff\xfe not found, says a page</html>", True),
        (answer(status=404), True),
        (answer(status=403), True),
        (answer(status=301, Location="/elsewhere.txt"), False),
        (b"Allow: /\n" * 10_000 + b"User-agent: *\nDisallow: /", False),
    ],
)
def test_what_robots_txt_says_is_done(site: Site, host: Host, robots: object, is_allowed: bool) -> None:
    host.pages |= {"/robots.txt": robots, "/elsewhere.txt": b"User-agent: *\nDisallow: /"}
    done = pull(site, f"{host.url}/good")
    assert counts(done) == (int(is_allowed), 0)
    if not is_allowed:
        message = "the robots.txt of its host asks programs not to fetch it | ask its publisher, or leave it out"
        assert told(done) == [f"error: {host.url}/good: {message}"]
        assert "/good" not in host.asked()


def test_where_robots_txt_cannot_be_had_nothing_is_fetched(site: Site, host: Host) -> None:
    host.pages["/robots.txt"] = answer(status=500)
    (line,) = told(pull(site, f"{host.url}/good"))
    assert "asked for its robots.txt, the host answers 500" in line
    assert host.asked() == []


# Back-off


def test_a_host_that_asks_for_patience_gets_it(site: Site, host: Host) -> None:
    host.pages["/feed"] = answer(status=429, Retry_After="7200")
    feeds = (f"{host.url}/feed", f"{host.url}/good")
    assert [line.partition(" | ")[0] for line in told(pull(site, *feeds))] == [
        f"error: {host.url}/feed: the host answers 429",
        f"error: {host.url}/good: the host answers 429",
    ]
    assert host.asked() == ["/feed"], "nothing else is asked of a host that has enough"
    host.pages["/feed"] = GOOD
    waiting = pull(site, hours=0.5)
    assert told(waiting)[0] == (
        f"warning: {host.url}/feed: it is left alone for another 90 min: the host answers 429"
        " | wait; or delete `.digest/pulled.json` to have all feeds asked now"
    )
    assert [feed.state for feed in waiting.feeds] == ["waiting", "waiting"]
    assert host.asked() == []
    assert counts(pull(site, hours=2.1)) == (1, 0)


def test_a_feed_that_fails_again_and_again_is_asked_less_and_less(site: Site, host: Host) -> None:
    host.pages["/feed"] = answer(status=500)
    asked = []
    pull(site, f"{host.url}/feed")
    for hour in range(1, 100):
        host.said.clear()
        pull(site, hours=hour)
        asked += [hour] if host.said else []
    assert asked == [1, 3, 7, 15, 31, 55, 79]
    host.pages["/feed"] = GOOD
    assert counts(pull(site, hours=200)) == (1, 0)
    host.pages["/feed"] = answer(status=500)
    assert [pull(site, hours=hours).feeds[0].state for hours in (201, 202)] == ["failed", "failed"], "it begins anew"


def test_what_is_gone_for_good_is_told_each_time_and_not_asked_for(site: Site, host: Host) -> None:
    host.pages["/feed"] = answer(status=410)
    first = told(pull(site, f"{host.url}/feed"))
    host.asked()
    assert told(pull(site, hours=24)) == first
    assert "take it out of your feeds" in first[0]
    assert host.asked() == []
    pull(site, hours=24 * 31)
    assert host.asked() == ["/feed"]


# Where a feed may lead


def is_public(ip: str) -> bool:
    """Stand in for the open internet, which tests do not have."""
    return ip == "127.0.0.1"


def test_nothing_leads_into_a_private_network(site: Site, host: Host) -> None:
    with serving("127.0.0.2") as inside:
        inside.pages |= {"/admin": GOOD, "/feed": answer(status=302, Location=f"{host.url}/good")}
        host.pages["/feed"] = answer(status=302, Location=f"{inside.url}/admin")
        manners = QUICK._replace(is_public=is_public)
        (line,) = told(pull(site, f"{host.url}/feed", manners=manners))
        assert "it leads into a private network, which nobody named | if it is meant to be there, give that" in line
        assert inside.said == []
        assert counts(pull(site, f"{inside.url}/admin", manners=manners)) == (1, 0), "a person named it"


def test_pages_in_a_private_network_are_those_of_a_feed_there(site: Site, host: Host) -> None:
    manners = QUICK._replace(is_public=is_public)
    with serving("127.0.0.2") as inside:
        inside.pages |= {"/page": b"<html><body><p>Inside", "/feed": atom(entry("own", link=f"{inside.url}/page"))}
        host.pages["/feed"] = atom(entry("secret", link=f"{inside.url}/page"))
        (line,) = told(pull(site, {"url": f"{host.url}/feed", "full": True}, manners=manners))
        assert "private network" in line
        assert inside.said == []
        pull(site, {"url": f"{inside.url}/feed", "full": True}, manners=manners)
        assert "/page" in inside.asked()


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_public(address: str, is_public: bool) -> None:
    assert web.is_public(address) is is_public


# Secrets


def test_a_password_reaches_its_own_host_and_nobody_else(site: Site, host: Host) -> None:
    secret = host.url.replace("//", "//ann:pass%20word@")
    with serving() as other:
        host.pages["/feed?key=hidden"] = answer(status=302, Location=f"{other.url}/feed")
        other.pages["/feed"] = answer(status=500)
        done = pull(site, f"{secret}/feed?key=hidden")
        assert [said.headers.get("authorization") for said in other.said] == [None, None]
    assert {said.headers.get("authorization") for said in host.said if said.path != "/robots.txt"} == {
        "Basic YW5uOnBhc3Mgd29yZA=="
    }
    (line,) = told(done)
    assert line.startswith(f"error: {host.url}/feed?…: the host answers 500")
    printed = site.run("-v", "pull")
    assert "hidden" not in printed.stdout + printed.stderr
    assert "word" not in printed.stdout + printed.stderr
    assert "hidden" not in str(site.read(".digest/pulled.json"))


@given(st.text())
def test_any_address_can_be_shown(text: str) -> None:
    assert len(web.shown(text)) <= 200
    assert "secret" not in web.shown(f"https://ann:secret@example.org/{text}") or "secret" in text
