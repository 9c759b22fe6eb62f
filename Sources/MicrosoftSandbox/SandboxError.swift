/// Why a sandbox can't start.
public enum SandboxError: Error, Equatable, CustomStringConvertible {
    case notLoopback(host: String)
    case invalidPublicBase(String)
    case invalidCustomerCount(Int)
    case unreadableState(file: String, reason: String)
    case unwritableState(file: String, reason: String)
    case invalidPort(Int)
    case portInUse(host: String, port: Int)
    case portRefused(host: String, port: Int, reason: String)

    public var description: String {
        switch self {
        case .notLoopback(let host):
            "The sandbox listens on 127.0.0.1, ::1 or localhost only, not on \(host): its passwords are public."
        case .invalidPublicBase(let base):
            "The public base must be an origin such as http://127.0.0.1:8090, without a path; this is not: \(base)"
        case .invalidCustomerCount(let count):
            "The number of customers must be between 0 and 100000, not \(count)."
        case .unreadableState(let file, let reason):
            "The state in \(file) can't be read (\(reason)). Mend that, or delete the file to start anew."
        case .unwritableState(let file, let reason):
            "The state can't be written to \(file): \(reason)"
        case .invalidPort(let port):
            "The port must be between 1 and 65535, not \(port)."
        case .portRefused(let host, let port, let reason):
            "Port \(port) on \(host) can't be opened: \(reason)."
        case .portInUse(let host, let port):
            "Port \(port) on \(host) is in use. Stop what listens there, or choose another with --port."
        }
    }
}
