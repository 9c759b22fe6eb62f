import Foundation
import HTTPTypes
import MicrosoftSandbox

/// Calls of Microsoft Graph, with tokens from the sandbox's own pages.
extension PracticeClient {
    static let harbor = "cccccccc-0000-4000-8000-000000000002"

    /// A delegated token of the tenant's own administrator, or of `account`, with everything that the application is
    /// registered with; consents for the tenant first.
    func graphToken(
        as account: String? = nil, tenant: String = acme, scope: String = "\(graph)/.default"
    ) async throws -> String {
        try sandbox.consent(forTenant: tenant)
        let person: String
        if let account { person = account } else { person = try await administrator(of: tenant) }
        let code = try await code(as: PracticePerson(person), tenant: tenant, ["scope": "\(scope) openid"])
        return await redeem(code, tenant: tenant).json["access_token"] as? String ?? ""
    }

    /// The user name of the administrator of a partner, or of a customer whose domain its partner knows.
    private func administrator(of tenant: String) async throws -> String {
        let (partner, name) =
            tenant == Self.liberty || tenant.hasPrefix("dddddddd")
            ? (Self.liberty, "admin@libertyit.example") : (Self.acme, "admin@acmecloud.example")
        guard tenant != partner else { return name }
        let token = try await accessToken(as: PracticePerson(name), tenant: partner)
        let customer = await partnerCenter("customers/\(tenant)", token).json
        let profile = customer["companyProfile"] as? [String: Any] ?? [:]
        return "admin@\(profile["domain"] as? String ?? "")"
    }

    /// A token of the application itself.
    func applicationToken(tenant: String = acme) async -> String {
        await token(tenant: tenant, ["grant_type": "client_credentials", "scope": "\(Self.graph)/.default"])
            .json["access_token"] as? String ?? ""
    }

    /// `path` is behind the version, or a whole address that Graph gave. Characters that no address has are escaped.
    func graph(
        _ method: HTTPRequest.Method = .get, _ path: String, _ token: String?, headers: [String: String] = [:],
        body: String? = nil
    ) async -> Reply {
        var headers = headers
        if let token { headers["Authorization"] = "Bearer \(token)" }
        if body != nil { headers["Content-Type"] = "application/json" }
        let origin = sandbox.configuration.base
        let path = path.hasPrefix(origin) ? String(path.dropFirst(origin.count)) : "/graph/v1.0/\(path)"
        let allowed = CharacterSet.urlQueryAllowed.union(CharacterSet(charactersIn: "%"))
        return await send(
            method, path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path, headers: headers, body: body)
    }

    /// Every item of a list, following its links; at most a hundred pages.
    func graphPages(_ path: String, _ token: String, headers: [String: String] = [:]) async -> [[[String: Any]]] {
        var pages: [[[String: Any]]] = []
        var next: String? = path
        while let address = next, pages.count < 100 {
            let reply = await graph(.get, address, token, headers: headers)
            pages.append(reply.items)
            next = reply.json["@odata.nextLink"] as? String
        }
        return pages
    }
}

extension PracticeClient.Reply {
    /// Of a list.
    var items: [[String: Any]] { json["value"] as? [[String: Any]] ?? [] }

    var errorCode: String? { (json["error"] as? [String: Any])?["code"] as? String }
    var errorMessage: String { (json["error"] as? [String: Any])?["message"] as? String ?? "" }

    func texts(_ name: String) -> [String] { items.compactMap { $0[name] as? String } }
}
