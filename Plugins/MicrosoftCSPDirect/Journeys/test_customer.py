"""A customer, after its tenant is linked: its own organization, its tenant and the E-Store, and nothing of anyone else."""

import pytest
from playwright.sync_api import expect

from microsoft import PATH, SERVICE, link_all, set_up, wait_for_jobs
from support.browser import screenshot, sign_in
from support.visitor import ask, form_token


@pytest.fixture(scope="module", autouse=True)
def linked(portal, browser):
    context = browser.new_context()
    page = context.new_page()
    set_up(page, portal)
    link_all(page, portal.eu)
    wait_for_jobs(portal)
    context.close()


@pytest.fixture
def anna(page, portal):
    sign_in(page, portal.eu, "anna@northgate.example")
    return page


@pytest.mark.parametrize("address", ["eu", "shop"])
def test_what_the_customer_sees(portal, page, address):
    """Own organization, own tenant, the broker's offer; at the region's and at the broker's address."""
    base = getattr(portal, address)
    sign_in(page, base, "anna@northgate.example")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="My organization").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northgate Bakery")
    row = page.locator("main").get_by_role("row").nth(1)
    expect(row).to_contain_text("Northgate Bakery")
    expect(row).to_contain_text("cccccccc-0000-4000-8000-000000000001")
    expect(page.locator("main").get_by_role("row")).to_have_count(2)
    expect(page.locator("main").get_by_role("link")).to_have_count(0)
    screenshot(page, f"customer-{address}")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="E-Store").click()
    expect(page.get_by_role("article")).to_contain_text(SERVICE)
    expect(page.get_by_role("article")).to_contain_text("ask your partner: Acme Cloud")


def test_nobody_elses_things_exist_for_the_customer(portal, anna):
    """Every id there is, of tenants, organizations, jobs and sign-ins, is a 404 like one that there is not; her own too."""
    missing = ask(portal, anna, f"{portal.eu}/nothing/here").text
    ids = [f"/tenants/{row['id']}" for row in portal.sqlite("SELECT id FROM tenant LIMIT 5")]
    ids += [f"/organizations/{row['id']}" for row in portal.sqlite("SELECT id FROM organization LIMIT 5")]
    ids += [f"/jobs/{row['id']}" for row in portal.sqlite("SELECT id FROM job")]
    ids += [f"{PATH}/sign-ins/{row['id']}" for row in portal.sqlite("SELECT id FROM sign_in_attempt")]
    for path in ids:
        answer = ask(portal, anna, portal.eu + path)
        assert (answer.status, answer.text) == (404, missing), path
    for path in ["/", "/organization", "/store"]:
        text = ask(portal, anna, portal.eu + path).text
        assert "Harbor Dental" not in text and "cccccccc-0000-4000-8000-000000000002" not in text


def test_support_may_not_change_a_link(portal, page):
    """Every button of the tenants' pages is missing, and a genuine form sent all the same is refused."""
    sign_in(page, portal.eu, "support@acme.example")
    form = {
        "csrf": form_token(page),
        "organization": "organization-northgate",
        "plan": "x",
        "microsoft-id": "aaaaaaaa-0000-4000-8000-000000000001",
    }
    tables = ["tenant_link", "organization", "job", "sign_in_attempt", "service"]

    def stored():
        return [portal.sqlite(f"SELECT * FROM {table}") for table in tables]

    tenant = f"/tenants/{portal.sqlite('SELECT id FROM tenant LIMIT 1')[0]['id']}"
    job = f"/jobs/{portal.sqlite('SELECT id FROM job LIMIT 1')[0]['id']}"
    for path in [tenant, job, f"{PATH}/tenants", f"{PATH}/authentication", PATH]:
        page.goto(portal.eu + path)
        expect(page.locator("main form[method=post]")).to_have_count(0)
        expect(page.locator("main").get_by_role("link", name="Auto-create and link")).to_have_count(0)
        expect(page.get_by_role("link", name="Remove service")).to_have_count(0)
    before = stored()
    changes = [f"{tenant}/{noun}" for noun in ("link", "organization", "unlinking", "exclusion", "inclusion")]
    changes += [f"{job}/cancellation", f"{job}/retry"]
    changes += [f"{PATH}/{noun}" for noun in ("authentication", "discoveries", "bulk-links", "removal")]
    for path in changes:
        assert ask(portal, page, portal.eu + path, form).status == 404, path
    assert stored() == before


def test_another_broker_may_not_touch_it(portal, page):
    """Liberty's owner, with a genuine form of Liberty's: Acme's tenants, jobs and sign-ins are not there."""
    sign_in(page, portal.us, "owner@liberty.example")
    form = {"csrf": form_token(page), "organization": "organization-northgate"}
    before = portal.sqlite("SELECT * FROM tenant_link")
    tenant = f"/tenants/{portal.sqlite('SELECT id FROM tenant LIMIT 1')[0]['id']}"
    job = f"/jobs/{portal.sqlite('SELECT id FROM job LIMIT 1')[0]['id']}"
    for path in [tenant, job, f"{job}/progress", PATH]:
        assert ask(portal, page, portal.us + path).status == 404, path
    for path in [f"{tenant}/link", f"{tenant}/unlinking", f"{job}/cancellation", f"{PATH}/bulk-links"]:
        assert ask(portal, page, portal.us + path, form).status == 404, path
    assert portal.sqlite("SELECT * FROM tenant_link") == before
