import Foundation
package import HTTPTypes
import PortalCore
package import PortalKit
import Synchronization

/// A provider of another kind: an API key instead of a sign-in page, three tenants, one page each.
package struct ToyCloud: ProviderPlugin, Connectable, TenantSource, SelfTesting {
    private static let key = "key"
    private static let base = "http://toy.localhost:9"
    private static let grant: GrantName = "toy.key"

    package static let manifest = PluginManifest(
        id: "toy-cloud", version: "1.0.0", provider: "Toy", namespace: "toy",
        listing: PluginManifest.Listing(
            name: "Toy Cloud", summary: "Three tenants behind a key.", does: ["Lists tenants."], needs: ["A key."],
            audience: "Tests.", source: "Toy", connectionTitle: "Toy key", linkTitle: "Link toys", offer: "Toys.",
            accessRole: "Toy Keeper"),
        settings: Form(
            fields: [
                Field(name: "address", label: "address", hint: "Where Toy is.", isRequired: false) { text in
                    guard text.hasPrefix("http") else { throw FieldProblem("An address begins with http.") }
                    return text
                },
                Field(
                    name: "shelf", label: "shelf", isRequired: false,
                    help: Field.Help(title: "Which one?", steps: ["Any but the thirteenth."])),
                Field(name: "token", label: "shop token", kind: .secret, isRequired: false),
            ], submit: "Save"),
        permissions: [PluginManifest.Permission(name: "read", reason: "reads tenants")])

    package static let connectionForm = Form(
        fields: [
            Field(name: key, label: "API key", kind: .secret) { text in
                guard text.count >= 4 else { throw FieldProblem("A key has at least four characters.") }
                return text
            }
        ],
        submit: "Connect")

    package static let requirements = [
        Requirement(id: "region", title: "Address", explanation: "Of the region.", judge: .portal(.regionalAddress)),
        Requirement(
            id: "sso", title: "No required SSO", explanation: "Toy asks for it.",
            judge: .portal(.singleSignOnNotRequired)),
        Requirement(id: "alive", title: "Key works", explanation: "The key is taken.", judge: .check),
    ]

    private let settings: Values

    package init(_ environment: PluginEnvironment) throws {
        settings = environment.settings
        guard settings["shelf"] != "thirteen" else { throw FieldProblem("Toy has no shelf thirteen.") }
    }

    package var endpoints: [String] { [settings["address"].isEmpty ? Self.base : settings["address"]] }

    package func examine(_ send: Send) async throws -> [SelfTestLine] {
        var request = Self.request("/health?shelf=\(settings["shelf"])")
        request.headerFields[.authorization] = "Bearer \(settings["token"])"
        let (response, _) = try await send(request, [])
        guard response.status == .ok else {
            return [
                SelfTestLine(
                    "Shop",
                    .failed(
                        Problem(
                            title: "The shop token is not taken", explanation: "Toy answers \(response.status.code).",
                            nextStep: "Enter the present one.", actor: .portalAdministrator)))
            ]
        }
        return [
            SelfTestLine("Shop", .passed("Shelf \(settings["shelf"]) is open.")),
            SelfTestLine("Key", .unknown("Not known until a broker signs in.")),
        ]
    }

    package func signIn(_ form: Values, _ broker: Broker) throws -> SignIn { .form }

    package func complete(_ answer: SignInAnswer, _ form: Values, _ access: any Access) async throws -> Authorization {
        Authorization(
            name: Self.grant, account: Account(realm: "toy:\(access.broker.id)", id: "key", name: "a key"),
            credential: form[Self.key])
    }

    package func check(
        _ requirement: Key<Requirement>, _ form: Values, _ candidate: any Grant, _ access: any Access
    ) async throws -> Verdict {
        let (response, _) = try await candidate.send(Self.request("/alive"), [], for: Self.audience(candidate))
        return response.status == .ok ? .passed("The key works.") : .failed(Self.badKey)
    }

    package func mint(_ held: Authorization, for audience: TokenAudience, _ send: Send) async throws -> Renewal {
        Renewal(token: held.credential, lifetime: .seconds(3_600), credential: nil)
    }

    package func tenants(after cursor: Cursor?, _ access: any Access) async throws -> Page<DiscoveredTenant> {
        let grant = try access.grant(Self.grant)
        let number = cursor.flatMap { Int($0.rawValue) } ?? 1
        let (response, body) = try await grant.send(Self.request("/tenants/\(number)"), [], for: Self.audience(grant))
        guard response.status == .ok else { throw Self.problem(response.status) }
        let name = String(decoding: body, as: UTF8.self)
        let tenant = DiscoveredTenant(id: "toy-\(number)", name: name, domains: [])
        return Page(items: [tenant], next: number < 3 ? Cursor("\(number + 1)") : nil)
    }

    package func details(of tenant: TenantKey, _ access: any Access) async throws -> DiscoveredTenant {
        let grant = try access.grant(Self.grant)
        let number = tenant.id.dropFirst("toy-".count)
        let (response, body) = try await grant.send(Self.request("/tenants/\(number)"), [], for: Self.audience(grant))
        guard response.status == .ok else { throw Self.problem(response.status) }
        let domain = DiscoveredTenant.Domain(
            name: number == "1" ? "northgate.example" : "toy\(number).example", isVerified: true)
        return DiscoveredTenant(id: tenant.id, name: String(decoding: body, as: UTF8.self), domains: [domain])
    }

    private static func request(_ path: String) -> HTTPRequest {
        HTTPRequest(method: .get, scheme: "http", authority: "toy.localhost:9", path: path)
    }

    private static func audience(_ grant: any Grant) -> TokenAudience {
        TokenAudience(baseURL: base, realm: grant.account.realm, scope: "read")
    }

    private static func problem(_ status: HTTPResponse.Status) -> Problem {
        guard status.code >= 500 else { return badKey }
        return Problem(
            title: "Toy is down", explanation: "It does not answer.", nextStep: "Wait.", actor: .provider,
            remedy: .retry)
    }

    private static let badKey = Problem(
        title: "The key is not taken", explanation: "Toy refuses it.", nextStep: "Enter the present key.",
        actor: .broker,
        remedy: .signInAgain)
}

