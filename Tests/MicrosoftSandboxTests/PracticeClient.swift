import Foundation
import HTTPTypes
import MicrosoftContract
import MicrosoftSandbox

/// A portal in front of a sandbox in memory, at a fixed time: what it asks of the services, and what a browser does
/// between.
struct PracticeClient {
    let sandbox: MicrosoftSandbox
    let contract: AnswerContract

    static let acme = "aaaaaaaa-0000-4000-8000-000000000001"
    static let liberty = "aaaaaaaa-0000-4000-8000-000000000002"
    static let clientID = "aaaaaaaa-0000-4000-8000-0000000000a1"
    static let redirectURI = "http://eu.portal.localhost:8080/connections/return"
    static let partnerCenter = "https://api.partnercenter.microsoft.com"
    static let scope = "\(partnerCenter)/user_impersonation openid profile offline_access"
    static let verifier = String(repeating: "practice-verifier-", count: 3)
    /// Base64url of the SHA-256 of `verifier`.
    static let challenge = "IfvKxiDHAvSvAFtKLXBeu9hO0-z2sc5lHnUNgFskYC8"
    /// 2026-01-15 10:00:00 UTC.
    static let start = Date(timeIntervalSince1970: 1_768_471_200)

    init(stateFile: String? = nil, customers: Int = 12) async throws {
        sandbox = try await MicrosoftSandbox(
            configuration: SandboxConfiguration(
                redirectURIs: [Self.redirectURI], stateFile: stateFile,
                world: WorldSettings(customers: customers)),
            clock: { Self.start })
        contract = try AnswerContract(sandbox)
    }

    /// Of status 0 when the connection broke.
    struct Reply {
        let status: Int
        let headers: HTTPFields
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        /// Without the byte-order mark that may stand before it.
        var json: [String: Any] {
            let data = Data(body.starts(with: [0xef, 0xbb, 0xbf]) ? body.dropFirst(3) : body[...])
            return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
        }

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

        /// The parameters of the address in `Location`.
        var redirect: [String: String] { PracticeClient.parameters(of: header("Location") ?? "") }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: [String: String] = [:], body: String? = nil
    ) async -> Reply {
        var request = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:8090", path: path)
        for (name, value) in headers { HTTPField.Name(name).map { request.headerFields[$0] = value } }
        let sent = Array((body ?? "").utf8)
        guard let (response, bytes) = try? await sandbox.respond(to: request, body: sent) else {
            return Reply(status: 0, headers: [:], body: [])
        }
        contract.check(
            RecordedExchange(request: request, requestBody: sent, response: response, responseBody: bytes))
        return Reply(status: response.status.code, headers: response.headerFields, body: bytes)
    }

    func get(_ path: String, headers: [String: String] = [:]) async -> Reply {
        await send(.get, path, headers: headers)
    }

    func post(_ path: String, _ fields: [String: String], headers: [String: String] = [:]) async -> Reply {
        let headers = headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { first, _ in first }
        return await send(.post, path, headers: headers, body: Self.encoded(fields))
    }

    func control(_ path: String, _ json: String) async -> Reply {
        await send(.post, "/control/\(path)", headers: ["Content-Type": "application/json"], body: json)
    }

    /// The address of `/authorize` with everything right, but what `changes` replaces; an empty value leaves one out.
    static func authorize(tenant: String = acme, _ changes: [String: String] = [:]) -> String {
        let usual = [
            "client_id": clientID, "response_type": "code", "redirect_uri": redirectURI, "scope": scope, "state": "s&1",
            "nonce": "n-1", "code_challenge": challenge, "code_challenge_method": "S256",
        ]
        let fields = usual.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        return "/entra/\(tenant)/oauth2/v2.0/authorize?\(encoded(fields))"
    }

    /// A code from the whole sign-in.
    func code(
        as person: PracticePerson = PracticePerson(), tenant: String = acme, _ changes: [String: String] = [:]
    ) async throws -> String {
        let address = try await person.signIn(at: Self.authorize(tenant: tenant, changes), in: sandbox)
        return Self.parameters(of: address)["code"] ?? ""
    }

    func token(tenant: String = acme, _ fields: [String: String]) async -> Reply {
        let client = ["client_id": Self.clientID, "client_secret": "practice-secret"]
        return await post("/entra/\(tenant)/oauth2/v2.0/token", client.merging(fields) { $1 })
    }

    func redeem(_ code: String, tenant: String = acme, _ changes: [String: String] = [:]) async -> Reply {
        let fields = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Self.redirectURI,
            "code_verifier": Self.verifier,
        ]
        return await token(tenant: tenant, fields.merging(changes) { $1 })
    }

    func refresh(_ token: String, tenant: String = acme, scope: String? = nil) async -> Reply {
        var fields = ["grant_type": "refresh_token", "refresh_token": token]
        fields["scope"] = scope
        return await self.token(tenant: tenant, fields)
    }

    /// An access token for Partner Center from the whole sign-in.
    func accessToken(as person: PracticePerson = PracticePerson(), tenant: String = acme) async throws -> String {
        await redeem(try await code(as: person, tenant: tenant), tenant: tenant).json["access_token"] as? String ?? ""
    }

    func partnerCenter(_ path: String, _ token: String?, headers: [String: String] = [:]) async -> Reply {
        var headers = headers
        if let token { headers["Authorization"] = "Bearer \(token)" }
        return await get("/partnercenter/v1/\(path)", headers: headers)
    }

    static func claims(_ token: Any?) -> [String: Any] {
        let parts = (token as? String ?? "").split(separator: ".")
        guard parts.count == 3 else { return [:] }
        var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text).flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: Any]
            ?? [:]
    }

    static func parameters(of address: String) -> [String: String] {
        let items = URLComponents(string: address)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    static func encoded(_ fields: [String: String]) -> String {
        let unreserved = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        return fields.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")"
        }.joined(separator: "&")
    }
}
