/// Something that goes wrong on demand, the next few times.
public struct Fault: Sendable, Equatable {
    /// What goes wrong.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// 429 with ``Fault/retryAfter``, in the service's own error shape.
        case throttle
        /// ``Fault/status`` (500, 502, 503, 504) in the service's own error shape.
        case serverError
        /// Entra leaves `mfa` out of `amr`; Partner Center, and Graph's calls of delegated administration, behave as if it
        /// had.
        case mfaClaimMissing
        /// Entra answers AADSTS50173 to a refresh; the other services 401.
        case tokenRevoked
        /// A refusal whose number is ``Fault/form``: Entra's 50076, 65001, 700082, …; Partner Center's 800064, 900278, …,
        /// else 2032. At Graph's billing exports the request is taken and the export fails with that code, 2000 when none is
        /// given.
        case refusal
        /// A token answer that a client must not believe; which is ``Fault/form``: `noRefreshToken`, `otherScope`,
        /// `otherTenant`, `expiresInZero`, `expiresInNegative`, `expiresInHuge`.
        case tokenAnswer
        /// The answer comes after ``Fault/seconds``. The only kind before an answer that the admin center has too.
        case slow
        /// The body comes in small pieces over ``Fault/seconds``.
        case drip
        /// The connection breaks in the middle of the body.
        case reset
        /// Half of the body, as if it were whole.
        case truncated
        /// Another body; which is ``Fault/form``, one of ``WrongBody``.
        case wrongBody
        /// A redirect to ``Fault/form``, by default another host.
        case redirect
        /// The header field `Date` is off by ``Fault/seconds``; they may be negative.
        case clockOff
        /// The link to the next page leads to the page itself. This and the next two: lists with pages, of Partner Center,
        /// Graph and Azure.
        case pageLoop
        /// The next page begins with the last item of this one.
        case pageOverlap
        /// The link to the next page leads to another host.
        case nextLinkElsewhere
    }

    public var service: SandboxService
    /// Any call of the service when nil.
    public var call: ServiceCall?
    public var kind: Kind
    /// How many more times.
    public var times: Int
    /// Strikes at every so many calls that it applies to: 1 at each, 10 at each tenth.
    public var every: Int
    /// Calls since it struck last.
    var passed = 0
    /// The value of `Retry-After`, as it stands: seconds, a date, or nonsense. Empty: the header field is missing.
    public var retryAfter: String
    public var seconds: Double
    public var status: Int
    /// What exactly, where a kind has several forms.
    public var form: String

    public init(
        _ kind: Kind, service: SandboxService, call: ServiceCall? = nil, times: Int = 1, retryAfter: String = "57",
        seconds: Double = 5, status: Int = 500, form: String = "", every: Int = 1
    ) {
        self.kind = kind
        self.service = service
        self.call = call
        self.times = times
        self.retryAfter = retryAfter
        self.seconds = seconds
        self.status = status
        self.form = form
        self.every = max(1, every)
    }

    /// Values of ``form`` that mean something: of wrong bodies, of token answers, some of Entra's numbers, Partner
    /// Center's, and the failure of a billing export.
    static let forms =
        WrongBody.allCases.map(\.rawValue) + SpoiledTokenAnswer.allCases.map(\.rawValue)
        + ["50076", "50079", "50173", "65001", "700016", "700082"] + PartnerCenterFault.codesOnDemand + ["2000"]

    /// A host that is nobody's.
    static let elsewhere = "https://elsewhere.example"
    /// Where a link to another host leads.
    var elsewhere: String { form.isEmpty ? Self.elsewhere : form }

    func delay() async throws {
        try await Task.sleep(for: .seconds(min(max(seconds, 0), 600)))
    }
}
