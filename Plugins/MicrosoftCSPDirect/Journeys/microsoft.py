"""The steps of a person who connects a partner account: at the portal, and at the sandbox's Microsoft."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from support.browser import PASSWORD, sign_in
from support.portal import wait_until

SERVICE = "Microsoft O365 CSP Direct"
PLUGIN = "microsoft-csp-direct"
PATH = f"/services/{PLUGIN}"
MICROSOFT_ID = "aaaaaaaa-0000-4000-8000-000000000001"
LIBERTYS_ID = "aaaaaaaa-0000-4000-8000-000000000002"
OWNER = "owner@acme.example"
ACCOUNT = "admin@acmecloud.example"


def add_service(page, base):
    """From the marketplace through the guided steps to My Services."""
    page.goto(f"{base}/marketplace/{PLUGIN}")
    page.get_by_role("link", name="Add Service").click()
    page.get_by_role("button", name="Add Service").click()
    page.wait_for_url(f"{base}{PATH}?**")


def leave_for_microsoft(page, base, microsoft_id=MICROSOFT_ID):
    """Types the Microsoft ID and presses Update. Ends on Microsoft's page."""
    page.goto(f"{base}{PATH}/authentication")
    page.get_by_label("Microsoft ID", exact=True).fill(microsoft_id)
    page.get_by_role("button", name="Update").click()
    page.wait_for_url("**/entra/**")


def give_password(page, account=ACCOUNT):
    page.get_by_label("Account").fill(account)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def give_code(page):
    page.get_by_label("Code").fill("123456")
    page.get_by_role("button", name="Verify").click()


def accept(page, base):
    """Accepts what Microsoft's page says is asked for. Ends on the portal's page of this sign-in."""
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url(f"{base}{PATH}/sign-ins/**")


def accept_without_returning(page):
    """Accepts, and stays away from the portal. Returns the address that Microsoft sends the browser to."""
    answers = []

    def hold(route):
        answers.append(route.fetch(max_redirects=0).headers["location"])
        route.fulfill(content_type="text/html", body="<title>Held</title>")

    page.route("**/consent", hold)
    page.get_by_role("button", name="Accept").click()
    expect(page).to_have_title("Held")
    page.unroute("**/consent")
    return answers[0]


def try_to_connect(page, base, account=ACCOUNT, microsoft_id=MICROSOFT_ID):
    """The whole way to Microsoft and back. Ends on the page of the verdict, which may still be open."""
    leave_for_microsoft(page, base, microsoft_id)
    give_password(page, account)
    if page.get_by_label("Code").count():
        give_code(page)
    accept(page, base)


def connect(page, base):
    """Connects Acme Cloud, and waits until the portal says so."""
    try_to_connect(page, base)
    expect(page.get_by_text("Every check has passed")).to_be_visible()


def set_up(page, portal, host=None):
    """Signed in as Acme's owner, the service added and connected, its tenants read."""
    base = host or portal.eu
    sign_in(page, base, OWNER)
    add_service(page, base)
    connect(page, base)
    wait_for_jobs(portal)


def link_all(page, base):
    """Applies the preview of Auto-create and link. Ends on the job's page."""
    page.goto(f"{base}{PATH}/bulk-links/new")
    page.get_by_role("button", name="Create 61 and link 62").click()
    page.wait_for_url(f"{base}/jobs/**")


def wait_for_jobs(portal):
    """Until no job of the portal has work left that it could do now."""
    open_jobs = "SELECT 1 FROM job WHERE state IN ('queued', 'running', 'waiting')"
    wait_until(lambda: not portal.sqlite(open_jobs), 30, "all jobs have ended")


def numbers(portal):
    """How many organizations of Acme there are, and how many links."""
    [row] = portal.sqlite(
        """
        SELECT (SELECT COUNT(*) FROM organization WHERE broker_id = 'broker-acme') AS organizations,
               (SELECT COUNT(*) FROM tenant_link WHERE broker_id = 'broker-acme') AS links
        """
    )
    return row["organizations"], row["links"]


def audited(portal, action):
    """The objects of all audit lines of an action, in order."""
    return [row["object"] for row in portal.sqlite("SELECT object FROM audit WHERE action = ? ORDER BY at, id", action)]


def calls(portal, *parts):
    """The sandbox's logged requests whose method, path, status and note hold all of `parts`."""
    logged = portal.control("/control/requests")["requests"]
    lines = [f"{each['method']} {each['path']} {each['status']} {each.get('note', '')}" for each in logged]
    return [line for line in lines if all(part in line for part in parts)]


def token_exchanges(portal):
    """How often a code was exchanged for a token."""
    return len(calls(portal, "POST", "/token", "authorization_code"))


def provider_calls(portal):
    """What the portal asked Microsoft by itself: tokens and Partner Center, and not a person's own steps."""
    return calls(portal, "/partnercenter/") + calls(portal, "/token ")


def path_of(page):
    return urlsplit(page.url).path
