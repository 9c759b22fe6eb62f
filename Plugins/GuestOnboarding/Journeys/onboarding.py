"""The steps of a tenant's set-up by guest account: the broker's at the portal, the customer's and the guest's outside it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import expect

from support.browser import PASSWORD, sign_in
from support.portal import wait_until

PLUGIN = "microsoft-365-guest"
SERVICE = "Microsoft 365 by guest account"
PATH = f"/services/{PLUGIN}"
ACME_ID = "aaaaaaaa-0000-4000-8000-000000000001"
LIBERTYS_ID = "aaaaaaaa-0000-4000-8000-000000000002"
OWNER = "owner@acme.example"
ACCOUNT = "admin@acmecloud.example"
GUEST = "guest@acmecloud.example"
FRESH_GUEST = "fresh@acmecloud.example"
TEMPORARY = "Their temporary name"

STEPS = [
    "Request customer approval",
    "Customer approves",
    "Guest invitation accepted",
    "Permissions accepted",
    "Finalize approval",
]


@dataclass(frozen=True)
class Customer:
    """A tenant with which Acme has nothing to do yet."""

    tenant: str
    name: str
    domain: str

    @property
    def administrator(self):
        return f"admin@{self.domain}"

    @property
    def member(self):
        return f"user@{self.domain}"


def customers(portal):
    """Liberty's, as the sandbox tells of itself."""
    return [
        Customer(each["tenantId"], each["name"], each["domains"][0])
        for each in portal.control("/control/world")["customers"]
        if each["partnerTenantId"] == LIBERTYS_ID
    ]


# At Microsoft


def give_password(page, account=None):
    """`account`: where Microsoft's page does not know it already."""
    if account:
        page.get_by_label("Account").fill(account)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_code(page):
    page.get_by_label("Code").fill("123456")
    page.get_by_role("button", name="Verify").click()


def sign_in_at_microsoft(page, account=None):
    give_password(page, account)
    give_code(page)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


# The broker


def set_up(page, base):
    """Signed in as Acme's owner, the service added and connected."""
    sign_in(page, base, OWNER)
    page.goto(f"{base}/marketplace/{PLUGIN}")
    page.get_by_role("link", name="Add Service").click()
    press(page, "Add Service")
    page.wait_for_url(f"{base}{PATH}?**")
    page.goto(f"{base}{PATH}/authentication")
    page.get_by_label("Microsoft ID", exact=True).fill(ACME_ID)
    press(page, "Update")
    page.wait_for_url("**/entra/**")
    sign_in_at_microsoft(page, ACCOUNT)
    press(page, "Accept")
    page.wait_for_url(f"{base}{PATH}/sign-ins/**")
    expect(page.get_by_text("Every check has passed")).to_be_visible()


def look_up(page, base, customer, guest=GUEST, name=TEMPORARY):
    """Types a tenant in, and has it looked up."""
    page.goto(f"{base}{PATH}/intakes/new")
    page.get_by_label("Temporary tenant name").fill(name)
    page.get_by_label("Tenant id or domain").fill(customer.tenant)
    page.get_by_label("Guest account e-mail").fill(guest)
    press(page, "Look it up")


def add_tenant(page, base, customer, guest=GUEST, name=TEMPORARY):
    """Returns the tenant's path. Ends on its tracker."""
    look_up(page, base, customer, guest, name)
    load_until(page, page.get_by_role("button", name="Add tenant"))
    press(page, "Add tenant")
    page.wait_for_url("**/setup?**")
    return urlsplit(page.url).path.removesuffix("/setup")


def load_until(page, target):
    """Loads a page again until something is there: sooner than the page would by itself, once a second."""

    def is_there():
        if target.count() == 0:
            page.reload()
        return target.count() > 0

    wait_until(is_there, 15, f"{target} on {page.url}")


def step(page, number):
    """A step of the tracker, from 1 on."""
    return page.locator("ol.tracker > li").nth(number - 1)


def expect_step(page, number):
    """The tracker stands at this step: those before it are done, those after it are not."""
    for each in range(1, number):
        expect(step(page, each)).to_contain_text("Done")
    if number <= len(STEPS):
        expect(step(page, number)).to_have_attribute("aria-current", "step")
    for each in range(number + 1, len(STEPS) + 1):
        expect(step(page, each)).to_contain_text("Later")


