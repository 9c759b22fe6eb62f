"""Signing in and out, and what a session is worth."""

import pytest
from playwright.sync_api import expect

from support.browser import PASSWORD, sign_in

OWNER = "owner@acme.example"
SESSION = "__Host-gatehouse"


def session_of(context, base):
    return next(cookie for cookie in context.cookies(base) if cookie["name"] == SESSION)


def is_signed_in(portal, value, host="eu.gatehouse.localhost", name=SESSION):
    return portal.get("/", host=host, headers={"Cookie": f"{name}={value}"}).status == 200


@pytest.mark.parametrize("email", [OWNER, "nobody@acme.example"])
def test_a_wrong_password_is_explained(portal, page, email):
    """The same words whether the address is known or not; the address stays, the password does not; the focus is on the summary."""
    page.goto(f"{portal.eu}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".error-summary")).to_contain_text("The e-mail address or the password is wrong.")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    expect(page.get_by_label("E-mail")).to_have_value(email)
    expect(page.get_by_label("Password")).to_have_value("")
    assert page.context.cookies(portal.eu)[0]["name"] != SESSION
    [line] = portal.sqlite(
        "SELECT actor, outcome FROM audit WHERE action = 'session.start' ORDER BY at DESC, id DESC LIMIT 1"
    )
    assert line == {"actor": email, "outcome": "refused"}


def test_the_form_helps_password_managers(portal, page):
    """Names for autofill, pasting allowed, and a button that shows the password."""
    page.goto(f"{portal.eu}/sign-in")
    assert page.get_by_label("E-mail").get_attribute("autocomplete") == "username"
    password = page.get_by_label("Password", exact=True)
    assert password.get_attribute("autocomplete") == "current-password"
    password.fill("seen")
    page.get_by_role("button", name="Show Password").click()
    assert password.get_attribute("type") == "text"


def test_signing_in_leads_to_where_one_wanted_to_go(portal, page):
    """The address asked for, with its query; after that, the sign-in page itself leads on."""
    page.goto(f"{portal.eu}/organizations?q=north")
    page.get_by_label("E-mail").fill(f"  {OWNER.upper()} ")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{portal.eu}/organizations?q=north")
    page.goto(f"{portal.eu}/sign-in")
    assert page.url == f"{portal.eu}/"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "%2f%2fevil.example",
        "/%0d%0aX: y",
    ],
)
def test_signing_in_leads_nowhere_else(portal, page, target):
    """Whatever the address says, one ends on this portal."""
    page.goto(f"{portal.eu}/sign-in?next={target}")
    page.get_by_label("E-mail").fill(OWNER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    assert page.url.startswith(f"{portal.eu}/")


def test_the_session_cookie(portal, page):
    """Unreadable for scripts, for this host alone, gone with the browser; only its hash is stored."""
    sign_in(page, portal.eu, OWNER)
    cookie = session_of(page.context, portal.eu)
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
    assert (cookie["domain"], cookie["expires"]) == ("eu.gatehouse.localhost", -1)
    assert len(cookie["value"]) >= 43, "256 bits"
    assert page.evaluate("document.cookie") == ""
    stored = b"".join(row["token_hash"] for row in portal.sqlite("SELECT token_hash FROM session"))
    assert cookie["value"].encode() not in stored
    assert is_signed_in(portal, cookie["value"])
    assert not is_signed_in(portal, portal.sqlite("SELECT hex(token_hash) AS hash FROM session")[0]["hash"])


def test_a_session_is_of_one_host(portal, page):
    """At any other address of ours the same cookie is nobody's."""
    sign_in(page, portal.eu, OWNER)
    value = session_of(page.context, portal.eu)["value"]
    assert is_signed_in(portal, value)
    for host in ["us.gatehouse.localhost", "shop.acme.localhost"]:
        assert not is_signed_in(portal, value, host)


def test_a_planted_session_is_not_taken_over(portal, page):
    """Each sign-in makes a session of its own; a cookie that was there before is worth nothing, one too many is refused."""
    page.context.add_cookies(
        [{"name": SESSION, "value": "planted", "url": portal.eu.replace("http:", "https:"), "secure": True}]
    )
    sign_in(page, portal.eu, OWNER)
    first = session_of(page.context, portal.eu)["value"]
    assert first != "planted" and not is_signed_in(portal, "planted")
    assert not is_signed_in(portal, f"{first}; {SESSION}=planted")
    page.context.clear_cookies()
    sign_in(page, portal.eu, OWNER)
    assert session_of(page.context, portal.eu)["value"] != first


def test_signing_out_ends_the_session(portal, page):
    """The cookie is gone, its value is worth nothing at the very next request, and Back shows nothing private."""
    sign_in(page, portal.eu, OWNER)
    value = session_of(page.context, portal.eu)["value"]
    page.goto(f"{portal.eu}/organizations")
    page.locator("details.user-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{portal.eu}/sign-in")
    assert not [cookie for cookie in page.context.cookies(portal.eu) if cookie["name"] == SESSION]
    assert not is_signed_in(portal, value)
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator("body")).not_to_contain_text("Northgate Bakery")


def test_a_form_sent_after_signing_out_elsewhere(portal, page):
    """The session is over; a button of a page that is still open leads to the sign-in page."""
    sign_in(page, portal.eu, OWNER)
    other = page.context.new_page()
    other.goto(f"{portal.eu}/")
    other.locator("details.user-menu summary").click()
    page.context.clear_cookies()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_load_state()
    expect(other.get_by_label("Password", exact=True)).to_be_visible()


def test_guessing_is_slowed_down(portal, page):
    """After some wrong tries one has to wait, is told how long, and gets in after that."""
    for _ in range(6):
        page.goto(f"{portal.us}/sign-in")
        page.get_by_label("E-mail").fill("owner@liberty.example")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        page.locator(".error-summary").wait_for()
    expect(page.locator(".error-summary")).to_contain_text("Wait")
    page.wait_for_timeout(2_500)
    sign_in(page, portal.us, "owner@liberty.example")
