"""A steady stream of requests, beside the test's own thread."""

import asyncio
import collections
import threading
import time


class Load:
    """GETs at a fixed rate, each on a connection of its own, whatever becomes of those before."""

    def __init__(self, portal, path, rate):
        self.portal, self.path, self.rate = portal, path, rate
        self.results = collections.Counter()
        self.slowest = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()

    async def _run(self):
        began, tasks = time.monotonic(), []
        while not self._ended.is_set():
            tasks.append(asyncio.create_task(self._get()))
            await asyncio.sleep(max(0, began + len(tasks) / self.rate - time.monotonic()))
        await asyncio.gather(*tasks)

    async def _get(self):
        began = time.monotonic()
        try:
            self.results[await asyncio.wait_for(self._status(), 20)] += 1
        except (OSError, TimeoutError, IndexError) as error:
            self.results[repr(error)] += 1
        self.slowest = max(self.slowest, time.monotonic() - began)

    async def _status(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.portal.port)
        writer.write(f"GET {self.path} HTTP/1.0\r\nHost: eu.gatehouse.localhost:{self.portal.port}\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        return int(answer.split(b" ", 2)[1])
