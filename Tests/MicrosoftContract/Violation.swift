/// Something in an exchange that the documents do not describe.
public struct Violation: Sendable, Equatable, CustomStringConvertible {
    public enum Side: String, Sendable {
        case request, response
    }

    /// For example `GET /v1/customers/{customerId}`; the method and the path as they came where no operation has them.
    public let operation: String
    public let side: Side
    /// What is meant: `query size`, `header Location`, `status 418`, `body`.
    public let part: String
    /// A JSON pointer into the body; empty for all of it, and for the other parts.
    public let pointer: String
    public let message: String

    public var description: String {
        "\(operation): \(side.rawValue) \(part)\(pointer.isEmpty ? "" : " \(pointer)") \(message)"
    }
}
