"""An OpenID Connect provider that is not ours: Debian's Glewlwyd, a process of its own on a free port."""

import contextlib
import json
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import requests

from support.portal import free_ports, wait_until

SCHEMA = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
CONFIGURATION = Path("/etc/glewlwyd/glewlwyd.conf")
WEB_APPLICATION = Path("/usr/share/glewlwyd/webapp")
TEXTS = Path("/etc/glewlwyd/config-2.7.json/config.json")
PASSWORD = "glewlwyd-practice"


class Glewlwyd:
    """The provider, its one client, and its people."""

    client_id = "gatehouse"
    client_secret = "kept-by-the-portal-1"

    def __init__(self, state):
        self.state = Path(state)
        self.state.mkdir(parents=True)
        (self.port,) = free_ports(1)
        self.base = f"http://127.0.0.1:{self.port}"
        self.issuer = f"{self.base}/api/oidc"
        self.output = self.state / "output.log"
        self._process = None
        self._administrator = requests.Session()

    # Starting and stopping

    @contextlib.contextmanager
    def running(self, redirect_uri):
        """With a plugin for OpenID Connect, and a client that may return to `redirect_uri`."""
        self._prepare()
        self.start()
        try:
            self._set_up(redirect_uri)
            yield self
        finally:
            self.stop()

    def start(self):
        with open(self.output, "ab") as output:
            self._process = subprocess.Popen(
                ["glewlwyd", "-c", self.state / "glewlwyd.conf"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._answers, 20, "Glewlwyd answers")

    def stop(self):
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=20)
            self._process = None

    def _answers(self):
        assert self._process.poll() is None, self.output.read_text()
        with contextlib.suppress(requests.ConnectionError):
            return requests.get(f"{self.base}/login.html", timeout=5).ok
        return False

    def _prepare(self):
        """The package's own configuration with our address, database and copy of the pages: Debian links a folder
        where the pages look for a file."""
        pages = self.state / "webapp"
        shutil.copytree(WEB_APPLICATION, pages, ignore=lambda *_: ["config.json"])
        shutil.copy(TEXTS, pages / "config.json")
        shutil.copytree(pages / "locales/en", pages / "locales/en-GB")  # which the journeys' browser asks for
        with contextlib.closing(sqlite3.connect(self.state / "glewlwyd.sqlite")) as database:
            database.executescript(SCHEMA.read_text())
        text = CONFIGURATION.read_text()
        for name, value in {
            "port": str(self.port),
            "external_url": f'"{self.base}/"',
            "log_mode": '"console"',
            "log_level": '"WARNING"',
        }.items():
            text = re.sub(rf"(?m)^{name}=.*", lambda _: f"{name}={value}", text)
        text = re.sub(r"(?m)^@include.*", "", text) + f"""
            bind_address="127.0.0.1"
            static_files_path="{pages}/"
            database = {{ type = "sqlite3"; path = "{self.state}/glewlwyd.sqlite"; }};
            """
        (self.state / "glewlwyd.conf").write_text(text)

    # What its administrator does

    def _set_up(self, redirect_uri):
        self._call("POST", "auth/", {"username": "admin", "password": "password"})
        # A property of its people that becomes the claim email_verified.
        store = self._call("GET", "mod/user/database").json()
        formats = store["parameters"].get("data-format") or {}
        formats["email_verified"] = {"multiple": False, "read": True, "write": True}
        self._call("PUT", "mod/user/database", store | {"parameters": store["parameters"] | {"data-format": formats}})
        self._call("PUT", "mod/user/database/reset")
        self.use_new_key(add=True)
        self.allow(redirect_uri)

    def use_new_key(self, add=False):
        """Signs with another key from now on, as a provider does now and then."""
        private = self._openssl("genrsa", "2048")
        public = self._openssl("rsa", "-pubout", input=private)
        settings = {
            "module": "oidc",
            "name": "oidc",
            "display_name": "OpenID Connect",
            "enabled": True,
            "parameters": PLUGIN | {"iss": self.issuer, "key": private, "cert": public},
        }
        if add:
            self._call("POST", "mod/plugin/", settings)
        else:
            self._call("PUT", "mod/plugin/oidc", settings)
            self._call("PUT", "mod/plugin/oidc/reset")

    def allow(self, *redirect_uris):
        """The client, with the addresses that answers may go to."""
        known = self._administrator.get(f"{self.base}/api/client/{self.client_id}", timeout=20).ok
        self._call(
            "PUT" if known else "POST",
            f"client/{self.client_id}" if known else "client/",
            {
                "client_id": self.client_id,
                "name": "Gatehouse",
                "confidential": True,
                "client_secret": self.client_secret,
                "password": self.client_secret,
                "redirect_uri": list(redirect_uris),
                "authorization_type": ["code"],
                "token_endpoint_auth_method": ["client_secret_basic"],
                "scope": ["openid"],
                "enabled": True,
            },
        )

    def add_person(self, username, email, name, verified=True):
        """Somebody who can sign in and has agreed already that the portal sees who it is."""
        self._call(
            "POST",
            "user/",
            {
                "username": username,
                "name": name,
                "email": email,
                "email_verified": "1" if verified else "0",
                "password": PASSWORD,
                "scope": ["openid"],
                "enabled": True,
            },
        )
        person = requests.Session()
        self._call("POST", "auth/", {"username": username, "password": PASSWORD}, person)
        self._call("PUT", f"auth/grant/{self.client_id}", {"scope": "openid"}, person)

    def _call(self, method, path, fields=None, session=None):
        session = session or self._administrator
        answer = session.request(method, f"{self.base}/api/{path}", json=fields, timeout=20)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text} {self.output.read_text()}"
        return answer

    @staticmethod
    def _openssl(*arguments, input=None):
        done = subprocess.run(["openssl", *arguments], input=input, capture_output=True, text=True, check=True)
        return done.stdout

    # What a person does in the browser

    def sign_in(self, page, username, password=PASSWORD):
        """On the provider's page: a script draws it, so each control is waited for."""
        page.locator("#username").fill(username)
        page.locator("#password").fill(password)
        page.locator("#password").press("Enter")
        page.get_by_role("button", name="Continue").click()

    def sign_in_again(self, page, password=PASSWORD):
        """Where the provider knows who it is and asks for the password once more."""
        page.locator("#password").fill(password)
        page.locator("#password").press("Enter")
        page.get_by_role("button", name="Continue").click()


