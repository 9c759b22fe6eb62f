/// What is wrong with a contract document itself.
public struct ContractError: Error, Equatable, CustomStringConvertible {
    /// A JSON pointer into the document.
    public let pointer: String
    public let message: String

    public var description: String { "#\(pointer) \(message)" }
}
