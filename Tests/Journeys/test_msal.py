"""Microsoft's own client library against the sandbox: what it accepts, a portal may rely on."""

import base64
import subprocess

import jwt
import msal
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from support.tls_sandbox import TLSSandbox

CLIENT = "aaaaaaaa-0000-4000-8000-0000000000a1"
PARTNER = "aaaaaaaa-0000-4000-8000-000000000001"
CUSTOMER = "cccccccc-0000-4000-8000-000000000001"
GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
PARTNER_CENTER = ["https://api.partnercenter.microsoft.com/user_impersonation"]
GRAPH = ["https://graph.microsoft.com/.default"]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with TLSSandbox(tmp_path_factory.mktemp("tls")).running() as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def throw_away_authority(sandbox, monkeypatch):
    # It silently beats MSAL's own `verify=` where it is set, as on some machines it is.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", sandbox.authority_file)
    sandbox.control("reset")


def application(sandbox, tenant=PARTNER, credential="practice-secret", **options):
    """A new one for each question: MSAL keeps a refusal for a minute and doesn't ask again."""
    return msal.ConfidentialClientApplication(
        CLIENT,
        client_credential=credential,
        oidc_authority=f"{sandbox.base}/entra/{tenant}/v2.0",
        verify=sandbox.authority_file,
        **options,
    )


def signed_in(sandbox, account="admin@acmecloud.example", **options):
    """Tokens of a whole sign-in, with PKCE and nonce as MSAL makes them."""
    app = application(sandbox, **options)
    flow = app.initiate_auth_code_flow(
        PARTNER_CENTER, redirect_uri=sandbox.REDIRECT_URI, response_mode="form_post"
    )
    assert "code_challenge_method=S256" in flow["auth_uri"]
    tokens = app.acquire_token_by_auth_code_flow(flow, sandbox.sign_in(flow["auth_uri"], account))
    assert "error" not in tokens, tokens
    return tokens


def signing_key(sandbox, token, tenant=PARTNER):
    keys = sandbox.get(f"/entra/{tenant}/discovery/v2.0/keys").json()["keys"]
    kid = jwt.get_unverified_header(token)["kid"]
    return next(key for key in keys if key["kid"] == kid)


def test_a_sign_in_gives_an_id_token_that_others_can_check(sandbox):
    tokens = signed_in(sandbox)
    assert tokens["id_token_claims"]["tid"] == PARTNER
    assert tokens["id_token_claims"]["preferred_username"] == "admin@acmecloud.example"
    key = signing_key(sandbox, tokens["id_token"])
    claims = jwt.decode(
        tokens["id_token"],
        jwt.PyJWK(key).key,
        algorithms=["RS256"],
        audience=CLIENT,
        issuer=f"{sandbox.base}/entra/{PARTNER}/v2.0",
    )
    assert "amr" not in claims
    access = jwt.decode(
        tokens["access_token"],
        jwt.PyJWK(signing_key(sandbox, tokens["access_token"])).key,
        algorithms=["RS256"],
        audience="https://api.partnercenter.microsoft.com",
        issuer=f"https://sts.windows.net/{PARTNER}/",
    )
    assert "mfa" in access["amr"]


def test_the_published_certificates_are_real_and_hold_the_keys(sandbox):
    for key in sandbox.get(f"/entra/{PARTNER}/discovery/v2.0/keys").json()["keys"]:
        certificate = x509.load_der_x509_certificate(base64.b64decode(key["x5c"][0]))
        certificate.verify_directly_issued_by(certificate)
        assert certificate.public_key() == jwt.PyJWK(key).key
        thumbprint = base64.urlsafe_b64encode(certificate.fingerprint(hashes.SHA1())).decode().rstrip("=")
        assert key["x5t"] == thumbprint


