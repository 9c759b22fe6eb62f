/// An answer of a Microsoft service that is not what was asked for, or a call that could not be sent as it was meant.
public struct MicrosoftFault: Error, Sendable, Equatable {
    public let reason: Reason
    /// The HTTP status; 0 when nothing was sent.
    public let status: Int
    /// Partner Center's `code`, for example `20002`, or Graph's and Azure's `error.code`, for example
    /// `Authorization_RequestDenied`; empty when the answer has none.
    public let code: String
    /// Microsoft's own words, at most 2,000 characters; ours, in English, when there are none.
    public let message: String
    /// The answer's `Date`, or Graph's `innerError.date`, as it came.
    public let time: String
    public let requestID: String
    public let correlationID: String
    /// What Graph and Azure add to the message, at most 20.
    public let details: [Detail]
    /// How long Microsoft asks to wait, at most a day.
    public let retryAfter: Duration?

    public enum Reason: Sendable, Equatable {
        /// Microsoft answered with a status that is not a success.
        case refused
        /// The answer is not of the documented form.
        case unreadable
        /// A link of the answer leads out of the service; no token was sent there.
        case foreignLink
        /// Pages lead back to pages that were read, or never end.
        case endlessPages
        /// Nothing was sent: what should go into the request can't be part of it.
        case unsendable
    }

    public struct Detail: Sendable, Equatable {
        public let code: String
        public let message: String

        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    public init(
        reason: Reason = .refused, status: Int, code: String, message: String, time: String, requestID: String,
        correlationID: String, details: [Detail] = [], retryAfter: Duration? = nil
    ) {
        self.reason = reason
        self.status = status
        self.code = code
        self.message = message
        self.time = time
        self.requestID = requestID
        self.correlationID = correlationID
        self.details = details
        self.retryAfter = retryAfter
    }

    /// Of this side of the wire.
    init(_ reason: Reason, _ message: String) {
        self.init(reason: reason, status: 0, code: "", message: message, time: "", requestID: "", correlationID: "")
    }
}

extension MicrosoftFault {
    /// Whether somebody else changed the thing since it was read: Partner Center says 400 / 2055 ("Partner Center REST error
    /// codes"), Graph 412. Read it again.
    public var isStaleETag: Bool { status == 412 || (status == 400 && code == "2055") }

    /// Whether a delta link is too old, so that the round has to start again without one (Microsoft Learn: "Use delta query
    /// to track changes in Microsoft Graph data": 410, and for expired tokens another 40x).
    public var isResyncRequired: Bool {
        status == 410
            || ((400..<500).contains(status)
                && ["syncstatenotfound", "syncstateinvalid", "resyncrequired"].contains(code.lowercased()))
    }

    /// Whether what should be created is there already, which the services tell by text only.
    var saysAlreadyThere: Bool {
        reason == .refused && (status == 400 || status == 409) && message.lowercased().contains("already exist")
    }
}
