"""The ways through the sandbox's pages: where each begins, and what a person sees and does on each page of it."""

from dataclasses import dataclass, field

from support.browser import PASSWORD
from support.lone_sandbox import CLIENT, CUSTOMER, GRAPH, GUEST, READERS

ADMIN = "admin@acmecloud.example"
CUSTOMER_ADMIN = "admin@northgate.example"


@dataclass(frozen=True)
class On:
    """A page, by its heading, and what a person does there: types into fields, then presses a button or a link."""

    heading: str
    press: str | None = None
    typed: dict[str, str] = field(default_factory=dict)
    says: str = ""
    ticks: str | None = None
    lacks: str | None = None


def sign_in(account, password=PASSWORD, says=""):
    return On("Sign in", "Sign in", {"Account": account, "Password": password}, says)


def code(digits="123456", says=""):
    return On("Enter code", "Verify", {"Code": digits}, says)


THE_APPLICATION = On("The application")
TICK = "Consent on behalf of your organization"
WRONG_ACCOUNT = "This invitation is for another account"

ENTRA = {
    "sign-in": (
        lambda sandbox: sandbox.authorize(),
        [
            sign_in(ADMIN, "wrong"),
            On("Sign in", "Sign in", {"Password": PASSWORD}, "AADSTS50126"),
            code("000000"),
            code(says="AADSTS500121"),
            On("Permissions requested", "Accept", ticks=TICK),
            On("The application", says="code="),
        ],
    ),
    "consent-of-a-member": (
        lambda sandbox: sandbox.authorize(CUSTOMER, f"openid profile offline_access {GRAPH}/User.Read"),
        [
            sign_in("user@northgate.example"),
            code(),
            On("Permissions requested", "Accept", lacks=TICK),
            On("The application", says="code="),
        ],
    ),
    "setting-up-mfa": (
        lambda sandbox: sandbox.authorize(CUSTOMER),
        [
            sign_in("new@northgate.example"),
            On("Set up a second proof", "Set up and go on", {"Code": "1"}),
            On("Set up a second proof", "Set up and go on", {"Code": "123456"}, "AADSTS500121"),
            On("Permissions requested", "Cancel"),
            On("The application", says="error=access_denied"),
        ],
    ),
    "consent-on-behalf": (
        lambda sandbox: (
            sandbox.delegated("62e90394-69f5-4237-9190-012177145e10"),
            sandbox.control("consents", tenant=CUSTOMER),
            sandbox.authorize(CUSTOMER, prompt="consent"),
        )[-1],
        [
            sign_in(ADMIN),
            code(),
            On("Permissions requested", "Accept", says="You accept for all of Northgate Bakery", lacks=TICK),
            On("The application", says="code="),
        ],
    ),
    "administrator-needed": (
        lambda sandbox: sandbox.authorize(CUSTOMER, f"{GRAPH}/.default"),
        [
            sign_in("user@northgate.example"),
            code(),
            On("Need admin approval", "Go back without giving permissions", says="AADSTS90094"),
            On("The application", says="error="),
        ],
    ),
    "admin-consent": (
        lambda sandbox: sandbox.admin_consent(),
        [
            sign_in(CUSTOMER_ADMIN),
            code(),
            On("Permissions requested: review for your organization", "Accept", says="What it may do by itself"),
            On("The application", says="admin_consent=True"),
        ],
    ),
    "admin-consent-refused": (
        lambda sandbox: sandbox.admin_consent(),
        [
            sign_in(CUSTOMER_ADMIN),
            code(),
            On("Permissions requested: review for your organization", "Cancel"),
            On("The application", says="error=consent_required"),
        ],
    ),
    "admin-consent-by-a-member": (
        lambda sandbox: sandbox.admin_consent(),
        [
            sign_in("user@northgate.example"),
            code(),
            On("Need admin approval", "Go back without giving permissions", says="who is no administrator"),
            On("The application", says="error="),
        ],
    ),
    "refusal": (
        lambda sandbox: sandbox.authorize(),
        [On("Sign in", "Cancel"), On("The application", says="error=access_denied")],
    ),
    "form-post": (
        lambda sandbox: sandbox.authorize(CUSTOMER, f"openid {GRAPH}/User.Read", response_mode="form_post"),
        [
            sign_in(CUSTOMER_ADMIN),
            code(),
            On("Permissions requested", "Accept"),
            On("Go on to the application", "Continue"),
            THE_APPLICATION,
        ],
    ),
    "no-such-application": (
        lambda sandbox: sandbox.authorize().replace(CLIENT, CUSTOMER),
        [On("Sorry, we can’t sign you in", "the control page", says="AADSTS700016"), On("The Microsoft sandbox")],
    ),
    "error-code": (lambda sandbox: "/entra/error?code=50126", [On("AADSTS50126")]),
}

