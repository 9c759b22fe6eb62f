/// What somebody outside is asked, by a link that the core makes, shows and keeps. The words are ``AskWords``.
public struct Ask: Sendable, Hashable, Codable {
    public let audience: Audience
    public let departure: Departure

    public init(_ audience: Audience, _ departure: Departure) {
        self.audience = audience
        self.departure = departure
    }

    public enum Audience: String, Sendable, Codable {
        /// Who administers the customer's tenant.
        case customer
        /// The broker's own person, as a guest of the customer.
        case guest
    }

    /// Where the person goes. The core adds the address to come back to, and what binds the answer to this browser.
    public enum Departure: Sendable, Hashable, Codable {
        /// A page that comes back with a query of its own, `state` and `redirect_uri` being the core's.
        case page(endpoint: String, parameters: [String: String])
        /// A sign-in by an authorization code with PKCE.
        case signIn(AuthorizationRequest)
    }
}

/// What came back.
public enum AskAnswer: Sendable, Codable {
    /// The query of a ``Ask/Departure/page(endpoint:parameters:)``, without `state`. Anybody can forge it.
    case page([String: String])
    case signIn(SignInAnswer)
}

/// What went wrong with an answer, or why the request has to be made again: in words for the broker, and as a kind, for which
/// the core has words for the person outside.
public struct Setback: Sendable, Hashable, Codable {
    public let kind: Kind
    public let problem: Problem

    public init(_ kind: Kind, _ problem: Problem) {
        self.kind = kind
        self.problem = problem
    }

    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// *Cancel* on the provider's page.
        case declined
        /// The person may not give it: no administrator.
        case notAdministrator = "not-administrator"
        /// Another tenant than the one that the page names.
        case otherTenant = "other-tenant"
        /// Another account than the one that was invited.
        case otherAccount = "other-account"
        /// The provider does not confirm it.
        case notProved = "not-proved"
        /// *Refuse* on the portal's page.
        case refused
        case withdrawn
    }
}

/// What the person outside reads, in one language. Plain text; no word that only partners know.
public struct AskWords: Sendable {
    /// One line: who asks for what.
    public let title: String
    /// For what and why, a paragraph each.
    public let purpose: [String]
    public let permissions: [PluginManifest.Permission]
    /// What the provider shows next, a step each.
    public let next: [String]
    /// What not to tick there.
    public let advice: String?
    /// The words of the button.
    public let approve: String
    /// What is so afterwards, a paragraph each.
    public let approved: [String]
    /// How to take it back at the provider, a step each.
    public let takeBack: [String]
    public let message: Message

    public init(
        title: String, purpose: [String], permissions: [PluginManifest.Permission], next: [String], advice: String?,
        approve: String, approved: [String], takeBack: [String], message: Message
    ) {
        self.title = title
        self.purpose = purpose
        self.permissions = permissions
        self.next = next
        self.advice = advice
        self.approve = approve
        self.approved = approved
        self.takeBack = takeBack
        self.message = message
    }

    /// What the broker sends with the link.
    public struct Message: Sendable {
        /// Stands in ``body`` where the link goes.
        public static let linkMark = "{link}"

        public let subject: String
        public let body: String

        public init(subject: String, body: String) {
            self.subject = subject
            self.body = body
        }
    }
}
