import Foundation
import HTTPTypes
import MicrosoftSandbox

/// Somebody who is signed in to Graph, or to another API.
struct DelegatedAdminClient {
    let client: PracticeClient
    let person: PracticePerson
    let tenant: String
    let scope: String
    private let token: String

    static let relationships = "tenantRelationships/delegatedAdminRelationships"
    static let northgate = "cccccccc-0000-4000-8000-000000000001"
    static let harbor = "cccccccc-0000-4000-8000-000000000002"
    static let globalAdministrator = "62e90394-69f5-4237-9190-012177145e10"
    static let directoryReaders = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"
    static let globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
    static let adminAgents = "aaaaaaaa-0b01-4000-8000-000000000001"

    init(
        _ client: PracticeClient? = nil, as person: PracticePerson = PracticePerson(),
        tenant: String = PracticeClient.acme, scope: String = "https://graph.microsoft.com/.default"
    ) async throws {
        let practice = if let client { client } else { try await PracticeClient() }
        // Some of Graph's permissions need an administrator's consent.
        try practice.sandbox.consent(forTenant: tenant)
        let code = try await practice.code(as: person, tenant: tenant, ["scope": scope])
        let answer = await practice.redeem(code, tenant: tenant).json
        self.client = practice
        self.person = person
        self.tenant = tenant
        self.scope = scope
        token = answer["access_token"] as? String ?? ""
    }

    static func liberty(_ client: PracticeClient) async throws -> DelegatedAdminClient {
        try await DelegatedAdminClient(
            client, as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty)
    }

    var sandbox: MicrosoftSandbox { client.sandbox }

    /// The same person with a new token, after time has passed.
    func signedInAgain() async throws -> DelegatedAdminClient {
        try await DelegatedAdminClient(client, as: person, tenant: tenant, scope: scope)
    }

    func later(by seconds: TimeInterval) async throws -> DelegatedAdminClient {
        try sandbox.advanceClock(by: seconds)
        return try await signedInAgain()
    }

    /// Under `/graph/v1.0/`, or wherever a path begins with a slash.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, etag: String? = nil,
        headers: [String: String] = [:]
    ) async -> PracticeClient.Reply {
        var headers = headers.merging(["Authorization": "Bearer \(token)"]) { $1 }
        headers["If-Match"] = etag
        if json != nil { headers["Content-Type"] = "application/json" }
        let address = path.hasPrefix("/") ? path : "/graph/v1.0/\(path)"
        return await client.send(method, address, headers: headers, body: json)
    }

    func get(_ path: String, headers: [String: String] = [:]) async -> PracticeClient.Reply {
        await send(.get, path, headers: headers)
    }

    func items(_ path: String) async -> [[String: Any]] { await get(path).json["value"] as? [[String: Any]] ?? [] }

    /// The JSON of a new relationship; a part given as nil is left out.
    static func wanted(
        _ name: String? = "Portal access", duration: String? = "P730D", customer: String? = northgate,
        roles: [String]? = [directoryReaders, globalReader], autoExtend: String? = nil
    ) -> String {
        var json: [String: Any] = [:]
        json["displayName"] = name
        json["duration"] = duration
        json["customer"] = customer.map { ["tenantId": $0] }
        json["accessDetails"] = roles.map { ["unifiedRoles": $0.map { ["roleDefinitionId": $0] }] }
        json["autoExtendDuration"] = autoExtend
        return Self.text(json)
    }

    static func text(_ json: [String: Any]) -> String {
        (try? JSONSerialization.data(withJSONObject: json)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    func create(_ json: String = wanted()) async -> [String: Any] {
        await send(.post, Self.relationships, json).json
    }

    func read(_ id: String) async -> [String: Any] { await get("\(Self.relationships)/\(id)").json }

    func status(_ id: String) async -> String { await read(id)["status"] as? String ?? "" }

    func etag(_ path: String) async -> String { await get(path).json["@odata.etag"] as? String ?? "" }

    func request(_ action: String, _ id: String) async -> PracticeClient.Reply {
        await send(.post, "\(Self.relationships)/\(id)/requests", #"{"action":"\#(action)"}"#)
    }

    /// An active relationship, without assignments.
    func activate(_ json: String = wanted()) async throws -> String {
        let id = await create(json)["id"] as? String ?? ""
        _ = await request("lockForApproval", id)
        try sandbox.approve(relationship: id, customer: Self.northgate)
        try sandbox.advanceClock(by: 2)
        return id
    }

    func assign(_ id: String, roles: [String] = [directoryReaders], group: String = adminAgents) async
        -> PracticeClient.Reply
    {
        let json: [String: Any] = [
            "accessContainer": ["accessContainerId": group, "accessContainerType": "securityGroup"],
            "accessDetails": ["unifiedRoles": roles.map { ["roleDefinitionId": $0] }],
        ]
        return await send(.post, "\(Self.relationships)/\(id)/accessAssignments", Self.text(json))
    }
}
