"""Bytes as they are: to nginx's port, and to the portal's own socket."""

import contextlib
import re
import socket
import struct


def exchange(portal, request, seconds=10):
    """Everything that comes back until the other side closes or falls silent. "PORT" is replaced."""
    if isinstance(request, str):
        request = request.encode()
    with socket.create_connection(("127.0.0.1", portal.port), timeout=seconds) as connection:
        answer = b""
        with contextlib.suppress(OSError):
            connection.sendall(request.replace(b"PORT", str(portal.port).encode()))
            while part := connection.recv(65536):
                answer += part
    return answer


def statuses(answer):
    """Of every response in the bytes, as far as each begins a line of its own."""
    return [int(found) for found in re.findall(rb"(?:^|\n|>)HTTP/1\.[01] (\d{3}) ", answer)]


def fastcgi(path, variables, body=b"", seconds=10, records=None):
    """One FastCGI request on a unix socket, as a web server sends it. Returns the bytes of STDOUT."""

    def record(kind, content):
        return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content

    params = b"".join(
        struct.pack(">II", len(name) | 0x80000000, len(value) | 0x80000000) + name + value
        for name, value in ((name.encode(), value.encode()) for name, value in variables)
    )
    sent = record(1, b"\0\1\0\0\0\0\0\0") + record(4, params) + record(4, b"") + (record(5, body) if body else b"") + record(5, b"")
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(seconds)
        connection.connect(str(path))
        received = b""
        with contextlib.suppress(OSError):
            connection.sendall(records or sent)
            while part := connection.recv(65536):
                received += part
    output = b""
    while len(received) >= 8:
        kind, length, padding = received[1], *struct.unpack(">HB", received[4:7])
        output += received[8 : 8 + length] if kind == 6 else b""
        received = received[8 + length + padding :]
    return output