def write_message(page, base, tenant, action="Request customer approval", language=None):
    """From the tracker to the form of the message."""
    page.goto(f"{base}{tenant}/setup")
    link = page.locator("ol.tracker").get_by_role("link", name=action, exact=True)
    load_until(page, link)
    link.click()
    if language:
        page.get_by_role("navigation", name="Language of the message").get_by_role("link", name=language).click()


def copy_message(page):
    """Returns the link in it."""
    press(page, "Copy message to clipboard…")
    return link_on(page)


def link_on(page):
    """The link that the page shows alone, under the message."""
    return page.locator(".copyable code", has_text="/approval/").inner_text()


def request(page, base, tenant, **options):
    """Makes a link. Returns it."""
    write_message(page, base, tenant, **options)
    return copy_message(page)


def redeem_link(page, base, tenant):
    """Of Microsoft's invitation, as the tracker shows it."""
    page.goto(f"{base}{tenant}/setup")
    return page.locator(".copyable code", has_text="/redeem").inner_text()


# The customer's administrator, and the guest


def leave_for_microsoft(page, link, button="Approve"):
    """Opens the link and presses the button. Ends on Microsoft's page."""
    page.goto(link)
    press(page, button)
    page.wait_for_url("**/entra/**")


def approve(page, link, account, button="Approve"):
    """From the link to Microsoft and back to the portal's page."""
    leave_for_microsoft(page, link, button)
    sign_in_at_microsoft(page, account)
    press(page, "Accept")
    page.wait_for_url(link_pattern(link))


def link_pattern(link):
    """The page of a link, whatever is behind it in the address."""
    return re.compile(re.escape(link) + r"($|\?)")


def redeem(page, address):
    """Accepts Microsoft's invitation. Ends on the guest's page of the portal."""
    page.goto(address)
    sign_in_at_microsoft(page)
    press(page, "Accept")
    page.wait_for_url("**/approval/*")


def accept_as_guest(page, link=None):
    """From the guest's page to Microsoft and back."""
    link = link or page.url.partition("?")[0]
    leave_for_microsoft(page, link, "Accept")
    sign_in_at_microsoft(page)
    press(page, "Accept")
    page.wait_for_url(link_pattern(link))


def invite_guest(portal, owner, customer, page, guest=GUEST):
    """A tenant whose customer has approved, in this page's browser. Returns its path; the guest is invited."""
    tenant = add_tenant(owner, portal.eu, customer, guest)
    approve(page, request(owner, portal.eu, tenant), customer.administrator)
    expect(heading(page)).to_contain_text("Approved on")
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(step(owner, 3)).to_contain_text("Waiting")
    return tenant


def check_now(page, base, tenant, name="Check now"):
    page.goto(f"{base}{tenant}/setup")
    press(page, name)


def heading(page):
    return page.get_by_role("heading", level=1)


# What is to be seen without a browser


def row(portal, tenant):
    """The set-up of a tenant as the portal keeps it."""
    [found] = portal.sqlite("SELECT * FROM tenant_setup WHERE tenant_id = ?", tenant.rpartition("/")[2])
    return found


def approvals(portal, tenant):
    """What was asked for a tenant, oldest first."""
    query = "SELECT * FROM approval WHERE tenant_id = ? ORDER BY created_at, id"
    return portal.sqlite(query, tenant.rpartition("/")[2])


def audited(portal, action, tenant):
    """The audit lines of an action that are about a tenant or what was asked for it."""
    ids = [f"tenant:{tenant.rpartition('/')[2]}"] + [f"approval:{each['id']}" for each in approvals(portal, tenant)]
    return [line for line in portal.sqlite("SELECT * FROM audit WHERE action = ?", action) if line["object"] in ids]


def invitations(portal):
    """How often Microsoft was asked to invite somebody."""
    logged = portal.control("/control/requests")["requests"]
    return len([each for each in logged if each["method"] == "POST" and each["path"].endswith("/invitations")])
