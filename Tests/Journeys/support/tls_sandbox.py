"""A Microsoft sandbox behind TLS, because Microsoft's own clients speak https only."""

import contextlib
import html
import os
import re
import subprocess
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

from support.portal import ROOT, free_ports, wait_until

PASSWORD = "gatehouse-practice"
CODE = "123456"

NGINX = """
daemon off; pid {state}/nginx.pid; error_log {state}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {state}/body; proxy_temp_path {state}/proxy; fastcgi_temp_path {state}/fastcgi;
    uwsgi_temp_path {state}/uwsgi; scgi_temp_path {state}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {state}/leaf.pem; ssl_certificate_key {state}/leaf.key;
        large_client_header_buffers 4 32k;
        location / {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $http_host; }}
    }}
}}
"""


class TLSSandbox:
    """`microsoft-sandbox` and an nginx before it, with a certificate of a throw-away authority."""

    REDIRECT_URI = "https://portal.example/connections/return"

    def __init__(self, state):
        self.state = state
        self.port, self._behind = free_ports(2)
        self.base = f"https://127.0.0.1:{self.port}"
        self.authority_file = str(state / "ca.pem")

    @contextlib.contextmanager
    def running(self):
        self._make_certificates()
        (self.state / "nginx.conf").write_text(
            NGINX.format(state=self.state, port=self.port, behind=self._behind)
        )
        build = os.environ.get("GATEHOUSE_BUILD", "debug")
        sandbox = [ROOT / f".build/{build}/microsoft-sandbox", "--port", str(self._behind)]
        sandbox += ["--public-base", self.base, "--redirect-uri", self.REDIRECT_URI]
        nginx = ["nginx", "-p", self.state, "-c", self.state / "nginx.conf"]
        nginx += ["-e", self.state / "error.log"]
        if os.geteuid() == 0:
            nginx += ["-g", "user root root;"]
        processes = []
        try:
            for command in (sandbox, nginx):
                processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL))
            wait_until(self._answers, 20, "the sandbox answers over TLS")
            yield self
        finally:
            for process in processes:
                process.terminate()
                process.wait(timeout=10)

    def _answers(self):
        with contextlib.suppress(requests.ConnectionError):
            return self.get("/control/clock").ok
        return False

    def _make_certificates(self):
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.state, check=True, capture_output=True)

        openssl(
            *"req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem".split(),
            *"-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign -subj".split(),
            "/CN=Throw-away authority",
        )
        openssl(
            *"req -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=127.0.0.1".split()
        )
        (self.state / "leaf.ext").write_text("subjectAltName=IP:127.0.0.1\n")
        openssl(
            *"x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2".split(),
            *"-extfile leaf.ext -out leaf.pem".split(),
        )

    # What tests ask

    def get(self, path, **options):
        return requests.get(self.base + path, verify=self.authority_file, timeout=20, **options)

    def control(self, path, **fields):
        answer = requests.post(
            f"{self.base}/control/{path}", json=fields, verify=self.authority_file, timeout=20
        )
        assert answer.ok, answer.text

    def sign_in(self, address, account="admin@acmecloud.example"):
        """Goes through the pages as a person without a browser. Returns what the application gets in the end."""
        answers = {
            "signin": {"account": account, "password": PASSWORD},
            "mfa": {"code": CODE},
            "mfa-setup": {"code": CODE},
            "consent": {"decision": "accept"},
        }
        session = requests.Session()
        session.verify = self.authority_file
        page = session.get(address, allow_redirects=False, timeout=20)
        for _ in range(len(answers) + 1):
            if page.is_redirect:
                return dict(parse_qsl(urlsplit(page.headers["Location"]).query))
            assert page.ok, page.text
            action = re.search(r'action="([^"]*)"', page.text)[1]
            hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page.text)
            fields = {name: html.unescape(value) for name, value in hidden}
            if action == self.REDIRECT_URI:
                return fields
            page = session.post(
                urljoin(address, action),
                data=fields | answers[action.rsplit("/", 1)[1]],
                allow_redirects=False,
                timeout=20,
            )
        raise AssertionError(page.text)