def test_a_refresh_token_is_good_at_home_and_at_a_customer_that_consented(sandbox):
    refresh = signed_in(sandbox)["refresh_token"]
    again = application(sandbox).acquire_token_by_refresh_token(refresh, PARTNER_CENTER)
    assert again["refresh_token"] != refresh

    for code in (50020, 90099):  # without delegated roles there, then without a consent
        refused = application(sandbox, tenant=CUSTOMER).acquire_token_by_refresh_token(refresh, GRAPH)
        assert (refused["error"], refused["error_codes"]) == ("invalid_grant", [code])
        sandbox.control("relationships", customer=CUSTOMER, roles=GLOBAL_READER)

    consent = f"{sandbox.base}/entra/{CUSTOMER}/v2.0/adminconsent?client_id={CLIENT}&state=s"
    consent += f"&redirect_uri={sandbox.REDIRECT_URI}&scope={GRAPH[0]}"
    answer = sandbox.sign_in(consent, "new@northgate.example")
    assert (answer["admin_consent"], answer["tenant"]) == ("True", CUSTOMER)

    tokens = application(sandbox, tenant=CUSTOMER).acquire_token_by_refresh_token(refresh, GRAPH)
    assert "error" not in tokens, tokens
    claims = jwt.decode(tokens["access_token"], options={"verify_signature": False})
    assert (claims["tid"], claims["aud"]) == (CUSTOMER, "https://graph.microsoft.com")


def test_the_application_alone_gets_a_token(sandbox):
    sandbox.control("consents", tenant=CUSTOMER)
    tokens = application(sandbox, tenant=CUSTOMER).acquire_token_for_client(GRAPH)
    claims = jwt.decode(tokens["access_token"], options={"verify_signature": False})
    assert claims["idtyp"] == "app"
    assert "User.Invite.All" in claims["roles"]
    assert "refresh_token" not in tokens


def test_a_certificate_serves_instead_of_the_secret(sandbox, tmp_path):
    subprocess.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem -subj /CN=portal".split(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    key, certificate = ((tmp_path / name).read_text() for name in ("key.pem", "cert.pem"))
    thumbprint = x509.load_pem_x509_certificate(certificate.encode()).fingerprint(hashes.SHA1()).hex()
    credentials = [
        {"private_key": key, "public_certificate": certificate},  # PS256
        {"private_key": key, "thumbprint": thumbprint},  # RS256
    ]
    refused = application(sandbox, credential=credentials[0]).acquire_token_for_client(GRAPH)
    assert (refused["error"], refused["error_codes"]) == ("invalid_client", [700027])
    sandbox.control("application/keys", pem=certificate)
    for credential in credentials:
        tokens = application(sandbox, credential=credential).acquire_token_for_client(GRAPH)
        assert "error" not in tokens, tokens
        assert jwt.decode(tokens["access_token"], options={"verify_signature": False})["appidacr"] == "2"


def test_a_revoked_grant_is_invalid_grant_with_its_suberror(sandbox):
    refresh = signed_in(sandbox)["refresh_token"]
    sandbox.control("accounts/admin@acmecloud.example", event="sessionsRevoked")
    refused = application(sandbox).acquire_token_by_refresh_token(refresh, PARTNER_CENTER)
    assert (refused["error"], refused["suberror"]) == ("invalid_grant", "bad_token")
    assert refused["error_codes"] == [50173]
    assert refused["correlation_id"] and refused["trace_id"] and refused["timestamp"]


def test_a_claims_challenge_is_met_by_another_sign_in(sandbox):
    sandbox.control("relationships", customer=CUSTOMER, roles=GLOBAL_READER)
    sandbox.control("consents", tenant=CUSTOMER)
    account = "nomfa@acmecloud.example"
    refresh = signed_in(sandbox, account)["refresh_token"]
    customer = application(sandbox, tenant=CUSTOMER)
    refused = customer.acquire_token_by_refresh_token(refresh, GRAPH)
    assert (refused["error"], refused["suberror"]) == ("interaction_required", "basic_action")

    app = application(sandbox, client_capabilities=["cp1"])
    flow = app.initiate_auth_code_flow(
        PARTNER_CENTER,
        redirect_uri=sandbox.REDIRECT_URI,
        response_mode="form_post",
        claims_challenge=refused["claims"],
    )
    tokens = app.acquire_token_by_auth_code_flow(flow, sandbox.sign_in(flow["auth_uri"], account))
    assert "error" not in customer.acquire_token_by_refresh_token(tokens["refresh_token"], GRAPH)


def test_rotated_keys_are_found_again(sandbox):
    before = jwt.get_unverified_header(signed_in(sandbox)["id_token"])["kid"]
    sandbox.control("keys", emergency="true")
    tokens = signed_in(sandbox)
    key = signing_key(sandbox, tokens["id_token"])
    assert key["kid"] != before
    jwt.decode(tokens["id_token"], jwt.PyJWK(key).key, algorithms=["RS256"], audience=CLIENT)
