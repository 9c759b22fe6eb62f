import Glibc

/// Why a server can't start or go on.
public enum FastCGIError: Error, Equatable {
    /// The descriptor that should have been inherited is closed, or something else.
    case notListening(descriptor: Int32)
    /// In bytes of UTF-8.
    case pathTooLong(String, limit: Int)
    /// Another process answers there.
    case pathInUse(String)
    /// The C library or libfcgi refused; `code` is an errno.
    case system(call: String, code: Int32)

    /// For the errno that `call` has just left.
    static func system(_ call: String) -> FastCGIError { .system(call: call, code: errno) }
}

extension FastCGIError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notListening(let descriptor):
            """
            Descriptor \(descriptor) is not a listening socket. Start the program with spawn-fcgi or systemd, or give \
            it the path of a socket.
            """
        case .pathTooLong(let path, let limit):
            "The socket's path is longer than \(limit) bytes, which is all that the system takes: \(path)"
        case .pathInUse(let path):
            "Another process already listens on \(path). Stop it first, or choose another path."
        case .system(let call, let code):
            "\(call): \(String(cString: strerror(code)))"
        }
    }
}
