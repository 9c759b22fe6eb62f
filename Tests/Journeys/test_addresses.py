"""Which address a person works at: regions, a broker's own address, and nothing that a request claims to be."""

import socket
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from support.browser import sign_in
from support.visitor import ask

OWNER = "owner@acme.example"
LIBERTY = "owner@liberty.example"
VISITOR = {"Cookie": "__Host-gatehouse-visitor=always-the-same-visitor"}

CLAIMS = [
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Port": "666"},
    {"X-Forwarded-Prefix": "/evil"},
    {"X-Forwarded-Server": "evil.example"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X-Original-URL": "/healthz"},
    {"X-Rewrite-URL": "/healthz"},
    {"X-Host": "evil.example"},
    {"X-HTTP-Method-Override": "POST"},
    {"Proxy": "http://evil.example"},
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: next(iter(claim)))
@pytest.mark.parametrize("path", ["/sign-in", "/organizations?q=x", "/nothing/here"])
def test_what_headers_claim_changes_nothing(portal, path, claim):
    """The same answer, byte by byte, as without them."""

    def ask(headers):
        answer = portal.get(path, headers=VISITOR | headers)
        return answer.status, [field for field in answer.headers.items() if field[0] != "Date"], answer.body

    assert ask(claim) == ask({})


def raw(portal, request):
    """The answer to bytes as they are, "PORT" in them replaced."""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=10) as connection:
        connection.sendall(request.replace("PORT", str(portal.port)).encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer.decode(errors="replace")


@pytest.mark.parametrize(
    "head",
    [
        "GET /organizations HTTP/1.1\r\nHost: evil.example",
        "GET /organizations HTTP/1.1\r\nHost: evil.example:PORT",
        "GET http://evil.example/organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost:PORT",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost@evil.example",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost.evil.example",
        "GET /organizations HTTP/1.1\r\nHost: evil.example\r\nHost: eu.gatehouse.localhost:PORT",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost:PORT\r\nHost: evil.example",
        "GET /organizations HTTP/1.1\r\nHost: 127.0.0.1:PORT",
        "GET /organizations HTTP/1.1\r\nHost: [::1]:PORT",
        "GET /organizations HTTP/1.1\r\nHost: 2130706433",
        "GET /organizations HTTP/1.1\r\nHost:",
        "GET /organizations HTTP/1.1\r\nX-None: y",
        "GET /organizations HTTP/1.0",
        "GET /organizations HTTP/1.1\r\nHost: " + "a" * 65_536,
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost/evil.example",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost%00.evil.example",
    ],
    ids=lambda head: head[:70].partition(" ")[2].replace("\r\n", " "),
)
def test_a_host_that_is_not_ours_is_refused(portal, head):
    """400 or 421, or nginx's own refusal; no address in the answer is what the request claimed."""
    answer = raw(portal, head + "\r\nConnection: close\r\n\r\n")
    assert int(answer.split(" ", 2)[1]) in (400, 414, 421, 431)
    assert "evil" not in answer and "Location" not in answer and "Set-Cookie" not in answer


@pytest.mark.parametrize(
    "host",
    [
        "EU.Gatehouse.LocalHost:PORT",
        "eu.gatehouse.localhost.:PORT",
        "eu.gatehouse.localhost",
        "eu.gatehouse.localhost:1",
    ],
)
def test_another_spelling_of_our_host_gives_our_own(portal, host):
    """Case, a final dot, another port: the canonical address, or a refusal, and never what was sent."""
    answer = raw(portal, f"GET /sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert int(answer.split(" ", 2)[1]) in (200, 400, 421)
    for word in ("EU.Gatehouse", "localhost.:", ":1/"):
        assert word not in answer


@pytest.mark.parametrize(
    ("email", "wrong", "right"), [(LIBERTY, "eu", "us"), (OWNER, "us", "eu"), (LIBERTY, "shop", "us")]
)
def test_a_person_at_another_address_is_led_home(portal, page, email, wrong, right):
    """Signed in elsewhere, one ends on the page asked for at the broker's own region; there is no session where one came from."""
    wrong, right = getattr(portal, wrong), getattr(portal, right)
    page.goto(f"{wrong}/organizations?q=a")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill("gatehouse-practice")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{right}/organizations?q=a")
    expect(page.locator("header")).to_contain_text("Liberty IT" if email == LIBERTY else "Acme Cloud")
    assert "__Host-gatehouse" not in [cookie["name"] for cookie in page.context.cookies(wrong)]
    hosts = [row["host"] for row in portal.sqlite("SELECT host FROM session WHERE user_id = ?", f"user-{email}")]
    assert urlsplit(right).hostname in hosts and (wrong == portal.shop or urlsplit(wrong).hostname not in hosts)


def test_an_administrator_works_in_any_region(portal, browser_context):
    """No broker, no home: each region takes the administrator."""
    for base in (portal.eu, portal.us):
        page = browser_context().new_page()
        sign_in(page, base, "admin@gatehouse.example")
        assert page.goto(f"{base}/plugins").status == 200
        assert page.url == f"{base}/plugins"


@pytest.fixture
def at_shop(browser_context, portal):
    """Acme's owner in a browser of their own, signed in at the branded address."""
    page = browser_context().new_page()
    sign_in(page, portal.shop, OWNER)
    return page


def take_ticket(page, portal, path="/organizations"):
    """Follows the hand-over up to its ticket, which isn't used. Returns its address."""
    address = f"{portal.eu}/handover/start?from=shop.acme.localhost&path={path}"
    while "/handover?ticket=" not in address:
        address = ask(portal, page, address).headers["Location"]
    return address


def is_nobody(page, portal):
    page.goto(f"{portal.eu}/")
    return urlsplit(page.url).path == "/sign-in"


def test_a_hand_over_signs_the_same_person_in(portal, at_shop):
    """From the branded address to the region: the same person, the page asked for, a line in the audit."""
    at_shop.goto(take_ticket(at_shop, portal))
    assert at_shop.url == f"{portal.eu}/organizations"
    expect(at_shop.locator("header")).to_contain_text("Olivia Owner")
    [line] = portal.sqlite(
        "SELECT actor, detail FROM audit WHERE action = 'session.hand-over' AND actor = ? ORDER BY at DESC LIMIT 1",
        OWNER,
    )
    assert "shop.acme.localhost" in line["detail"]
    at_shop.goto(f"{portal.shop}/organizations")
    expect(at_shop.locator("header")).to_contain_text("Olivia Owner")


def test_a_hand_over_is_worthless_in_another_browser(portal, at_shop, browser_context):
    """Also in one that has begun a hand-over of its own, and the first browser's still works afterwards."""
    ticket = take_ticket(at_shop, portal)
    thief = browser_context().new_page()
    thief.goto(ticket)
    assert is_nobody(thief, portal)
    ask(portal, thief, f"{portal.eu}/handover/start?from=shop.acme.localhost&path=/")
    thief.goto(ticket)
    assert is_nobody(thief, portal)
    at_shop.goto(ticket)
    assert at_shop.url == f"{portal.eu}/organizations"


def test_a_hand_over_works_once(portal, at_shop):
    """Its address visited again makes no session, neither while signed in nor after signing out."""
    ticket = take_ticket(at_shop, portal)
    at_shop.goto(ticket)
    sessions = portal.sqlite("SELECT hex(token_hash) AS hash FROM session ORDER BY hash")
    at_shop.goto(ticket)
    assert portal.sqlite("SELECT hex(token_hash) AS hash FROM session ORDER BY hash") == sessions
    at_shop.locator("details.user-menu summary").click()
    at_shop.get_by_role("button", name="Sign out").click()
    at_shop.goto(ticket)
    assert is_nobody(at_shop, portal)


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "https://evil.example/", "%2f%2fevil.example", "/%0d%0aSet-Cookie:x=y"],
)
def test_a_hand_over_leads_nowhere_else(portal, at_shop, path):
    """The path is one of ours, or the start page."""
    at_shop.goto(f"{portal.eu}/handover/start?from=shop.acme.localhost&path={path}")
    assert at_shop.url.startswith(f"{portal.eu}/")


def test_a_hand_over_between_strangers_is_refused(portal, at_shop):
    """Unknown origins, and a target that is not one's own region."""
    for host in ["evil.example", "eu.gatehouse.localhost.evil.example", ""]:
        assert portal.get(f"/handover/start?from={host}&path=/").status == 404
    assert at_shop.goto(f"{portal.us}/handover/start?from=shop.acme.localhost&path=/").status == 404
    assert portal.get("/handover/start?from=eu.gatehouse.localhost&path=/", host="shop.acme.localhost").status == 404
