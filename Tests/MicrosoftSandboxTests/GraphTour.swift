import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

/// Every documented call of Graph, by an administrator of Acme Cloud.
struct GraphTour {
    let client: PracticeClient

    private static let graph = "00000003-0000-0000-c000-000000000000"
    private static let clerk = "aaaaaaaa-0000-4000-8000-0000000000b3"
    private static let relationships = "/v1.0/\(DelegatedAdminClient.relationships)"
    private static let customers = "/v1.0/tenantRelationships/delegatedAdminCustomers"
    private static let tenants = "/v1.0/tenantRelationships/findTenantInformationBy"

    private static let reads = [
        "\(tenants)TenantId(tenantId='\(PracticeClient.northgate)')",
        "\(tenants)DomainName(domainName='northgatebakery.onmicrosoft.com')", "/v1.0/contracts", "/v1.0/me",
        "/v1.0/users", "/v1.0/users/\(clerk)", "/v1.0/users/delta", "/v1.0/users/\(clerk)/memberOf",
        "/v1.0/subscribedSkus", "/v1.0/security/secureScores", "/v1.0/security/secureScoreControlProfiles",
        "/v1.0/organization", "/v1.0/domains", "/v1.0/groups", "/v1.0/servicePrincipals",
    ]

    func make(_ calls: inout SuccessfulCalls) async throws {
        await calls.get(Self.reads)
        await calls.make(
            .post, "/v1.0/invitations",
            #"{"invitedUserEmailAddress":"a@b.example","inviteRedirectUrl":"https://portal.example"}"#)
        await calls.make(.post, "/v1.0/$batch", #"{"requests":[{"id":"1","method":"GET","url":"/me"}]}"#)
        try await group(&calls)
        try await permit(&calls)
        try await relate(&calls)
        try await export(&calls)
        try await instantiate(&calls)
    }

    private func group(_ calls: inout SuccessfulCalls) async throws {
        let json =
            #"{"displayName":"Portal people","mailEnabled":false,"mailNickname":"portal","securityEnabled":true}"#
        let group = "/v1.0/groups/\(try await calls.identifier(.post, "/v1.0/groups", json))"
        await calls.get([group, "\(group)/members"])
        await calls.make(.patch, group, #"{"description":"Theirs"}"#)
        await calls.make(
            .post, "\(group)/members/$ref",
            #"{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/\#(Self.clerk)"}"#)
        await calls.make(.delete, "\(group)/members/\(Self.clerk)/$ref")
    }

    private func permit(_ calls: inout SuccessfulCalls) async throws {
        let path = "/v1.0/servicePrincipals"
        let ours = try await calls.identifier(.get, "\(path)(appId='\(PracticeClient.clientID)')")
        let graph = try await calls.identifier(.get, "\(path)(appId='\(Self.graph)')")
        await calls.get(["\(path)/\(ours)", "\(path)/\(ours)/appRoleAssignments", "/v1.0/oauth2PermissionGrants"])
        let grant = try await calls.identifier(
            .post, "/v1.0/oauth2PermissionGrants",
            DelegatedAdminClient.text([
                "clientId": ours, "resourceId": graph, "consentType": "Principal", "principalId": Self.clerk,
                "scope": "User.Read",
            ]))
        await calls.make(
            .patch, "/v1.0/oauth2PermissionGrants/\(grant)", #"{"scope":"User.Read User.Read.All"}"#)
    }

    private func relate(_ calls: inout SuccessfulCalls) async throws {
        let path = Self.relationships
        let draft = await calls.make(.post, path, DelegatedAdminClient.wanted("Draft"))
        let own = "\(path)/\(try #require(draft.json["id"] as? String))"
        let changed = await calls.make(.patch, own, #"{"displayName":"Other"}"#, headers: etag(draft))
        await calls.make(.delete, own, headers: etag(changed))

        let id = try await calls.identifier(.post, path, DelegatedAdminClient.wanted())
        let relationship = "\(path)/\(id)"
        let request = try await calls.identifier(.post, "\(relationship)/requests", #"{"action":"lockForApproval"}"#)
        try client.sandbox.approve(relationship: id, customer: PracticeClient.northgate)
        try client.sandbox.advanceClock(by: 2)
        await calls.get([
            path, relationship, "\(relationship)/requests", "\(relationship)/requests/\(request)", Self.customers,
            "\(Self.customers)/\(PracticeClient.northgate)",
            "\(Self.customers)/\(PracticeClient.northgate)/serviceManagementDetails",
        ])
        try await assign(&calls, relationship)
    }

    private func assign(_ calls: inout SuccessfulCalls, _ relationship: String) async throws {
        let path = "\(relationship)/accessAssignments"
        func roles(_ roles: String...) -> [String: Any] {
            ["accessDetails": ["unifiedRoles": roles.map { ["roleDefinitionId": $0] }]]
        }
        let container = ["accessContainerId": DelegatedAdminClient.adminAgents, "accessContainerType": "securityGroup"]
        let wanted = roles(DelegatedAdminClient.directoryReaders).merging(["accessContainer": container]) { $1 }
        let assignment = "\(path)/\(try await calls.identifier(.post, path, DelegatedAdminClient.text(wanted)))"
        try client.sandbox.advanceClock(by: 1)
        await calls.get([path])
        let read = await calls.make(.get, assignment)
        let more = roles(DelegatedAdminClient.directoryReaders, DelegatedAdminClient.globalReader)
        await calls.make(.patch, assignment, DelegatedAdminClient.text(more), headers: etag(read))
        try client.sandbox.advanceClock(by: 1)
        let operations = await calls.make(.get, "\(relationship)/operations").items
        let operation = try #require(operations.first?["id"] as? String)
        await calls.get(["\(relationship)/operations/\(operation)"])
        await calls.make(.delete, assignment, headers: etag(await calls.make(.get, assignment)))
    }

    private func export(_ calls: inout SuccessfulCalls) async throws {
        let path = "/v1.0/reports/partners/billing"
        var location: String?
        for (kind, json) in [
            ("reconciliation/billed", #"{"invoiceId":"G000192601","attributeSet":"full"}"#),
            ("reconciliation/unbilled", #"{"currencyCode":"EUR","billingPeriod":"current"}"#),
            ("usage/billed", #"{"invoiceId":"G000192601","attributeSet":"basic"}"#),
            ("usage/unbilled", #"{"currencyCode":"EUR","billingPeriod":"last","attributeSet":"full"}"#),
        ] {
            location = await calls.make(.post, "\(path)/\(kind)/export", json).header("Location")
        }
        try client.sandbox.advanceClock(by: 10)
        let operation = try #require(location?.split(separator: "/").last)
        let done = await calls.make(.get, "\(path)/operations/\(operation)").json["resourceLocation"]
        let manifest = try #require((done as? [String: Any])?["id"] as? String)
        await calls.get(["\(path)/manifests/\(manifest)"])
    }

    /// The token of before is still good when the application is no longer known in the tenant.
    private func instantiate(_ calls: inout SuccessfulCalls) async throws {
        let headers = ["Authorization": "Bearer \(try await client.graphToken(tenant: PracticeClient.northgate))"]
        let moved = client.sandbox.now.timeIntervalSince(PracticeClient.start)
        try client.sandbox.reset()
        try client.sandbox.advanceClock(by: moved)
        let path = "/v1.0/servicePrincipals"
        let json = #"{"appId":"\#(PracticeClient.clientID)"}"#
        let ours = try #require(await calls.make(.post, path, json, headers: headers).json["id"] as? String)
        let graph = await calls.make(.get, "\(path)(appId='\(Self.graph)')", headers: headers).json
        let role = (graph["appRoles"] as? [[String: Any]])?.first?["id"] as? String
        await calls.make(
            .post, "\(path)/\(ours)/appRoleAssignments",
            DelegatedAdminClient.text([
                "principalId": ours, "resourceId": graph["id"] as? String ?? "", "appRoleId": role ?? "",
            ]), headers: headers)
    }

    private func etag(_ reply: PracticeClient.Reply) -> [String: String] {
        ["If-Match": reply.json["@odata.etag"] as? String ?? ""]
    }
}
