"""What journeys do with a broker's single sign-on."""

import re

from playwright.sync_api import expect

from support.browser import axe, sideways_scroll, sign_in

OWNER = "owner@acme.example"
MANAGER = "manager@acme.example"


def go_through(page, portal, provider, person, email):
    """From the sign-in page to the provider and back, signed in."""
    page.goto(f"{portal.eu}/sign-in")
    page.get_by_role("link", name="Continue with single sign-on").click()
    page.get_by_label("E-mail address at work").fill(email)
    page.get_by_role("button", name="Continue").click()
    provider.sign_in(page, person)
    page.wait_for_url(re.compile(re.escape(portal.eu)))
    expect(page.get_by_role("heading", name="You are not signed in")).to_have_count(0)


def faults(page):
    """Accessible, and nothing sticks out at 320 px."""
    wide = axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    narrow = axe(page) + sideways_scroll(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    return wide + narrow


def say(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def require(page, portal, provider):
    """Sets Acme's provider up, and requires it: the whole way of its owner."""
    sign_in(page, portal.eu, OWNER)
    page.goto(f"{portal.eu}/security")
    page.get_by_label("Issuer").fill(provider.issuer)
    page.get_by_label("Client ID").fill(provider.client_id)
    page.get_by_label("Client secret", exact=True).fill(provider.client_secret)
    page.get_by_label("Domains of your people").fill("acme.example")
    say(page, "Save and test")
    say(page, "Enable")
    say(page, "Sign in with it")
    provider.sign_in(page, "olivia")
    page.wait_for_url(re.compile("/security"))
    say(page, "Require it")
    expect(page.get_by_text("Single sign-on is required. Whoever")).to_be_visible()


class OurComplaints(list):
    """What the browser objected to, without the provider's own pages, which are not ours to mend."""

    def __init__(self, provider):
        self._base = provider.base

    def append(self, complaint):
        if self._base not in complaint:
            super().append(complaint)
