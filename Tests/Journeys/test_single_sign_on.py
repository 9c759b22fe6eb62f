"""Single sign-on with a provider that is not ours, and its requirement."""

import os
import re
import subprocess

import pytest
from playwright.sync_api import expect

from support.browser import PASSWORD, sign_in
from support.glewlwyd import Glewlwyd
from support.portal import ROOT, Portal
from support.single_sign_on import MANAGER, OWNER, OurComplaints, faults, go_through, say


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A portal of these tests' own, and a provider beside it that knows two of Acme's people."""
    portal = Portal(tmp_path_factory.mktemp("sso") / "state")
    portal.start()
    provider = Glewlwyd(tmp_path_factory.mktemp("glewlwyd") / "state")
    with provider.running(f"{portal.eu}/sso/broker-acme/return"):
        provider.add_person("olivia", OWNER, "Olivia Owner")
        provider.add_person("mia", MANAGER, "Mia Manager")
        yield portal, provider
    portal.stop()


@pytest.fixture
def portal(world):
    return world[0]


@pytest.fixture
def provider(world):
    return world[1]


@pytest.fixture
def complaints(provider):
    return OurComplaints(provider)


def test_an_owner_sets_it_up_and_requires_it(portal, provider, page):
    """check 28, 39: from an empty page to a required provider, in the browser, each step with its proof."""
    sign_in(page, portal.eu, OWNER)
    page.goto(f"{portal.eu}/security")
    assert faults(page) == []
    expect(page.get_by_text(f"{portal.eu}/sso/broker-acme/return")).to_be_visible()
    page.get_by_label("Issuer").fill(f"{provider.base}/wrong")
    page.get_by_label("Client ID").fill(provider.client_id)
    page.get_by_label("Client secret", exact=True).fill(provider.client_secret)
    page.get_by_label("Domains of your people").fill("@acme.example")
    say(page, "Save and test")
    expect(page.get_by_text("There is no OpenID Connect provider at this address")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Issuer").fill(f"{provider.issuer}/.well-known/openid-configuration")
    say(page, "Save and test")
    expect(page.get_by_text("signs with PS256, RS256")).to_be_visible()
    say(page, "Enable")
    expect(page.get_by_text("Single sign-on is enabled. The sign-in page offers it.")).to_be_visible()
    # Not with a password session.
    expect(page.get_by_role("button", name="Require it")).to_have_count(0)
    say(page, "Sign in with it")
    provider.sign_in(page, "olivia")
    page.wait_for_url(re.compile("/security"))
    expect(page.get_by_text("Your account at the provider is linked")).to_be_visible()
    assert faults(page) == []
    say(page, "Require it")
    expect(page.get_by_text("Single sign-on is required. Whoever")).to_be_visible()
    [row] = portal.sqlite("SELECT is_enabled, is_required FROM sso_provider")
    assert row == {"is_enabled": 1, "is_required": 1}
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []


def test_people_get_in_with_it_and_with_nothing_else(portal, provider, page, browser_context):
    """check 28, 41: a person who was never linked comes in by the verified address; the password opens nothing."""
    go_through(page, portal, provider, "mia", MANAGER)
    expect(page.get_by_text("Signed in as Mia Manager")).to_be_visible()
    provider.use_new_key()
    go_through(browser_context().new_page(), portal, provider, "mia", MANAGER)
    other = browser_context().new_page()
    other.goto(f"{portal.eu}/sign-in")
    other.get_by_label("E-mail").fill(MANAGER)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_label("Password").press("Enter")
    expect(other.locator(".error-summary")).to_contain_text("The e-mail address or the password is wrong")
    # At the branded host the way leads back there.
    shop = browser_context().new_page()
    shop.goto(f"{portal.shop}/organizations")
    say(shop, "Continue with single sign-on")
    provider.sign_in(shop, "mia")
    shop.wait_for_url(f"{portal.shop}/organizations")
    # Signing out here says that the provider may still know the person.
    page.locator("summary", has_text="Mia Manager").click()
    say(page, "Sign out")
    expect(page.get_by_role("link", name="Sign out at 127.0.0.1")).to_be_visible()
    assert faults(page) == []


def test_without_a_script(portal, provider, browser_context):
    """The portal's own pages need none: to the provider's door and back is links and buttons."""
    page = browser_context(javascript=False).new_page()
    page.goto(f"{portal.eu}/sign-in")
    page.get_by_role("link", name="Continue with single sign-on").click()
    page.get_by_label("E-mail address at work").fill("nobody@elsewhere.example")
    say(page, "Continue")
    expect(page.get_by_text("not set up here for addresses at elsewhere.example").first).to_be_visible()
    page.get_by_label("E-mail address at work").fill(OWNER)
    say(page, "Continue")
    page.wait_for_url(re.compile(re.escape(provider.base)))


def gatehouse(portal, *arguments):
    """A command on the portal's machine, which reaches the portal that runs."""
    build = os.environ.get("GATEHOUSE_BUILD", "debug")
    done = subprocess.run(
        [ROOT / f".build/{build}/gatehouse", *arguments],
        env=portal.environment() | {"GATEHOUSE_PRACTICE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_break_glass_from_the_machine(portal, provider, page, browser_context):
    """check 40: the provider lets nobody in any more; two commands do, and every page says so."""
    provider.stop()
    gatehouse(portal, "sso", "suspend", "--broker", "Acme Cloud", "--minutes", "10", "--reason", "It is down")
    sign_in(page, portal.eu, OWNER)
    page.goto(f"{portal.eu}/tenants")
    expect(page.locator(".ribbon.warning")).to_contain_text("Break-glass is open: single sign-on is not required")
    assert faults(page) == []
    page.goto(f"{portal.eu}/security")
    expect(page.get_by_text("because: It is down")).to_be_visible()
    assert faults(page) == []
    gatehouse(portal, "sso", "restore", "--broker", "Acme Cloud")
    page.goto(f"{portal.eu}/tenants")
    page.wait_for_url(re.compile("/sign-in"))
    # One person, once; looking at the link uses nothing up.
    link = re.search(r"http://\S+", gatehouse(portal, "user", "sign-in-link", OWNER))[0]
    other = browser_context(javascript=False).new_page()
    for _ in range(2):
        other.goto(link)
    say(other, f"Sign in as {OWNER}")
    other.wait_for_url(f"{portal.eu}/security")
    expect(other.locator(".ribbon.warning")).to_contain_text("was signed in by a link from the portal's machine")
    say(other, "Stop requiring it")
    expect(other.get_by_text("Single sign-on is no longer required")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
