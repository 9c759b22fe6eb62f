public import Foundation
public import HTTPTypes

/// One request to a provider and its answer. Redirects are not followed; an answer of any status is an answer.
///
/// - Throws: ``ProviderBusy``, or ``Problem`` when there was no answer.
public typealias Send = @Sendable (_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8])

/// What the core lends a plugin for one step of a job: the only ways out.
public protocol Access: Sendable {
    var broker: Broker { get }

    /// UTC.
    var now: Date { get }

    /// The grant of that name: of the tenant that the work is about, or of the connection.
    ///
    /// - Throws: ``Problem`` with ``Problem/Remedy/signInAgain`` when there is none.
    func grant(_ name: GrantName) throws -> any Grant

    /// Sends without a credential, for discovery and token endpoints, under the plugin's own endpoints only.
    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8])
}

/// The name by which plugins offer and need authorizations: `provider.partner`.
public typealias GrantName = Key<Authorization>

/// A durable authorization at a provider, kept by the core. A plugin never sees its credential.
public protocol Grant: Sendable {
    var account: Account { get }

    /// Sends with a token for `audience`, and only under the audience's base URL. Mints once more after a 401.
    ///
    /// - Throws: ``ProviderBusy`` while the provider asks to wait, ``Problem`` when no token could be had.
    func send(
        _ request: HTTPRequest, _ body: [UInt8], for audience: TokenAudience
    ) async throws -> (HTTPResponse, [UInt8])

    /// What the present token for `audience` allows, by the provider's own word; `nil` where it does not say.
    ///
    /// - Throws: as ``send(_:_:for:)``.
    func permissions(for audience: TokenAudience) async throws -> Set<String>?
}

/// Who signed in: (realm, id) together are the identity; the name is for reading only.
public struct Account: Sendable, Hashable, Codable {
    /// Where the account lives; only a token answer of this realm replaces the stored credential.
    public let realm: String
    public let id: String
    public let name: String

    public init(realm: String, id: String, name: String) {
        self.realm = realm
        self.id = id
        self.name = name
    }
}

/// What a token is for.
public struct TokenAudience: Sendable, Hashable, Codable {
    /// Nothing outside this address gets the token.
    public let baseURL: String
    /// Where it is issued, when that is not the account's home: a customer's tenant.
    public let realm: String
    public let scope: String

    public init(baseURL: String, realm: String, scope: String) {
        self.baseURL = baseURL
        self.realm = realm
        self.scope = scope
    }
}

/// What a sign-in brought. The core keeps it sealed and shows it to ``Connectable/mint(_:for:_:)`` alone.
public struct Authorization: Sendable {
    public let name: GrantName
    public let account: Account
    /// The refresh token, the API key: what was proved once.
    public let credential: String

    public init(name: GrantName, account: Account, credential: String) {
        self.name = name
        self.account = account
        self.credential = credential
    }
}

/// A fresh access token.
public struct Renewal: Sendable {
    public let token: String
    /// By the provider's own word, counted from the answer's arrival.
    public let lifetime: Duration
    /// The credential that replaces the held one, when the provider gave one.
    public let credential: String?
    /// What the token allows, where the provider says it.
    public let permissions: Set<String>?

    public init(token: String, lifetime: Duration, credential: String?, permissions: Set<String>? = nil) {
        self.token = token
        self.lifetime = lifetime
        self.credential = credential
        self.permissions = permissions
    }
}
