"""A FastCGI responder of a few lines: keeps the parameters that nginx sends, and answers what the test says."""

import contextlib
import os
import socket
import struct
import threading

BEGIN, END, PARAMS, STDIN, STDOUT = 1, 3, 4, 5, 6


class FakeResponder:
    """Listens where the portal would. `answer` is the CGI answer, header fields and body."""

    def __init__(self, path, answer=b"Status: 200 OK\r\nContent-Type: text/plain\r\n\r\nhere"):
        self.path, self.answer = str(path), answer
        self.requests = []

    @contextlib.contextmanager
    def running(self):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.path)
        os.chmod(self.path, 0o666)
        listener.listen(64)
        threading.Thread(target=self._serve, args=[listener], daemon=True).start()
        try:
            yield self
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _serve(self, listener):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError, EOFError):
                    self.requests.append(self._read(connection))
                    connection.sendall(self._records())

    def _read(self, connection):
        stream, params = connection.makefile("rb"), b""
        while True:
            head = stream.read(8)
            if len(head) < 8:
                raise EOFError
            _, kind, _, length, padding, _ = struct.unpack(">BBHHBB", head)
            content = stream.read(length + padding)[:length]
            if kind == PARAMS:
                params += content
            if kind == STDIN and not content:
                return dict(self._pairs(params))

    @staticmethod
    def _pairs(data):
        def length():
            nonlocal data
            if data[0] < 128:
                number, data = data[0], data[1:]
            else:
                number, data = struct.unpack(">I", data[:4])[0] & 0x7FFFFFFF, data[4:]
            return number

        while data:
            name, value = length(), length()
            yield data[:name].decode(), data[name : name + value].decode()
            data = data[name + value :]

    def _records(self):
        parts = [self.answer[place : place + 65_528] for place in range(0, len(self.answer), 65_528)] + [b""]
        stdout = b"".join(struct.pack(">BBHHBB", 1, STDOUT, 1, len(part), 0, 0) + part for part in parts)
        return stdout + struct.pack(">BBHHBB", 1, END, 1, 8, 0, 0) + bytes(8)
