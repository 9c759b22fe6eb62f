/// An answer of a Microsoft service that is not what was asked for.
public struct MicrosoftFault: Error, Sendable, Equatable {
    /// The HTTP status.
    public let status: Int
    /// Partner Center's `code`, for example `20002`; empty when the answer has none.
    public let code: String
    public let message: String
    /// The answer's `Date`, as it came.
    public let time: String
    public let requestID: String
    public let correlationID: String

    public init(status: Int, code: String, message: String, time: String, requestID: String, correlationID: String) {
        self.status = status
        self.code = code
        self.message = message
        self.time = time
        self.requestID = requestID
        self.correlationID = correlationID
    }
}
