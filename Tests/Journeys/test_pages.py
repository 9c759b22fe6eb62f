"""Every page for everybody, before anything is connected: accessible, narrow, light, and quiet in the console."""

import pytest

from support.browser import axe, sign_in
from support.pages import Weight, faults_of, layout_shifts, none, see_all, watch_layout

OWNER = "owner@acme.example"

PAGES = {
    OWNER: {
        "home": "/",
        "marketplace": "/marketplace",
        "services": "/services",
        "store": "/store",
        "organizations": "/organizations",
        "no-match": "/organizations?q=nothing-like-it",
        "organization": "/organizations/organization-northgate",
        "tenants": "/tenants",
        "jobs": "/jobs",
        "users": "/users",
        "nobody": "/users?q=nothing-like-it",
        "person": "/users/user-support@acme.example",
        "oneself": "/users/user-owner@acme.example",
        "invite": "/users/new",
        "invite-customer": "/users/new?for=organization",
        "groups": "/groups",
        "new-group": "/groups/new",
        "audit": "/audit",
        "account": "/account",
        "account-password": "/account/password",
        "account-second-factor": "/account/second-factor",
        "search": "/search?q=northgate",
        "confirm": "/confirm?next=/account/second-factor",
    },
    "owner@liberty.example": {"home": "/", "organizations": "/organizations", "store": "/store"},
    "support@acme.example": {
        "home": "/",
        "marketplace": "/marketplace",
        "services": "/services",
        "organization": "/organizations/organization-northgate",
        "tenants": "/tenants",
        "jobs": "/jobs",
    },
    "anna@northgate.example": {
        "home": "/",
        "organization": "/organization",
        "store": "/store",
        "users": "/users",
        "invite": "/users/new",
        "person": "/users/user-carl@northgate.example",
    },
    "admin@gatehouse.example": {
        "home": "/",
        "brokers": "/brokers",
        "new-broker": "/brokers/new",
        "broker": "/brokers/broker-acme",
        "new-owner": "/brokers/broker-acme/owners/new",
        "broker-region": "/brokers/broker-acme/region",
        "broker-disabling": "/brokers/broker-acme/disabling",
        "broker-erasure": "/brokers/broker-acme/erasure",
        "host-removal": "/brokers/broker-acme/host-removals/new?host=shop.acme.localhost",
        "addresses": "/addresses",
        "plugins": "/plugins",
        "audit": "/audit",
    },
}


@pytest.mark.parametrize("email", PAGES)
def test_every_page(portal, browser_context, email):
    """No violation in light and dark, wide and narrow; one h1; a title of its own; nothing scrolls sideways."""
    page = browser_context().new_page()
    base = portal.us if "liberty" in email else portal.eu
    sign_in(page, base, email)
    none(see_all(page, base, PAGES[email], {}, email.replace("@", "-at-").removesuffix(".example")))


def test_each_service_of_the_marketplace(portal, browser_context):
    """Its listing and its guided steps."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, OWNER)
    page.goto(f"{portal.eu}/marketplace")
    paths = [link.get_attribute("href") for link in page.get_by_role("link", name="See and add").all()]
    for path in paths:
        none(see_all(page, portal.eu, {"listing": path, "steps": f"{path}/steps"}, {}, "owner"))


def test_signing_in(portal, browser_context):
    """The sign-in page, empty and refused, at each kind of address."""
    page = browser_context().new_page()
    found = []
    for name, base in [("eu", portal.eu), ("us", portal.us), ("branded", portal.shop)]:
        page.goto(f"{base}/sign-in")
        found += faults_of(page, f"sign-in-{name}")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".error-summary").wait_for()
    found += faults_of(page, "sign-in-refused")
    for name, path in [
        ("forgotten-password", "/forgotten-password"),
        ("link-sent", "/forgotten-password/sent"),
        ("dead-link", "/password-reset/nothing"),
    ]:
        page.goto(portal.eu + path)
        found += faults_of(page, name)
    none(found)


def test_pages_that_say_no(portal, browser_context):
    """What is not there, what is not one's own, and what does not take this."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, OWNER)
    found = []
    for name, path, status in [
        ("not-found", "/nothing/here", 404),
        ("not-ones-own", "/plugins", 404),
        ("no-such-thing", "/organizations/nothing", 404),
        ("answer-refused", "/connections/return?state=x&code=y", 400),
        ("not-an-asset", "/assets/none.css", 404),
    ]:
        assert page.goto(portal.eu + path).status == status
        found += faults_of(page, f"error-{name}")
    none(found)


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_forced_colours_and_reduced_motion(portal, browser_context, media):
    """What the system asks for is respected, and nothing gets lost."""
    page = browser_context(**media).new_page()
    sign_in(page, portal.eu, OWNER)
    for path in ["/", "/marketplace", "/organizations"]:
        page.goto(portal.eu + path)
        assert axe(page) == [], path
        assert page.evaluate("document.getAnimations().length") == 0, path


def test_a_first_visit_weighs_little(portal, browser_context):
    """At most 50 KB on the wire, 10 KB of script, six requests; a second page at most 15 KB. Nothing moves."""
    page = browser_context().new_page()
    first = Weight(page)
    page.goto(f"{portal.eu}/sign-in", wait_until="networkidle")
    assert first.bytes() <= 50_000
    assert first.bytes("Script") <= 10_000
    assert len(first.requests) <= 6
    sign_in(page, portal.eu, OWNER)
    watch_layout(page)
    for path in ["/", "/marketplace", "/organizations", "/jobs"]:
        again = Weight(page)
        page.goto(portal.eu + path, wait_until="networkidle")
        assert again.bytes() <= 15_000, path
        assert layout_shifts(page) == [], path


def test_text_spacing_and_zoom_lose_nothing(portal, browser_context):
    """WCAG 1.4.12's spacing at 320 px: nothing sticks out or is cut off."""
    page = browser_context(width=320, bypass_csp=True).new_page()
    sign_in(page, portal.eu, OWNER)
    for path in ["/", "/marketplace", "/organizations", "/store"]:
        page.goto(portal.eu + path)
        page.add_style_tag(
            content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_keyboard_reaches_everything(portal, browser_context):
    """Tab goes through a page in reading order, starts at the skip link, shows where it is, and gets out at the end."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, OWNER)
    page.goto(f"{portal.eu}/organizations")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
            .filter(e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})).length"""
    )
    seen = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => {
                const e = document.activeElement, style = getComputedStyle(e)
                if (e === document.body) return null
                const all = [...document.querySelectorAll('*')]
                return [all.indexOf(e), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, e.outerHTML.slice(0, 80)]
            }"""
        )
        if place is None or place in seen:
            break
        seen.append(place)
    assert "skip" in seen[0][2]
    assert [place for place, _, _ in seen] == sorted(place for place, _, _ in seen), "in reading order"
    assert [html for _, ring, html in seen if not ring] == [], "every focus is visible"
    assert len(seen) == wanted
    page.goto(f"{portal.eu}/organizations")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
