"""Microsoft's own Graph SDK against the sandbox: what it accepts, a portal may rely on."""

import asyncio
import ssl
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import httpx
import pytest
import requests
from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.delegated_admin_access_details import DelegatedAdminAccessDetails
from msgraph.generated.models.delegated_admin_relationship import DelegatedAdminRelationship
from msgraph.generated.models.delegated_admin_relationship_customer_participant import (
    DelegatedAdminRelationshipCustomerParticipant,
)
from msgraph.generated.models.delegated_admin_relationship_status import DelegatedAdminRelationshipStatus
from msgraph.generated.models.invitation import Invitation
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.unified_role import UnifiedRole
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph.graph_request_adapter import options
from msgraph_core import GraphClientFactory
from msgraph_core.tasks.page_iterator import PageIterator

from support.tls_sandbox import TLSSandbox

CLIENT = "aaaaaaaa-0000-4000-8000-0000000000a1"
PARTNER = "aaaaaaaa-0000-4000-8000-000000000001"
CUSTOMER = "cccccccc-0000-4000-8000-000000000001"
CUSTOMER_ADMIN = "admin@northgate.example"
READER = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with TLSSandbox(tmp_path_factory.mktemp("tls")).running() as sandbox:
        sandbox.control("consents", tenant=PARTNER)
        sandbox.control("consents", tenant=CUSTOMER)
        yield sandbox


@pytest.fixture(autouse=True)
def throw_away_authority(sandbox, monkeypatch):
    # A session's own `verify` loses against it where it is set, as on some machines it is.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", sandbox.authority_file)


class FixedToken(AccessTokenProvider):
    """The token of one sign-in."""

    def __init__(self, token, host):
        self._token = token
        self._hosts = AllowedHostsValidator([host])

    async def get_authorization_token(self, uri, additional_authentication_context=None):
        return self._token if self._hosts.is_url_host_valid(uri) else ""

    def get_allowed_hosts_validator(self):
        return self._hosts


def token(sandbox, tenant, account):
    """Of a whole sign-in at the sandbox's own pages."""
    endpoint = f"/entra/{tenant}/oauth2/v2.0"
    asked = {
        "client_id": CLIENT,
        "response_type": "code",
        "redirect_uri": sandbox.REDIRECT_URI,
        "scope": "https://graph.microsoft.com/.default",
    }
    code = sandbox.sign_in(f"{sandbox.base}{endpoint}/authorize?{urlencode(asked)}", account)["code"]
    answer = requests.post(
        f"{sandbox.base}{endpoint}/token",
        data={
            "grant_type": "authorization_code",
            "client_id": CLIENT,
            "client_secret": "practice-secret",
            "code": code,
            "redirect_uri": sandbox.REDIRECT_URI,
        },
        verify=sandbox.authority_file,
        timeout=20,
    )
    assert answer.ok, answer.text
    return answer.json()["access_token"]


def ask(sandbox, question, tenant=PARTNER, account="admin@acmecloud.example"):
    """What the SDK, signed in as somebody, gets for one question."""
    signed_in = FixedToken(token(sandbox, tenant, account), "127.0.0.1")

    async def asked():
        trust = ssl.create_default_context(cafile=sandbox.authority_file)
        async with httpx.AsyncClient(verify=trust, timeout=20) as http:
            adapter = GraphRequestAdapter(
                BaseBearerTokenAuthenticationProvider(signed_in),
                GraphClientFactory.create_with_default_middleware(client=http, options=options),
            )
            adapter.base_url = f"{sandbox.base}/graph/v1.0"
            return await question(GraphServiceClient(request_adapter=adapter))

    # In a thread of its own: the browser of other journeys has an event loop running in this one.
    with ThreadPoolExecutor() as thread:
        return thread.submit(asyncio.run, asked()).result()


def test_users_are_listed_through_its_paging(sandbox):
    async def everybody(graph):
        query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
            top=3, select=["id", "displayName", "userType", "externalUserState"]
        )
        page = await graph.users.get(RequestConfiguration(query_parameters=query))
        assert len(page.value) == 3 and page.odata_next_link
        users = []
        await PageIterator(page, graph.request_adapter).iterate(lambda user: users.append(user) or True)
        return users

    users = ask(sandbox, everybody)
    assert len(users) > 9
    assert len({user.id for user in users}) == len(users)
    assert "Ada Admin" in [user.display_name for user in users]
    assert {user.user_type for user in users} <= {"Member", "Guest"}


def test_an_invitation_is_made_and_its_guest_waits(sandbox):
    async def invited(graph):
        made = await graph.invitations.post(
            Invitation(
                invited_user_email_address="guest@acmecloud.example",
                invited_user_display_name="Gail Guest",
                invite_redirect_url="https://portal.example/landing",
                send_invitation_message=False,
            )
        )
        query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
            filter="mail eq 'guest@acmecloud.example'", select=["id", "externalUserState"]
        )
        found = await graph.users.get(RequestConfiguration(query_parameters=query))
        return made, found.value

    made, found = ask(sandbox, invited, CUSTOMER, CUSTOMER_ADMIN)
    assert made.status == "PendingAcceptance"
    assert made.invite_redeem_url.startswith(f"{sandbox.base}/entra/redeem?rd=")
    assert [(user.id, user.external_user_state) for user in found] == [
        (made.invited_user.id, "PendingAcceptance")
    ]


def test_a_relationship_is_created(sandbox):
    async def created(graph):
        return await graph.tenant_relationships.delegated_admin_relationships.post(
            DelegatedAdminRelationship(
                display_name="From the SDK",
                duration="P730D",
                customer=DelegatedAdminRelationshipCustomerParticipant(tenant_id=CUSTOMER),
                access_details=DelegatedAdminAccessDetails(
                    unified_roles=[UnifiedRole(role_definition_id=READER)]
                ),
            )
        )

    relationship = ask(sandbox, created)
    assert relationship.status == DelegatedAdminRelationshipStatus.Created
    assert relationship.id and relationship.display_name == "From the SDK"
    assert relationship.customer.tenant_id == CUSTOMER
    assert [role.role_definition_id for role in relationship.access_details.unified_roles] == [READER]


def test_a_refusal_is_the_error_that_the_sdk_knows(sandbox):
    async def nobody(graph):
        return await graph.users.by_user_id("nobody@acmecloud.example").get()

    with pytest.raises(ODataError) as refused:
        ask(sandbox, nobody)
    assert refused.value.response_status_code == 404
    assert refused.value.error.code == "Request_ResourceNotFound"
    assert refused.value.error.inner_error.request_id


def test_the_sdk_waits_for_as_long_as_throttling_asks(sandbox):
    sandbox.control("requests/removal")
    sandbox.control("faults", service="graph", call="me", kind="throttle", retryAfter="1")

    async def myself(graph):
        return await graph.me.get()

    assert ask(sandbox, myself).user_principal_name == "admin@acmecloud.example"
    calls = [call for call in sandbox.get("/control/requests").json()["requests"] if call.get("call") == "me"]
    assert [call["status"] for call in calls] == [429, 200]
