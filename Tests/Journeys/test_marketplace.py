"""Adding and removing a service, whichever it is: the first of the marketplace that is not added yet."""

import pytest
from playwright.sync_api import expect

from support.browser import sign_in

OWNER = "owner@acme.example"


@pytest.fixture
def owner(page, portal):
    sign_in(page, portal.eu, OWNER)
    return page


def first_service(page, portal):
    page.goto(f"{portal.eu}/marketplace")
    card = page.get_by_role("article").filter(has_text="Not added").first
    return card.get_by_role("heading").inner_text(), card.get_by_role("link").first.get_attribute("href").rpartition(
        "/"
    )[2]


def test_a_service_is_added_and_removed(portal, owner, browser_context):
    """Card, listing, guided steps, My Services, the customers' E-Store; and back, after a page that says what that means."""
    name, plugin = first_service(owner, portal)
    customer = browser_context().new_page()
    sign_in(customer, portal.eu, "anna@northgate.example")
    customer.goto(f"{portal.eu}/store")
    expect(customer.locator("main")).to_contain_text("Acme Cloud has not added a service yet.")

    owner.get_by_role("article").filter(has_text=name).get_by_role("link", name="See and add").click()
    owner.get_by_role("link", name="Add Service").click()
    expect(owner.locator("ol.tracker > li")).to_have_count(3)
    owner.get_by_role("button", name="Add Service").click()
    owner.wait_for_url(f"{portal.eu}/services/{plugin}?**")
    expect(owner.get_by_role("heading", level=1)).to_have_text(name)

    owner.goto(f"{portal.eu}/services")
    expect(owner.get_by_role("article").get_by_role("heading")).to_have_text([name])
    owner.goto(f"{portal.eu}/marketplace")
    card = owner.get_by_role("article").filter(has_text=name)
    expect(card).not_to_contain_text("Not added")
    expect(card.get_by_role("link", name="Open")).to_be_visible()
    assert owner.goto(f"{portal.eu}/marketplace/{plugin}/steps").url == f"{portal.eu}/services/{plugin}"
    customer.reload()
    expect(customer.get_by_role("article")).to_contain_text("To order, ask your partner: Acme Cloud.")
    expect(customer.locator("main").get_by_role("button")).to_have_count(0)

    owner.goto(f"{portal.eu}/services/{plugin}")
    owner.get_by_role("link", name="Remove service").click()
    expect(owner.locator("main")).to_contain_text("What this means")
    owner.get_by_role("button", name="Remove service").click()
    expect(owner.get_by_role("status").filter(has_text="The service was removed")).to_be_visible()
    customer.reload()
    expect(customer.locator("main")).to_contain_text("Acme Cloud has not added a service yet.")
    assert owner.goto(f"{portal.eu}/services/{plugin}").status == 404


def test_two_clicks_add_it_once(portal, owner):
    """Two tabs with the same steps: both end on the service, one line in the audit."""
    _, plugin = first_service(owner, portal)
    lines = "SELECT id FROM audit WHERE action = 'service.add'"
    before = len(portal.sqlite(lines))
    other = owner.context.new_page()
    for tab in (owner, other):
        tab.goto(f"{portal.eu}/marketplace/{plugin}/steps")
    for tab in (owner, other):
        tab.get_by_role("button", name="Add Service").click()
        tab.wait_for_url(f"{portal.eu}/services/{plugin}?**")
    assert len(portal.sqlite(lines)) == before + 1
    owner.goto(f"{portal.eu}/services/{plugin}/removal")
    owner.get_by_role("button", name="Remove service").click()
    other.goto(f"{portal.eu}/services/{plugin}/removal")
    expect(other.get_by_role("heading", level=1)).to_have_text("There is no such page")


def test_another_brokers_marketplace_is_untouched(portal, owner, browser_context):
    """What Acme adds, Liberty does not have."""
    _, plugin = first_service(owner, portal)
    owner.goto(f"{portal.eu}/marketplace/{plugin}/steps")
    owner.get_by_role("button", name="Add Service").click()
    liberty = browser_context().new_page()
    sign_in(liberty, portal.us, "owner@liberty.example")
    liberty.goto(f"{portal.us}/services")
    expect(liberty.locator("main")).to_contain_text("No services yet")
    assert liberty.goto(f"{portal.us}/services/{plugin}").status == 404
    owner.goto(f"{portal.eu}/services/{plugin}/removal")
    owner.get_by_role("button", name="Remove service").click()
