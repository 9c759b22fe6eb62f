"""deploy/nginx as it is, on free ports of this machine, with a throw-away certificate, before a portal that runs already."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess

from support.portal import ROOT, Answer, free_ports, wait_until

DEPLOY = ROOT / "deploy/nginx"
NAME = "eu.example.com"


class ProductionNginx:
    """Names and paths of the sample are replaced, as an administrator does, and nothing else."""

    def __init__(self, folder, name=NAME):
        self.folder, self.portal_socket, self.name = folder, folder / "none.sock", name
        self.plain_port, self.port = free_ports(2)

    @contextlib.contextmanager
    def running(self):
        self._write()
        environment = ["nginx", "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log"]
        subprocess.run([*environment, "-t"], check=True, capture_output=True)
        process = subprocess.Popen([*environment, "-g", "daemon off;"], stdin=subprocess.DEVNULL)
        try:
            wait_until(lambda: self._is_open(self.port), 5, "nginx runs")
            yield self
        finally:
            process.terminate()
            process.wait(timeout=10)

    def _is_open(self, port):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        return False

    def _write(self):
        shutil.copytree(DEPLOY, self.folder, dirs_exist_ok=True)
        live = self.folder / f"live/{self.name}"
        live.mkdir(parents=True)
        (self.folder / "acme/.well-known/acme-challenge").mkdir(parents=True)
        (self.folder / "acme/.well-known/acme-challenge/token").write_text("the proof")
        subprocess.run(
            [*"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout privkey.pem -out fullchain.pem -subj".split(),
             f"/CN={self.name}", "-addext", f"subjectAltName=DNS:{self.name}"],
            cwd=live, check=True, capture_output=True,
        )  # fmt: skip
        names = self.folder / "gatehouse/names"
        shutil.move(names / "eu.example.com.conf", names / f"{self.name}.conf")
        for path in [*self.folder.glob("*.conf"), *self.folder.glob("gatehouse/**/*.conf")]:
            text = path.read_text().replace("eu.example.com", self.name)
            text = re.sub(r"listen( +)\[::\].*\n", "", text)
            text = re.sub(r"listen( +)80\b", rf"listen\1 127.0.0.1:{self.plain_port}", text)
            text = re.sub(r"listen( +)443\b", rf"listen\1 127.0.0.1:{self.port}", text)
            for there, here in {
                "/etc/letsencrypt/live": self.folder / "live",
                "/var/lib/gatehouse-acme": self.folder / "acme",
                "/usr/local/share/gatehouse/www": ROOT / "www",
                "/run/gatehouse/portal.sock": self.portal_socket,
                "/run/nginx.pid": self.folder / "nginx.pid",
                "/var/log/nginx": self.folder,
                "www-data": "root" if os.geteuid() == 0 else "nobody",
            }.items():
                text = text.replace(there, str(here))
            path.write_text(text)

    # What can be asked

    def get(self, path, name=None, method="GET", headers={}, body=None, sni=None):
        """One request over TLS; `name` is its Host, `sni` the name of the handshake."""
        context = ssl.create_default_context(cafile=self.folder / f"live/{self.name}/fullchain.pem")
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=context)
        with contextlib.closing(connection):
            plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
            connection.sock = context.wrap_socket(plain, server_hostname=sni or self.name)
            connection.request(method, path, body=body, headers={"Host": name or self.name} | headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def plain(self, path, name=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=20)
        with contextlib.closing(connection):
            connection.request("GET", path, headers={"Host": name or self.name})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
