"""A running Gatehouse: script/server on free ports, with a state folder of its own."""

import contextlib
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode()


class Portal:
    """The portal with nginx before it and the sandbox beside it."""

    def __init__(self, state, **settings):
        """`settings`: further environment variables."""
        self.state = Path(state)
        self._settings = settings
        self.port, self.sandbox_port = free_ports(2)
        self.eu = f"http://eu.gatehouse.localhost:{self.port}"
        self.us = f"http://us.gatehouse.localhost:{self.port}"
        self.shop = f"http://shop.acme.localhost:{self.port}"
        self.sandbox = f"http://127.0.0.1:{self.sandbox_port}"
        self.output = Path(f"{self.state}.log")
        self._script = None
        self._sessions = set()

    # Starting and stopping

    def start(self):
        """Returns when the portal answers."""
        with open(self.output, "wb") as output:
            self._script = subprocess.Popen(
                [ROOT / "script/server", "--no-build"],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # Whoever started the tests in the background has Ctrl-C ignored; a script can't undo that.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )
        wait_until(self._is_up_or_gone, 60, "script/server is ready")
        assert self._script.poll() is None, self.output.read_text()
        self._sessions = {self.part(name) for name in ("nginx", "portal", "sandbox")}

    def environment(self):
        ours = {
            "GATEHOUSE_STATE": str(self.state),
            "GATEHOUSE_PORT": str(self.port),
            "GATEHOUSE_SANDBOX_PORT": str(self.sandbox_port),
        }
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GATEHOUSE_")}
        kept |= {key: os.environ[key] for key in ["GATEHOUSE_BUILD"] if key in os.environ}
        return kept | ours | self._settings

    def _is_up_or_gone(self):
        return self._script.poll() is not None or "Ctrl-C stops it" in self.output.read_text()

    def interrupt(self, with_signal=signal.SIGINT):
        """What Ctrl-C does, to the end. Returns the exit code."""
        os.killpg(self._script.pid, with_signal)
        return self._script.wait(timeout=20)

    def stop(self):
        """Stops everything, and sees that no process is left."""
        code = self.interrupt()
        left = self.processes()
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert code == 0, self.output.read_text()
        assert not left, f"still there after the end: {left}"

    # Processes

    @property
    def script_pid(self):
        return self._script.pid

    def processes(self):
        """Every living process of this portal, by id: those of its parts' sessions (script/server gives each part
        one), and those that have its state folder in their environment (nginx overwrites its own)."""
        mark = f"GATEHOUSE_STATE={self.state}".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
                ours = int(session) in self._sessions or mark in (folder / "environ").read_bytes().split(b"\0")
                if ours and state != "Z":
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def part(self, name):
        """The id of nginx, of the sandbox, or of the portal's watcher ("portal")."""
        return int((self.state / f"run/{name}.pid").read_text())

    def portal_pid(self):
        """The id of `gatehouse serve`, or None between two of them."""
        watcher = self.part("portal")
        children = Path(f"/proc/{watcher}/task/{watcher}/children").read_text().split()
        return int(children[0]) if children else None

    def kill_portal(self):
        """kill -9 of `gatehouse serve` and of nothing else. Returns the seconds until it answered again."""
        return self._replace_portal(signal.SIGKILL)

    def restart(self):
        """An orderly end of `gatehouse serve`, which its watcher starts again. Returns the seconds it took."""
        return self._replace_portal(signal.SIGTERM)

    def _replace_portal(self, with_signal):
        before, began = self.portal_pid(), time.monotonic()
        os.kill(before, with_signal)
        wait_until(lambda: self.portal_pid() not in (before, None), 10, "a new portal process")
        wait_until(lambda: self.get("/readyz").status == 200, 20, "the portal is ready again")
        return time.monotonic() - began

    # What can be asked, without a browser

    def get(self, path, host="eu.gatehouse.localhost", method="GET", headers={}, body=None):
        """One request through nginx. Only browsers know names under .localhost, so the name is a header here."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers={"Host": f"{host}:{self.port}"} | headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def sqlite(self, query, *values):
        """Rows of the portal's database as dictionaries. Read-only: a second writer would harm it."""
        with contextlib.closing(sqlite3.connect(f"file:{self.state}/gatehouse.sqlite?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query, values)]

    def control(self, path, method=None, **fields):
        """Calls the sandbox's control API: GET, or POST when there are fields."""
        request = urllib.request.Request(
            self.sandbox + path,
            method=method or ("POST" if fields else "GET"),
            data=json.dumps(fields).encode() if fields else None,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            text = response.read().decode()
        return json.loads(text) if text else None

    def log(self, name, lines=40):
        """The end of a log: "portal", "sandbox", "nginx-access", "nginx-error"."""
        path = self.state / f"logs/{name}.log"
        return "".join(path.read_text(errors="replace").splitlines(keepends=True)[-lines:]) if path.exists() else ""


def free_ports(count):
    with contextlib.ExitStack() as sockets:
        opened = [sockets.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in opened]


def wait_until(condition, seconds, what):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"not within {seconds} seconds: {what}"
        time.sleep(0.02)
