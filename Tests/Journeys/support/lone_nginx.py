"""nginx with the repository's own configuration, and no portal behind it."""

import contextlib
import os
import re
import subprocess

from support.portal import ROOT, Portal, wait_until


class LoneNginx(Portal):
    """Answers `get` as a portal does; nobody listens on its socket, unless the test does."""

    @property
    def socket(self):
        return self.state / "portal.sock"

    @contextlib.contextmanager
    def running(self):
        (self.state / "logs").mkdir(parents=True)
        text = (ROOT / "nginx.conf").read_text()
        text = text.replace("127.0.0.1:8080", f"127.0.0.1:{self.port}").replace(".gatehouse/", f"{self.state}/")
        text = re.sub(r"(root +)www;", rf"\1{ROOT}/www;", text)
        (self.state / "nginx.conf").write_text(text)
        directives = "daemon off;" + ("user root root;" if os.geteuid() == 0 else "")
        command = ["nginx", "-p", ROOT, "-c", self.state / "nginx.conf", "-g", directives]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        try:
            wait_until((self.state / "nginx.pid").exists, 5, "nginx runs")
            yield self
        finally:
            process.terminate()
            process.wait(timeout=10)
