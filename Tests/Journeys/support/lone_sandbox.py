"""A Microsoft sandbox with no portal, and an application for its pages to lead to."""

import contextlib
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import requests

from support.portal import ROOT, free_ports, wait_until

CLIENT = "aaaaaaaa-0000-4000-8000-0000000000a1"
PARTNER = "aaaaaaaa-0000-4000-8000-000000000001"
CUSTOMER = "cccccccc-0000-4000-8000-000000000001"
GUEST = "guest@acmecloud.example"
READERS = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"
GRAPH = "https://graph.microsoft.com"
PARTNER_CENTER = "https://api.partnercenter.microsoft.com/user_impersonation"


class Application(BaseHTTPRequestHandler):
    """Where the pages lead in the end."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>The application</title><h1>The application</h1>")

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_):
        pass


class LoneSandbox:
    """A sandbox alone, and an application that it knows."""

    def __init__(self):
        [self.port] = free_ports(1)
        self.base = f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def running(self):
        application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
        threading.Thread(target=application.serve_forever, daemon=True).start()
        self.application = f"http://127.0.0.1:{application.server_port}/return"
        program = ROOT / f".build/{os.environ.get('GATEHOUSE_BUILD', 'debug')}/microsoft-sandbox"
        command = [program, "--port", str(self.port), "--redirect-uri", self.application]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            wait_until(self._answers, 20, "the sandbox answers")
            yield self
        finally:
            process.terminate()
            process.wait(timeout=10)
            application.shutdown()
            application.server_close()

    def _answers(self):
        with contextlib.suppress(requests.ConnectionError):
            return requests.get(f"{self.base}/control/clock", timeout=5).ok
        return False

    def control(self, path, **fields):
        answer = requests.post(f"{self.base}/control/{path}", json=fields, timeout=20)
        assert answer.ok, answer.text

    def authorize(self, tenant=PARTNER, scope=PARTNER_CENTER, **more):
        asked = {"client_id": CLIENT, "response_type": "code", "redirect_uri": self.application, "scope": scope}
        return f"/entra/{tenant}/oauth2/v2.0/authorize?{urlencode(asked | more)}"

    def admin_consent(self, tenant=CUSTOMER):
        asked = {"client_id": CLIENT, "redirect_uri": self.application, "scope": f"{GRAPH}/.default", "state": "s"}
        return f"/entra/{tenant}/v2.0/adminconsent?{urlencode(asked)}"

    def graph(self, tenant, path, body):
        """As the application by itself."""
        asked = {"client_id": CLIENT, "client_secret": "practice-secret", "scope": f"{GRAPH}/.default"}
        endpoint = f"{self.base}/entra/{tenant}/oauth2/v2.0/token"
        token = requests.post(endpoint, data=asked | {"grant_type": "client_credentials"}, timeout=20).json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        answer = requests.post(f"{self.base}/graph/v1.0/{path}", json=body, headers=headers, timeout=20)
        assert answer.ok, answer.text
        return answer.json()

    def invitation(self, email=GUEST):
        self.control("consents", tenant=CUSTOMER)
        body = {"invitedUserEmailAddress": email, "inviteRedirectUrl": self.application}
        return self.graph(CUSTOMER, "invitations", body)["inviteRedeemUrl"].removeprefix(self.base)

    def relationship(self, name, customer=CUSTOMER):
        """Waiting for the customer's approval. Returns the address of the page for it."""
        self.control("consents", tenant=PARTNER)
        path = "tenantRelationships/delegatedAdminRelationships"
        body = {"displayName": name, "duration": "P730D", "customer": {"tenantId": customer}}
        made = self.graph(PARTNER, path, body | {"accessDetails": {"unifiedRoles": [{"roleDefinitionId": READERS}]}})
        self.graph(PARTNER, f"{path}/{made['id']}/requests", {"action": "lockForApproval"})
        return f"/admin/partners/invitation/granularAdminRelationships/{made['id']}"

    def delegated(self, role):
        """An active relationship with the customer, made at once."""
        self.control("relationships", customer=CUSTOMER, roles=role)

    def decided(self, address, decision):
        """What the customer has answered already."""
        self.control(f"relationships/{address.rsplit('/', 1)[1]}", decision=decision, customer=CUSTOMER)
        return address