/// Toy's service: takes one key, and remembers what was asked.
package final class ToyUpstream: Upstream {
    private struct State {
        var asked: [String] = []
        var next: [HTTPResponse] = []
        var hold: (@Sendable () async -> Void)?
        var refused: [String: Int] = [:]
    }

    private let state = Mutex(State())
    package static let key = "toy-secret-key"
    /// Of the settings.
    package static let shopToken = "toy-shop-token-4711"

    package init() {}

    /// The paths that were asked for, in order.
    package var asked: [String] { state.withLock { $0.asked } }

    /// The next answers, in front of the usual ones.
    package func answerNext(_ responses: HTTPResponse...) {
        state.withLock { $0.next += responses }
    }

    /// Answers a path with 500 from its `after` + 1st time on.
    package func refuse(_ path: String, after: Int) {
        state.withLock { $0.refused[path] = after }
    }

    /// Runs before each answer.
    package func hold(_ body: (@Sendable () async -> Void)?) {
        state.withLock { $0.hold = body }
    }

    /// Notes what was asked, and says what the test wants answered.
    private func plan(_ path: String) -> HTTPResponse? {
        state.withLock { state -> HTTPResponse? in
            state.asked.append(path)
            let times = state.asked.count { $0 == path }
            if let after = state.refused[path], times > after { return HTTPResponse(status: .internalServerError) }
            return state.next.isEmpty ? nil : state.next.removeFirst()
        }
    }

    package func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        let path = request.path ?? ""
        let planned = plan(path)
        await state.withLock(\.hold)?()
        if let planned { return (planned, []) }
        if path.hasPrefix("/health") {
            let isKnown = request.headerFields[.authorization] == "Bearer \(Self.shopToken)"
            return (HTTPResponse(status: isKnown ? .ok : .unauthorized), [])
        }
        guard request.headerFields[.authorization] == "Bearer \(Self.key)" else {
            return (HTTPResponse(status: .unauthorized), [])
        }
        let names = [
            "/alive": "ok", "/tenants/1": "Northgate Toys", "/tenants/2": "Wooden Blocks", "/tenants/3": "Tin Soldiers",
        ]
        guard let name = names[path] else { return (HTTPResponse(status: .notFound), []) }
        return (HTTPResponse(status: .ok), Array(name.utf8))
    }
}
