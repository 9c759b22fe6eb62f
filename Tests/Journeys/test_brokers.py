"""The administrator's brokers: made, named, given an address, disabled and erased, also without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from support.browser import sign_in
from support.pages import faults_of, none

ADMIN = "admin@gatehouse.example"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_brokers_whole_life(portal, browser_context, javascript):
    """Every page of it looks right, every step says first what it means, and nothing is left at the end."""
    page = browser_context(javascript=javascript).new_page()
    name = f"Passing {'Script' if javascript else 'Plain'}"
    sign_in(page, portal.eu, ADMIN)
    page.goto(f"{portal.eu}/brokers")
    page.get_by_role("link", name="New broker").click()
    page.get_by_role("button", name="Create and invite").click()
    expect(page.locator(".error-summary")).to_contain_text("Enter the broker's name.")
    found = faults_of(page, "new-broker-wrong") if javascript else []
    page.get_by_label("Broker's name").fill(name)
    page.get_by_label(re.compile("^EU:")).check()
    page.get_by_label("Owner's name").fill("Pia Passing")
    page.get_by_label("Owner's e-mail").fill(f"pia.{javascript}@passing.example".lower())
    page.get_by_role("button", name="Create and invite").click()
    page.wait_for_url(re.compile("/brokers/[0-9a-f-]+"))
    broker = page.url.partition("?")[0]
    [key] = re.findall("/brokers/([0-9a-f-]+)", broker)

    host = f"{'script' if javascript else 'plain'}.passing.localhost"
    page.get_by_label("Host name").fill("shop.acme.localhost")
    page.get_by_role("button", name="Add the address").click()
    expect(page.locator(".error-summary")).to_contain_text("in use on this portal already")
    page.get_by_label("Host name").fill(f"https://{host.upper()}/")
    page.get_by_role("button", name="Add the address").click()
    expect(page.locator("main")).to_contain_text(host)
    page.locator("summary", has_text="What nginx needs").click()
    expect(page.locator("main")).to_contain_text(f"server_name {host};")
    assert portal.get("/sign-in", host=host).status == 200
    found += faults_of(page, "broker") if javascript else []

    page.get_by_role("link", name="Change…").click()
    expect(page.locator("main")).to_contain_text("Its people are led to the new address")
    found += faults_of(page, "broker-region") if javascript else []
    page.get_by_role("button", name="Move the broker").click()
    expect(page.locator(".notice")).to_contain_text("lives in its new region")

    page.get_by_role("link", name="Remove…").click()
    found += faults_of(page, "host-removal") if javascript else []
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".notice")).to_contain_text("The address was removed")
    assert portal.get("/sign-in", host=host).status == 421

    page.get_by_role("link", name="Erase…").click()
    expect(page.locator("main")).to_contain_text("Only a disabled broker can be erased")
    page.get_by_role("link", name="Disable…").click()
    found += faults_of(page, "broker-disabling") if javascript else []
    page.get_by_role("button", name=f"Disable {name}").click()
    expect(page.locator("main")).to_contain_text("This broker is disabled")
    page.get_by_role("link", name="Erase…").click()
    page.get_by_label("Type the broker's name to erase it").fill("something else")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator(".error-summary")).to_contain_text("This is not the broker's name")
    found += faults_of(page, "broker-erasure") if javascript else []
    page.get_by_label("Type the broker's name to erase it").fill(name)
    page.get_by_role("button", name="Erase for good").click()
    page.wait_for_url("**/brokers?done=broker-erasing")
    for _ in range(50):
        page.goto(f"{portal.eu}/brokers")
        if not page.get_by_text(name).count():
            break
        page.wait_for_timeout(200)
    assert page.goto(broker).status == 404
    assert not portal.sqlite("SELECT 1 FROM audit WHERE broker_id = ? UNION SELECT 1 FROM broker WHERE id = ?", key, key)
    none(found)


def test_pages_of_brokers_with_connections(portal, browser_context):
    """The list, a broker of the demo world, and all addresses."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, ADMIN)
    found = []
    for name, path in [("brokers", "/brokers"), ("broker-acme", "/brokers/broker-acme"), ("addresses", "/addresses")]:
        assert page.goto(portal.eu + path).status == 200
        found += faults_of(page, f"admin-{name}")
    expect(page.locator("main")).to_contain_text(f"{portal.us}/connections/return")
    none(found)
