import Foundation

/// A connection of the admin socket: one request and one answer, each JSON behind its length. Whoever may open the socket
/// is the portal's own account, or root.
final class AdminSocket: Sendable {
    static let fileName = "admin.sock"
    private static let maxBytes = 64 << 20
    private let descriptor: Int32

    init(descriptor: Int32, seconds: Int) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { close(descriptor) }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        let code = errno

        init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }

        var meansNobody: Bool { code == ENOENT || code == ECONNREFUSED }
    }

    /// - Throws: ``Failure`` when nobody listens there.
    static func connect(to path: String, seconds: Int) throws -> AdminSocket {
        let descriptor = try make()
        let connected = AdminSocket(descriptor: descriptor, seconds: seconds)
        guard try withAddress(path, { Glibc.connect(descriptor, $0, $1) }) == 0 else { throw Failure(path) }
        return connected
    }

    /// Opens the socket for its owner only. The caller holds the lock of the state folder, so a file that is there is of a
    /// process that has ended.
    static func listen(at path: String) throws -> Int32 {
        unlink(path)
        let descriptor = try make()
        let before = umask(0o177)
        let bound = try withAddress(path) { bind(descriptor, $0, $1) }
        umask(before)
        guard bound == 0, Glibc.listen(descriptor, 16) == 0 else {
            close(descriptor)
            throw Failure(path)
        }
        return descriptor
    }

    func receive<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let head = try read(4)
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.maxBytes else { throw AdminProblem("A message of \(length) bytes is too long.") }
        return try JSONDecoder().decode(type, from: Data(try read(length)))
    }

    func send(_ value: some Encodable) throws {
        let content = try JSONEncoder().encode(value)
        let head = withUnsafeBytes(of: UInt32(content.count).bigEndian) { Array($0) }
        var rest = (head + content)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { throw Failure("The admin socket was closed") }
            rest = rest.dropFirst(sent)
        }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < count {
            let got = recv(descriptor, &part, min(part.count, count - bytes.count), 0)
            guard got > 0 else {
                throw got == 0 ? AdminSocketClosed() : Failure("The admin socket")
            }
            bytes += part[..<got]
        }
        return bytes
    }

    private static func make() throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure("socket") }
        return descriptor
    }

    private static func withAddress<T>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T) throws -> T {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw AdminProblem("The name of the state folder is too long for a socket in it: \(path)")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}

/// The other side has gone: a portal that ended, or somebody who only looked whether one serves.
package struct AdminSocketClosed: Error, CustomStringConvertible {
    package let description = "The admin socket was closed."
}