PLUGIN = json.loads("""{
    "jwt-type": "rsa", "jwt-key-size": "256", "access-token-duration": 3600, "refresh-token-duration": 1209600,
    "code-duration": 600, "refresh-token-rolling": true, "allow-non-oidc": false, "auth-type-code-enabled": true,
    "auth-type-token-enabled": false, "auth-type-id-token-enabled": true, "auth-type-none-enabled": false,
    "auth-type-password-enabled": false, "auth-type-client-enabled": false, "auth-type-device-enabled": false,
    "auth-type-refresh-enabled": true, "scope": [], "additional-parameters": [], "jwks-show": true,
    "name-claim": "mandatory", "name-claim-scope": ["openid"], "email-claim": "mandatory",
    "email-claim-scope": ["openid"], "scope-claim": "no", "subject-type": "public", "allowed-scope": ["openid"],
    "pkce-allowed": true, "pkce-method-plain-allowed": false, "pkce-required": true, "address-claim": {"type": "no"},
    "session-management-allowed": true, "session-cookie-name": "GLEWLWYD2_OIDC_SID", "session-cookie-expiration": 2419200,
    "claims": [{
        "name": "email_verified", "user-property": "email_verified", "type": "boolean", "boolean-value-true": "1",
        "boolean-value-false": "0", "mandatory": true, "scope": ["openid"]
    }]
}""")
