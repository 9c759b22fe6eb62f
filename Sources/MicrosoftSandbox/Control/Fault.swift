/// Something that goes wrong on demand, the next few times.
public struct Fault: Sendable, Equatable {
    /// What goes wrong.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// 429 with `Retry-After`.
        case throttle
        /// 500 from Partner Center, 503 from Entra.
        case serverError
        /// Entra leaves `mfa` out of `amr`; Partner Center behaves as if it had.
        case mfaClaimMissing
        /// Entra answers AADSTS50173 to a refresh; Partner Center 401.
        case tokenRevoked
        /// The answer comes after ``Fault/seconds``.
        case slow
    }

    public var service: SandboxService
    /// Any call of the service when nil.
    public var call: ServiceCall?
    public var kind: Kind
    /// How many more times.
    public var times: Int
    /// The value of `Retry-After`, as it stands: seconds, a date, or nonsense.
    public var retryAfter: String
    /// How long a slow answer takes, in real seconds.
    public var seconds: Double

    public init(
        _ kind: Kind, service: SandboxService, call: ServiceCall? = nil, times: Int = 1, retryAfter: String = "57",
        seconds: Double = 5
    ) {
        self.kind = kind
        self.service = service
        self.call = call
        self.times = times
        self.retryAfter = retryAfter
        self.seconds = seconds
    }

    func delay() async throws {
        try await Task.sleep(for: .seconds(min(max(seconds, 0), 600)))
    }
}
