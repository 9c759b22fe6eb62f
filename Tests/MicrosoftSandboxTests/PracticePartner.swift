import Foundation
import HTTPTypes
import MicrosoftSandbox

/// Somebody of a partner, signed in and calling Partner Center.
struct PracticePartner {
    let client: PracticeClient
    let token: String

    static let northgate = "cccccccc-0000-4000-8000-000000000001"
    static let harbor = "cccccccc-0000-4000-8000-000000000002"
    static let school = "cccccccc-0000-4000-8000-000000000003"
    /// Has confirmed no agreement.
    static let withoutAgreement = "cccccccc-0000-4000-8000-000000000007"
    static let liberty = "dddddddd-0000-4000-8000-000000000001"
    static let cloudApplicationAdministrator = "158c047a-c907-4556-b7ef-446551a6b5f7"
    static let basic = "CFQ7TTC0LH18:0001:CFQ7TTC0K971"

    var sandbox: MicrosoftSandbox { client.sandbox }

    /// An administrator of Acme Cloud, which may consent in two customers' tenants.
    init(stateFile: String? = nil, customers: Int = 12) async throws {
        client = try await PracticeClient(stateFile: stateFile, customers: customers)
        for customer in [Self.northgate, Self.school] {
            try client.sandbox.delegate(roles: [Self.cloudApplicationAdministrator], in: customer)
        }
        token = try await client.accessToken()
    }

    init(_ client: PracticeClient, token: String) {
        self.client = client
        self.token = token
    }

    /// The other partner in the same sandbox.
    func ofLiberty() async throws -> PracticePartner {
        PracticePartner(
            client,
            token: try await client.accessToken(
                as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty))
    }

    /// The application of the same partner without a user.
    func appOnly() async -> PracticePartner {
        let reply = await client.token(
            ["grant_type": "client_credentials", "scope": "\(PracticeClient.partnerCenter)/.default"])
        return PracticePartner(client, token: reply.json["access_token"] as? String ?? "")
    }

    /// `path` begins after `/v1/`, or with `/` for another address.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: Any? = nil, headers: [String: String] = [:]
    ) async -> PracticeClient.Reply {
        let data = body.flatMap { try? JSONSerialization.data(withJSONObject: $0, options: .fragmentsAllowed) }
        return await client.send(
            method, path.hasPrefix("/") ? path : "/partnercenter/v1/\(path)",
            headers: headers.merging(["Authorization": "Bearer \(token)"]) { first, _ in first },
            body: data.map { String(decoding: $0, as: UTF8.self) })
    }

    func get(_ path: String, headers: [String: String] = [:]) async -> PracticeClient.Reply {
        await send(.get, path, headers: headers)
    }

    func items(_ path: String) async -> [[String: Any]] { await get(path).json["items"] as? [[String: Any]] ?? [] }

    /// A subscription of Northgate Bakery, the first that is for licences.
    func licenceSubscription(of customer: String = northgate) async -> [String: Any] {
        await items("customers/\(customer)/subscriptions").first { $0["billingType"] as? String == "license" } ?? [:]
    }

    /// The whole subscription sent back with changes.
    func patch(
        _ subscription: [String: Any], _ changes: [String: Any], of customer: String = northgate, etag: String? = nil
    ) async -> PracticeClient.Reply {
        let attributes = subscription["attributes"] as? [String: Any]
        return await send(
            .patch, "customers/\(customer)/subscriptions/\(subscription["id"] as? String ?? "")",
            subscription.merging(changes) { $1 }, headers: ["If-Match": etag ?? attributes?["etag"] as? String ?? ""])
    }

    /// The audit, and the log's words of the last call that changed something.
    var lastChange: String? {
        sandbox.loggedRequests.last { $0.service == .partnercenter && !$0.changes.isEmpty }?.changes.last
    }

    static func stateFile() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString).json").path
    }
}

extension PracticeClient.Reply {
    /// Partner Center's error code.
    var code: String? { json["code"] as? String }
}
