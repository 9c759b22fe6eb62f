"""A Gatehouse as somebody sets it up for real work: empty, without demo world and sandbox, at addresses of this machine."""

import contextlib
import os
import subprocess

from support.lone_nginx import LoneNginx
from support.portal import ROOT, wait_until


class FreshPortal(LoneNginx):
    """nginx with the repository's configuration, and `gatehouse serve` behind it, not in practice mode."""

    def command(self, *arguments, typed=""):
        """Runs `gatehouse` on this portal's state."""
        return subprocess.run(
            [self._program, *arguments], input=typed, capture_output=True, text=True, timeout=60, env=self.environment()
        )

    @contextlib.contextmanager
    def running(self):
        with super().running(), open(self.state / "logs/portal.log", "wb") as log:
            served = subprocess.Popen([self._program, "serve"], stdin=subprocess.DEVNULL, stderr=log, env=self.environment())
            try:
                wait_until(lambda: self.get("/readyz").status == 200, 20, "the portal is ready")
                yield self
            finally:
                served.terminate()
                served.wait(timeout=10)

    def environment(self):
        return super().environment() | {
            "GATEHOUSE_REGION_EU": self.eu,
            "GATEHOUSE_REGION_US": self.us,
            "GATEHOUSE_SOCKET": str(self.socket),
        }

    @property
    def _program(self):
        return ROOT / f".build/{os.environ.get('GATEHOUSE_BUILD', 'debug')}/gatehouse"
