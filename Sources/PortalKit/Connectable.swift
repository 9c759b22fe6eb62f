/// A provider at which a broker signs in.
///
/// The core does the rehearsal, the round trip, the verdict line by line, the swap of the old grant for the new one, the
/// renewal and the disconnect; the plugin says what to ask and what the answers mean.
public protocol Connectable: ProviderPlugin {
    static var connectionForm: Form { get }
    static var requirements: [Requirement] { get }

    /// Where to send the person, made of the form alone.
    func signIn(_ form: Values, _ broker: Broker) throws -> SignIn

    /// Turns the answer of the provider into an authorization. Runs in a job, at most once per answer. Only here the form
    /// has its secret fields.
    ///
    /// - Throws: ``Problem``: refused, another account than the form says, not what was asked for.
    func complete(_ answer: SignInAnswer, _ form: Values, _ access: any Access) async throws -> Authorization

    /// Judges one requirement whose ``Requirement/judge`` is ``Requirement/Judge/check``, with the new grant.
    func check(
        _ requirement: Key<Requirement>, _ form: Values, _ candidate: any Grant, _ access: any Access
    ) async throws -> Verdict

    /// The one place that sees a credential: a token for `audience`.
    ///
    /// - Throws: ``Problem``; with ``Problem/Remedy/signInAgain`` when the credential is dead.
    func mint(_ held: Authorization, for audience: TokenAudience, _ send: Send) async throws -> Renewal
}

/// What must hold for a connection.
public struct Requirement: Sendable {
    public let id: Key<Requirement>
    public let title: String
    /// One sentence: why, and how to get there.
    public let explanation: String
    public let judge: Judge

    public init(id: Key<Requirement>, title: String, explanation: String, judge: Judge) {
        self.id = id
        self.title = title
        self.explanation = explanation
        self.judge = judge
    }

    public enum Judge: Sendable, Equatable {
        /// The portal knows it before the sign-in.
        case portal(PortalFact)
        /// Nobody can know it but the person.
        case person
        /// ``Connectable/check(_:_:_:_:)`` after the sign-in.
        case check
    }

    public enum PortalFact: Sendable, Equatable {
        case regionalAddress
        case singleSignOnNotRequired
    }
}

/// What a check found, one sentence each.
public enum Verdict: Sendable, Hashable, Codable {
    case passed(String)
    case failed(Problem)
    /// Could not be found out; alone it keeps nobody from connecting.
    case unknown(String)
}

/// How a person signs in at the provider.
public enum SignIn: Sendable {
    /// At the provider's page, by an authorization code with PKCE.
    case redirect(AuthorizationRequest)
    /// Nowhere: the form holds all that is needed.
    case form
}

/// The provider's half of an authorization request; the core adds the redirect address, state, nonce and PKCE.
public struct AuthorizationRequest: Sendable, Hashable, Codable {
    public let endpoint: String
    public let clientID: String
    public let scopes: [String]
    /// `prompt`, `login_hint` and the like.
    public let parameters: [String: String]

    public init(endpoint: String, clientID: String, scopes: [String], parameters: [String: String] = [:]) {
        self.endpoint = endpoint
        self.clientID = clientID
        self.scopes = scopes
        self.parameters = parameters
    }
}

/// What came back from the sign-in.
public enum SignInAnswer: Sendable, Codable {
    case code(String, redirectURI: String, codeVerifier: String, nonce: String)
    /// The OAuth `error` and `error_description`.
    case refused(error: String, description: String)
    /// Of ``SignIn/form``.
    case form
}
