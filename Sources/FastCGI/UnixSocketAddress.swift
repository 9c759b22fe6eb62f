import CFCGI
import Glibc

/// The path of a Unix socket, as the system wants it.
struct UnixSocketAddress {
    private let address: sockaddr_un

    init(_ path: String) throws(FastCGIError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let limit = MemoryLayout.size(ofValue: address.sun_path) - 1
        guard path.utf8.count <= limit else { throw .pathTooLong(path, limit: limit) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        self.address = address
    }

    /// Non-blocking, and closed in child processes.
    static func makeSocket() throws(FastCGIError) -> OwnedDescriptor {
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        return try OwnedDescriptor(socket(AF_UNIX, Int32(type), 0), from: "socket")
    }

    static func isSocket(_ path: String) -> Bool { gatehouse_is_socket(path) == 1 }

    func callAsFunction<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
