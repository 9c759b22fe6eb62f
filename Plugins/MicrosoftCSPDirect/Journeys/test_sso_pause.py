"""The requirement of single sign-on steps aside for the partner's sign-in, and comes back by itself."""

import re
import time

import pytest
from playwright.sync_api import expect

from microsoft import add_service, leave_for_microsoft
from support.browser import sign_in
from support.glewlwyd import Glewlwyd
from support.portal import Portal, wait_until
from support.single_sign_on import MANAGER, OWNER, OurComplaints, faults, go_through, require, say

AUTHENTICATION = "/services/microsoft-csp-direct/authentication"


@pytest.fixture(scope="module")
def world(tmp_path_factory, browser):
    """A portal of these tests' own whose Acme requires single sign-on."""
    portal = Portal(tmp_path_factory.mktemp("pause") / "state")
    portal.start()
    provider = Glewlwyd(tmp_path_factory.mktemp("glewlwyd") / "state")
    with provider.running(f"{portal.eu}/sso/broker-acme/return"):
        provider.add_person("olivia", OWNER, "Olivia Owner")
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        require(page, portal, provider)
        add_service(page, portal.eu)
        context.close()
        yield portal, provider
    portal.stop()


@pytest.fixture
def portal(world):
    return world[0]


@pytest.fixture
def complaints(world):
    return OurComplaints(world[1])


@pytest.fixture
def page(world, browser_context):
    """Acme's owner, signed in with the provider."""
    page = browser_context().new_page()
    go_through(page, *world, "olivia", OWNER)
    return page


def pause(portal, page, minutes=5):
    page.goto(portal.eu + AUTHENTICATION)
    page.get_by_label("Reason").fill("New partner account")
    choice = page.locator("[name=minutes]").first
    choice.check()
    # The page offers round numbers; the form takes any up to 30.
    choice.evaluate("(e, minutes) => { e.value = minutes }", str(minutes))
    say(page, "Pause the SSO requirement")
    expect(page.locator(".ribbon", has_text="Single sign-on is paused")).to_be_visible()


def ends(portal):
    """Why each pause ended, the last one first."""
    rows = portal.sqlite("SELECT detail FROM audit WHERE action = 'sso.restore' ORDER BY at DESC, id DESC")
    return [re.search(r'"why":"([^"]*)"', row["detail"])[1] for row in rows]


def test_the_page_explains_and_offers_a_pause(portal, page):
    """check 43: what stands in the way, why it may step aside, a countdown on every page, and one button to end it."""
    page.goto(portal.eu + AUTHENTICATION)
    expect(page.get_by_text("requires it at present")).to_be_visible()
    expect(page.get_by_label("Microsoft ID")).to_have_count(0)
    assert faults(page) == []
    say(page, "Pause the SSO requirement")
    expect(page.locator(".error-summary")).to_contain_text("Say why")
    pause(portal, page)
    assert faults(page) == []
    page.goto(f"{portal.eu}/tenants")
    expect(page.locator(".ribbon", has_text="Single sign-on is paused")).to_contain_text(re.compile(r"\d:\d\d"))
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
    say(page, "Restore now")
    expect(page.get_by_text("Single sign-on is required again")).to_be_visible()
    assert ends(portal)[0] == "a person ended the pause"


def test_a_refused_sign_in_ends_the_pause(portal, page):
    """check 43: the sign-in at the provider is over, so the requirement is back."""
    pause(portal, page)
    leave_for_microsoft(page, portal.eu)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Consent was refused").first).to_be_visible()
    wait_until(lambda: ends(portal)[0] == "the sign-in at the provider failed", 10, "the pause has ended")
    page.reload()
    expect(page.locator(".ribbon", has_text="Single sign-on is paused")).to_have_count(0)


def test_the_pause_ends_at_its_time_through_a_kill(portal, page, browser_context):
    """check 43: killed in the middle, the portal knows the pause and ends it to the second."""
    pause(portal, page, minutes=1)
    until = time.monotonic() + 60
    other = browser_context().new_page()
    sign_in(other, portal.eu, MANAGER)
    portal.kill_portal()
    other.goto(f"{portal.eu}/tenants")
    expect(other.locator(".ribbon", has_text="Single sign-on is paused")).to_be_visible()
    time.sleep(max(0, until - time.monotonic()) + 0.5)
    other.goto(f"{portal.eu}/tenants")
    other.wait_for_url(re.compile("/sign-in"))
    wait_until(lambda: ends(portal)[0] == "the time ran out", 10, "the pause is written down as over")
