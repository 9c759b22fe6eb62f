public import Glibc

/// A socket on which FastCGI connections come in.
public struct FastCGIListener: Sendable {
    let descriptor: Int32
    /// Nil for an inherited socket, which belongs to whoever holds it and must outlive this process.
    private let owned: OwnedDescriptor?

    /// Takes over a socket that spawn-fcgi or systemd holds, and makes it non-blocking for all that share it.
    ///
    /// It is never closed nor shut down here: connections that come between two processes wait in its queue.
    public static func inherited(descriptor: Int32 = 0) throws -> FastCGIListener {
        guard isInherited(descriptor: descriptor) else { throw FastCGIError.notListening(descriptor: descriptor) }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) >= 0 else {
            throw FastCGIError.system("fcntl")
        }
        return FastCGIListener(descriptor: descriptor, owned: nil)
    }

    /// Whether the descriptor is a listening socket. Takes no connection from it.
    public static func isInherited(descriptor: Int32 = 0) -> Bool {
        var isListening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0 && isListening == 1
    }

    /// Makes a Unix socket of our own. A socket file that nobody listens on any more is replaced; the file stays behind
    /// afterwards, as the next process may already have made its own.
    ///
    /// - Parameter mode: set before the first connection is possible. Whoever may write to the socket speaks for the
    ///   web server, visitors' addresses included.
    public static func bind(path: String, mode: mode_t = 0o660, backlog: Int32 = 511) throws -> FastCGIListener {
        let address = try UnixSocketAddress(path)
        try removeStaleSocket(path, address)
        let socket = try UnixSocketAddress.makeSocket()
        guard address({ Glibc.bind(socket.value, $0, $1) }) == 0 else { throw FastCGIError.system("bind") }
        guard chmod(path, mode) == 0 else { throw FastCGIError.system("chmod") }
        guard listen(socket.value, backlog) == 0 else { throw FastCGIError.system("listen") }
        return FastCGIListener(descriptor: socket.value, owned: socket)
    }

    private static func removeStaleSocket(_ path: String, _ address: UnixSocketAddress) throws {
        guard UnixSocketAddress.isSocket(path) else { return }
        let probe = try UnixSocketAddress.makeSocket()
        guard address({ connect(probe.value, $0, $1) }) < 0, errno == ECONNREFUSED else {
            throw FastCGIError.pathInUse(path)
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw FastCGIError.system("unlink") }
    }
}