INVITATIONS = {
    "accepted": (
        lambda sandbox: sandbox.invitation(),
        [
            On("Sign in", "Sign in", {"Password": PASSWORD}, "to accept the invitation of Northgate Bakery"),
            code(),
            On("Review permissions", "Accept", says="Northgate Bakery invited guest@acmecloud.example"),
            THE_APPLICATION,
        ],
    ),
    "declined": (
        lambda sandbox: sandbox.invitation(),
        [
            On("Sign in", "Sign in", {"Password": PASSWORD}),
            code(),
            On("Review permissions", "Cancel"),
            On("You didn’t accept"),
        ],
    ),
    "wrong-account": (
        lambda sandbox: sandbox.invitation(),
        [sign_in(ADMIN), On(WRONG_ACCOUNT, f"Sign in as {GUEST}"), On("Sign in", "Cancel"), On("You didn’t accept")],
    ),
    "not-valid": (
        lambda sandbox: sandbox.invitation() + "x",
        [On("Sorry, we can’t sign you in")],
    ),
}

ROLES = "Approve partner roles"

ADMIN_CENTER = {
    "approved-and-removed": (
        lambda sandbox: sandbox.relationship("Readers"),
        [
            sign_in(CUSTOMER_ADMIN, "wrong"),
            On("Sign in", "Sign in", {"Password": PASSWORD}, "not right"),
            code("000000"),
            code(says="not right"),
            On(ROLES, "Approve", says="Acme Cloud asks to administer Northgate Bakery"),
            On("Approved", "Partner relationships"),
        ],
    ),
    "rejected": (
        lambda sandbox: sandbox.relationship("Readers"),
        [
            sign_in(CUSTOMER_ADMIN),
            code(),
            On(ROLES, "Reject"),
            On("Rejected", "Partner relationships"),
            On("Partner relationships", says="Rejected"),
        ],
    ),
    "removed": (
        lambda sandbox: (
            sandbox.relationship("Waiting"),
            sandbox.delegated(READERS),
            "/admin/partners",
        )[-1],
        [
            sign_in(CUSTOMER_ADMIN),
            code(),
            On("Partner relationships", "Remove ", says="Active"),
            On("Remove this relationship?", "Keep it"),
            On("Partner relationships", "Remove "),
            On("Remove this relationship?", "Remove"),
            On("Partner relationships", "Answer Waiting", says="is being removed"),
            On("Sign in"),
        ],
    ),
    "no-partner": (
        lambda sandbox: "/admin/partners",
        [sign_in(CUSTOMER_ADMIN), code(), On("Partner relationships", says="none asks for them")],
    ),
    "other-organization": (
        lambda sandbox: sandbox.relationship("Theirs", "cccccccc-0000-4000-8000-000000000003"),
        [sign_in(CUSTOMER_ADMIN), code(), On("This request is for another organization")],
    ),
    "not-an-administrator": (
        lambda sandbox: sandbox.relationship("Readers"),
        [sign_in("user@northgate.example"), code(), On("Only a Global Administrator can answer")],
    ),
    "not-a-customer": (
        lambda sandbox: sandbox.relationship("Readers"),
        [sign_in(ADMIN), code(), On("This account is not at a customer")],
    ),
    "used-already": (
        lambda sandbox: sandbox.decided(sandbox.relationship("Readers"), "approve"),
        [sign_in(CUSTOMER_ADMIN), code(), On("Already approved")],
    ),
    "over": (
        lambda sandbox: sandbox.decided(sandbox.relationship("Readers"), "reject"),
        [sign_in(CUSTOMER_ADMIN), code(), On("This request is over")],
    ),
    "unknown": (
        lambda sandbox: "/admin/partners/invitation/granularAdminRelationships/nothing",
        [sign_in(CUSTOMER_ADMIN), code(), On("There is no such request")],
    ),
}

WAYS = {
    f"{area}-{name}": way
    for area, ways in {"entra": ENTRA, "invitation": INVITATIONS, "admin-center": ADMIN_CENTER}.items()
    for name, way in ways.items()
}
