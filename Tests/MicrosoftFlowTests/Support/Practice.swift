import Foundation
import HTTPTypes
import Logging
import Microsoft
import MicrosoftContract
import MicrosoftKit
import MicrosoftSandbox
import OpenIDConnect
import PortalKit
import Synchronization
import Testing

/// Our clients in front of a sandbox in memory: every exchange is held against the documented shapes.
final class Practice: Sendable {
    static let base = "http://127.0.0.1:8090"
    static let partner = "aaaaaaaa-0000-4000-8000-000000000001"
    static let customer = "cccccccc-0000-4000-8000-000000000002"
    static let applicationID = "aaaaaaaa-0000-4000-8000-0000000000a1"
    static let redirectURI = "http://eu.portal.localhost:8080/connections/return"
    static let graphScope = "https://graph.microsoft.com/.default"

    let sandbox: MicrosoftSandbox
    let tap: ContractTap
    let settings: MicrosoftSettings
    private let refreshToken = Mutex("")

    init(world: WorldSettings = WorldSettings(customers: 12)) async throws {
        let start = Date(timeIntervalSince1970: 1_768_471_200)
        sandbox = try await MicrosoftSandbox(
            configuration: SandboxConfiguration(redirectURIs: [Self.redirectURI], world: world),
            logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }, clock: { start })
        tap = try ContractTap(prefixes: [
            .entra: "/entra", .partnerCenter: "/partnercenter", .graph: "/graph", .azure: "/azure",
        ])
        settings = try MicrosoftSettings(
            MicrosoftSettings.form.read(MicrosoftSettings.practice(sandbox: Self.base)).values)
    }

    /// One exchange, tapped. Pages of the sandbox's own have no documented shape.
    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        let (response, content) = try await sandbox.respond(to: request, body: body)
        if let service = tap.service(of: request.path ?? "") {
            tap.check(service, request, body, response, content)
        }
        return (response, content)
    }

    /// A `send` with a token that is asked for at each call, as a cache that is always empty would.
    func sending(_ token: @escaping @Sendable () async throws -> String) -> PortalKit.Send {
        { request, body in
            var request = request
            request.headerFields[.authorization] = "Bearer \(try await token())"
            return try await self.send(request, body)
        }
    }

    func tokenEndpoint(of tenant: String) -> TokenEndpoint {
        TokenEndpoint(
            address: "\(Self.base)/entra/\(tenant)/oauth2/v2.0/token", clientID: Self.applicationID,
            clientSecret: "practice-secret")
    }

    /// The partner's one sign-in, whose refresh token serves every tenant.
    func signIn(as person: PracticePerson = PracticePerson(consentsForOrganization: true)) async throws {
        let scopes = "https://api.partnercenter.microsoft.com/user_impersonation offline_access openid profile"
        let answer = try await redeem(tenant: Self.partner, scope: scopes, as: person)
        refreshToken.withLock { $0 = answer.refreshToken ?? "" }
    }

    /// From /authorize to the token answer, with PKCE.
    func redeem(tenant: String, scope: String, as person: PracticePerson) async throws -> TokenAnswer {
        let verifier = String(repeating: "practice-verifier-", count: 3)
        let address = Self.address(
            "\(Self.base)/entra/\(tenant)/oauth2/v2.0/authorize",
            [
                "client_id": Self.applicationID, "response_type": "code", "redirect_uri": Self.redirectURI,
                "scope": scope, "state": "state-1", "nonce": "nonce-1", "prompt": "consent",
                "code_challenge": "IfvKxiDHAvSvAFtKLXBeu9hO0-z2sc5lHnUNgFskYC8", "code_challenge_method": "S256",
            ])
        let back = Self.parameters(of: try await person.signIn(at: address, in: sandbox))
        #expect(back["state"] == "state-1")
        let code = try #require(back["code"])
        return try await tokenEndpoint(of: tenant).exchange(
            code: code, redirectURI: Self.redirectURI, codeVerifier: verifier, scope: scope, send: send)
    }

    /// An access token from the partner's refresh token, which is replaced when the home tenant gave a new one.
    func token(tenant: String, scope: String) async throws -> String {
        let answer = try await tokenEndpoint(of: tenant).refresh(
            refreshToken.withLock { $0 }, scope: "\(scope) offline_access", send: send)
        if tenant == Self.partner, let next = answer.refreshToken { refreshToken.withLock { $0 = next } }
        return answer.accessToken
    }

    var partnerCenter: PartnerCenter {
        PartnerCenter(
            baseURL: "\(Self.base)/partnercenter",
            send: sending {
                try await self.token(
                    tenant: Self.partner, scope: "https://api.partnercenter.microsoft.com/user_impersonation")
            })
    }

    /// As the partner's person, in any tenant.
    func graph(tenant: String = partner) -> Graph {
        Graph(
            baseURL: "\(Self.base)/graph",
            send: sending { try await self.token(tenant: tenant, scope: Self.graphScope) })
    }

    /// As the application itself.
    func appOnlyGraph(tenant: String) -> Graph {
        Graph(
            baseURL: "\(Self.base)/graph",
            send: sending {
                try await self.tokenEndpoint(of: tenant).clientCredentials(
                    scope: Self.graphScope, send: self.send
                ).accessToken
            })
    }

    var azure: AzureManagement {
        AzureManagement(
            baseURL: "\(Self.base)/azure",
            send: sending {
                try await self.token(
                    tenant: Self.partner, scope: "https://management.azure.com/user_impersonation")
            })
    }

    /// What was not as documented, a line each.
    var violations: [String] { tap.violations.map { "\($0)" } }

    static func address(_ path: String, _ fields: [String: String]) -> String {
        var components = URLComponents(string: path)
        components?.queryItems = fields.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        return components?.string?.replacing("+", with: "%2B") ?? ""
    }

    static func parameters(of address: String) -> [String: String] {
        let items = URLComponents(string: address)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
    }
}

/// Every item of a list, page by page.
func all<Item: Sendable>(
    _ page: (_ cursor: String?) async throws -> MicrosoftPage<Item>
) async throws -> [Item] {
    var items: [Item] = []
    var cursor: String?
    repeat {
        let next = try await page(cursor)
        items += next.items
        cursor = next.next
    } while cursor != nil
    return items
}

extension Practice {
    /// A customer of the other partner.
    static let libertys = "dddddddd-0000-4000-8000-000000000003"
    static let globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
    static let cloudApplicationAdministrator = "158c047a-c907-4556-b7ef-446551a6b5f7"

    /// Asks again and again, ten seconds apart by the sandbox's clock, at most a minute and a half.
    func poll<Value>(
        _ ask: () async throws -> Value, until isDone: (Value) -> Bool
    ) async throws -> Value {
        for _ in 0..<9 {
            let value = try await ask()
            if isDone(value) { return value }
            try sandbox.advanceClock(by: 10)
        }
        return try await ask()
    }
}
