import Foundation
import HTTPTypes
import Microsoft

extension SampleCall {
    static let graph =
        relationshipCalls + assignmentCalls + tenantCalls + userCalls + reportCalls + groupCalls
        + permissionCalls + exportCalls

    private static let relationships = "/v1.0/tenantRelationships/delegatedAdminRelationships"

    static let relationshipAnswer =
        ##"{"@odata.type":"#microsoft.graph.delegatedAdminRelationship","@odata.etag":"W/\"e1\"","id":"r1","displayName":"Portal","duration":"P730D","customer":{"tenantId":"c1","displayName":"Northgate"},"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"88d8"}]},"status":"created","autoExtendDuration":"P180D","createdDateTime":"2026-01-15T18:00:00.000Z","activatedDateTime":"","endDateTime":null}"##

    private static let location = ["Location": "https://graph.example/v1.0/x/operations/o1", "Retry-After": "10"]

    private static let relationshipCalls = [
        SampleCall(
            "create relationship", .post, relationships,
            body:
                #"{"displayName":"Portal","duration":"P730D","customer":{"tenantId":"cccccccc-0000-4000-8000-000000000001","displayName":"Northgate"},"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"88d8"}]},"autoExtendDuration":"P180D"}"#,
            status: .created, answer: relationshipAnswer
        ) { wire, _ in
            _ = try await wire.graph.createRelationship(
                Graph.NewDelegatedAdminRelationship(
                    displayName: "Portal", duration: "P730D",
                    customer: Graph.DelegatedAdminRelationship.Customer(
                        tenantID: "cccccccc-0000-4000-8000-000000000001", displayName: "Northgate"),
                    roles: ["88d8"], autoExtendDuration: "P180D"))
        },
        SampleCall("relationship", .get, "\(relationships)/{id}", answer: relationshipAnswer) { wire, id in
            _ = try await wire.graph.relationship(id)
        },
        SampleCall(
            "relationships", .get,
            "\(relationships)?$filter=status%20eq%20%27active%27%20and%20customer%2FtenantId%20eq%20%27o%27%27c%27&$top=300",
            answer:
                #"{"value":[\#(relationshipAnswer)],"@odata.nextLink":"https://graph.example\#(relationships)?$skiptoken=x"}"#
        ) { wire, _ in
            _ = try await wire.graph.relationships(status: .active, tenant: "o'c", top: 300, after: nil)
        },
        SampleCall(
            "update relationship", .patch, "\(relationships)/{id}", body: #"{"autoExtendDuration":"P180D"}"#,
            fields: ["If-Match": #"W/"e1""#], answer: relationshipAnswer
        ) { wire, id in
            var change = Graph.DelegatedAdminRelationshipChange()
            change.autoExtendDuration = "P180D"
            _ = try await wire.graph.update(relationship: id, etag: #"W/"e1""#, change)
        },
        SampleCall(
            "delete relationship", .delete, "\(relationships)/{id}", fields: ["If-Match": #"W/"e1""#],
            status: .noContent, answer: ""
        ) { wire, id in try await wire.graph.deleteRelationship(id, etag: #"W/"e1""#) },
        SampleCall(
            "lock for approval", .post, "\(relationships)/{id}/requests", body: #"{"action":"lockForApproval"}"#,
            status: .created,
            answer:
                #"{"id":"q1","action":"lockForApproval","status":"created","createdDateTime":"2026-01-15T18:00:01.000Z"}"#
        ) { wire, id in _ = try await wire.graph.request(.lockForApproval, ofRelationship: id) },
        SampleCall(
            "relationship request state", .get, "\(relationships)/{id}/requests/q1",
            fields: ["Prefer": "include-unknown-enum-members"],
            answer: #"{"id":"q1","action":"reject","status":"succeeded"}"#
        ) { wire, id in _ = try await wire.graph.request("q1", ofRelationship: id) },
        SampleCall(
            "relationship operation", .get, "\(relationships)/{id}/operations/o1",
            answer:
                #"{"id":"o1","operationType":"delegatedAdminAccessAssignmentUpdate","status":"running","data":"{}","createdDateTime":"2026-01-15T18:00:01.000Z"}"#
        ) { wire, id in _ = try await wire.graph.operation("o1", ofRelationship: id) },
    ]

    private static let assignmentAnswer =
        #"{"@odata.etag":"W/\"e2\"","id":"a1","status":"pending","accessContainer":{"accessContainerId":"g1","accessContainerType":"securityGroup"},"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"88d8"}]}}"#

    private static let assignmentCalls = [
        SampleCall(
            "assign roles", .post, "\(relationships)/{id}/accessAssignments",
            body:
                #"{"accessContainer":{"accessContainerId":"g1","accessContainerType":"securityGroup"},"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"88d8"}]}}"#,
            status: .created, answer: assignmentAnswer
        ) { wire, id in _ = try await wire.graph.assign(roles: ["88d8"], toGroup: "g1", inRelationship: id) },
        SampleCall(
            "access assignments", .get, "\(relationships)/{id}/accessAssignments",
            answer: #"{"value":[\#(assignmentAnswer)]}"#
        ) { wire, id in _ = try await wire.graph.accessAssignments(ofRelationship: id, after: nil) },
        SampleCall(
            "access assignment", .get, "\(relationships)/{id}/accessAssignments/a1", answer: assignmentAnswer
        ) { wire, id in _ = try await wire.graph.accessAssignment("a1", ofRelationship: id) },
        SampleCall(
            "update access assignment", .patch, "\(relationships)/{id}/accessAssignments/a1",
            body: #"{"accessDetails":{"unifiedRoles":[{"roleDefinitionId":"f2ef"}]}}"#,
            fields: ["If-Match": #"W/"e2""#], status: .accepted, answerFields: location, answer: ""
        ) { wire, id in
            _ = try await wire.graph.update(
                accessAssignment: "a1", ofRelationship: id, etag: #"W/"e2""#, roles: ["f2ef"])
        },
        SampleCall(
            "delete access assignment", .delete, "\(relationships)/{id}/accessAssignments/a1",
            fields: ["If-Match": #"W/"e2""#], status: .noContent, answer: ""
        ) { wire, id in
            try await wire.graph.deleteAccessAssignment("a1", ofRelationship: id, etag: #"W/"e2""#)
        },
    ]

    private static let tenantCalls = [
        SampleCall(
            "delegated admin customers", .get, "/v1.0/tenantRelationships/delegatedAdminCustomers?$top=100",
            answer: #"{"value":[{"id":"c1","tenantId":"c1","displayName":"Northgate"}]}"#
        ) { wire, _ in _ = try await wire.graph.delegatedAdminCustomers(top: 100, after: nil) },
        SampleCall(
            "tenant by id", .get,
            "/v1.0/tenantRelationships/findTenantInformationByTenantId(tenantId='{id}')",
            answer: #"{"tenantId":"c1","displayName":"Northgate","defaultDomainName":"n.onmicrosoft.com"}"#
        ) { wire, id in _ = try await wire.graph.tenantInformation(tenantID: id) },
        SampleCall(
            "tenant by domain", .get,
            "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='{id}')",
            answer: #"{"tenantId":"c1","federationBrandName":null}"#
        ) { wire, id in _ = try await wire.graph.tenantInformation(domain: id) },
        SampleCall(
            "contracts", .get, "/v1.0/contracts",
            answer: #"{"value":[{"id":"k1","customerId":"c1","contractType":"ResellerPartner"}]}"#
        ) { wire, _ in _ = try await wire.graph.contracts(after: nil) },
        SampleCall(
            "organization", .get,
            "/v1.0/organization?$select=id,displayName,verifiedDomains,tenantType,partnerTenantType,countryLetterCode",
            answer:
                #"{"value":[{"id":"c1","displayName":"Northgate","verifiedDomains":[{"name":"n.onmicrosoft.com","isDefault":true,"isInitial":true}]}]}"#
        ) { wire, _ in _ = try await wire.graph.organization() },
        SampleCall(
            "domains", .get, "/v1.0/domains",
            answer: #"{"value":[{"id":"n.example","isVerified":true,"supportedServices":["Email"]}]}"#
        ) { wire, _ in _ = try await wire.graph.domains() },
    ]

    private static let userCalls = [
        SampleCall(
            "invite", .post, "/v1.0/invitations",
            body:
                #"{"invitedUserEmailAddress":"t@example.com","inviteRedirectUrl":"https://portal.example/guest","sendInvitationMessage":true,"invitedUserMessageInfo":{"messageLanguage":"en-US","customizedMessageBody":"Hi"}}"#,
            status: .created,
            answer:
                #"{"id":"i1","inviteRedeemUrl":"https://login.example/redeem","status":"PendingAcceptance","invitedUser":{"id":"u1"}}"#
        ) { wire, _ in
            var invitation = Graph.NewInvitation(
                emailAddress: "t@example.com", redirectURL: "https://portal.example/guest")
            invitation.sendInvitationMessage = true
            invitation.invitedUserMessageInfo = Graph.NewInvitation.Message(language: "en-US", body: "Hi")
            _ = try await wire.graph.invite(invitation)
        },
        SampleCall(
            "users", .get, "/v1.0/users?$select=id,displayName&$top=2",
            answer:
                #"{"value":[{"id":"u1","displayName":"Ana","businessPhones":[]}],"@odata.nextLink":"https://graph.example/v1.0/users?$skiptoken=S"}"#
        ) { wire, _ in _ = try await wire.graph.users(select: ["id", "displayName"], top: 2, after: nil) },
        SampleCall(
            "user", .get, "/v1.0/users/{id}?$select=externalUserState",
            answer:
                #"{"id":"u1","externalUserState":"Accepted","externalUserStateChangeDateTime":"2026-01-16T09:05:00Z"}"#
        ) { wire, id in _ = try await wire.graph.user(id, select: ["externalUserState"]) },
        SampleCall(
            "user changes", .get, "/v1.0/users/delta?$select=displayName",
            answer:
                #"{"value":[{"id":"u1","displayName":null},{"id":"u2","@removed":{"reason":"changed"}}],"@odata.deltaLink":"https://graph.example/v1.0/users/delta?$deltatoken=D"}"#
        ) { wire, _ in _ = try await wire.graph.userChanges(select: ["displayName"], after: nil) },
    ]

    private static let reportCalls = [
        SampleCall(
            "Graph subscribed SKUs", .get, "/v1.0/subscribedSkus",
            answer:
                #"{"value":[{"id":"c1_p1","skuId":"p1","skuPartNumber":"BASIC","capabilityStatus":"Enabled","consumedUnits":6,"prepaidUnits":{"enabled":10,"warning":1},"servicePlans":[{"servicePlanId":"x"}]}]}"#
        ) { wire, _ in _ = try await wire.graph.subscribedSKUs() },
        SampleCall(
            "secure scores", .get, "/v1.0/security/secureScores?$top=1",
            answer:
                #"{"value":[{"id":"c1_2026-01-15","createdDateTime":"2026-01-15T00:00:00Z","currentScore":41.5,"maxScore":120.0,"controlScores":[{"controlName":"MFA","score":9.0,"more":true}]}],"@odata.nextLink":"https://graph.example/v1.0/security/secureScores?$top=1&$skip=1"}"#
        ) { wire, _ in _ = try await wire.graph.secureScores(top: 1) },
    ]

    private static let groupCalls = [
        SampleCall(
            "create group", .post, "/v1.0/groups",
            body:
                #"{"displayName":"Portal","mailNickname":"portal","mailEnabled":false,"securityEnabled":true}"#,
            status: .created, answer: #"{"id":"g1","displayName":"Portal","securityEnabled":true}"#
        ) { wire, _ in _ = try await wire.graph.createSecurityGroup(displayName: "Portal", mailNickname: "portal") },
        SampleCall(
            "groups", .get,
            "/v1.0/groups?$filter=displayName%20eq%20%27O%27%27Neil%20%26%20Co%27&$select=id,displayName,description,securityEnabled,mailEnabled",
            answer: #"{"value":[{"id":"g1"}]}"#
        ) { wire, _ in _ = try await wire.graph.groups(named: "O'Neil & Co", after: nil) },
        SampleCall(
            "add member", .post, "/v1.0/groups/g1/members/$ref",
            body: #"{"@odata.id":"https://graph.example/v1.0/directoryObjects/{id}"}"#, status: .noContent, answer: ""
        ) { wire, id in _ = try await wire.graph.add(member: id, toGroup: "g1") },
        SampleCall(
            "remove member", .delete, "/v1.0/groups/g1/members/{id}/$ref", status: .noContent, answer: ""
        ) { wire, id in try await wire.graph.remove(member: id, fromGroup: "g1") },
    ]

    private static let permissionCalls = [
        SampleCall(
            "service principal", .get, "/v1.0/servicePrincipals(appId='{id}')",
            answer:
                #"{"id":"p1","appId":"app","appRoles":[{"id":"ar1","value":"User.Invite.All"}],"oauth2PermissionScopes":[]}"#
        ) { wire, id in _ = try await wire.graph.servicePrincipal(applicationID: id) },
        SampleCall(
            "create service principal", .post, "/v1.0/servicePrincipals", body: #"{"appId":"app"}"#,
            status: .created, answer: #"{"id":"p1","appId":"app"}"#
        ) { wire, _ in _ = try await wire.graph.createServicePrincipal(applicationID: "app") },
        SampleCall(
            "app role assignments", .get, "/v1.0/servicePrincipals/{id}/appRoleAssignments",
            answer: #"{"value":[{"id":"x","appRoleId":"ar1","principalId":"p1","resourceId":"p2"}]}"#
        ) { wire, id in _ = try await wire.graph.appRoleAssignments(ofPrincipal: id, after: nil) },
        SampleCall(
            "assign app role", .post, "/v1.0/servicePrincipals/{id}/appRoleAssignments",
            body: #"{"principalId":"{id}","resourceId":"p2","appRoleId":"ar1"}"#, status: .created,
            answer: #"{"id":"x"}"#
        ) { wire, id in _ = try await wire.graph.assign(appRole: "ar1", ofResource: "p2", toPrincipal: id) },
        SampleCall(
            "permission grants", .get, "/v1.0/oauth2PermissionGrants?$filter=clientId%20eq%20%27p1%27",
            answer: #"{"value":[{"id":"x_-y","clientId":"p1","scope":" User.Read.All Group.Read.All"}]}"#
        ) { wire, _ in _ = try await wire.graph.permissionGrants(ofClient: "p1", after: nil) },
        SampleCall(
            "permission grants of the tenant", .get, "/v1.0/oauth2PermissionGrants",
            answer:
                #"{"value":[{"id":"x_-y","consentType":"Principal","principalId":"u1","scope":"User.Read"}]}"#
        ) { wire, _ in _ = try await wire.graph.permissionGrants(after: nil) },
        SampleCall(
            "grant permissions", .post, "/v1.0/oauth2PermissionGrants",
            body:
                #"{"clientId":"p1","consentType":"AllPrincipals","resourceId":"p2","scope":"User.Read.All Group.Read.All"}"#,
            status: .created, answer: #"{"id":"x"}"#
        ) { wire, _ in
            _ = try await wire.graph.grant(
                scopes: ["User.Read.All", "Group.Read.All"], ofResource: "p2", toClient: "p1")
        },
        SampleCall(
            "update permission grant", .patch, "/v1.0/oauth2PermissionGrants/{id}",
            body: #"{"scope":"User.Read.All"}"#, status: .noContent, answer: ""
        ) { wire, id in try await wire.graph.update(permissionGrant: id, scopes: ["User.Read.All"]) },
        SampleCall(
            "batch", .post, "/v1.0/$batch",
            body:
                #"{"requests":[{"id":"1","method":"GET","url":"/organization"},{"id":"2","method":"GET","url":"/subscribedSkus","dependsOn":["1"]}]}"#,
            answer:
                #"{"responses":[{"id":"2","status":429,"headers":{"Retry-After":"10"},"body":{"error":{"code":"TooManyRequests","message":"Too many requests"}}},{"id":"1","status":200,"body":{"value":[]}}]}"#
        ) { wire, _ in
            _ = try await wire.graph.batch([
                Graph.BatchPart(id: "1", .get, "/organization"),
                Graph.BatchPart(id: "2", .get, "/subscribedSkus", dependsOn: ["1"]),
            ])
        },
    ]

    private static let exportCalls = [
        SampleCall(
            "operation by its address", .get, "/v1.0/x/operations/o1", answer: #"{"id":"o1","status":"succeeded"}"#
        ) { wire, _ in
            _ = try await wire.graph.operation(at: LongRunning(location: "https://graph.example/v1.0/x/operations/o1"))
        },
        SampleCall(
            "billing export", .get, "/v1.0/x/operations/o1",
            answer:
                ##"{"@odata.type":"#microsoft.graph.partners.billing.exportSuccessOperation","id":"o1","status":"succeeded","resourceLocation":{"id":"m1","rootDirectory":"https://files.example/x","sasToken":"sig","blobCount":1,"blobs":[{"name":"part-0.json.gz","partitionValue":"default"}],"dataFormat":"compressedJSONLines"}}"##
        ) { wire, _ in
            _ = try await wire.graph.billingExport(
                at: LongRunning(location: "https://graph.example/v1.0/x/operations/o1"))
        },
        SampleCall(
            "export billed", .post, "/v1.0/reports/partners/billing/reconciliation/billed/export",
            body: #"{"invoiceId":"G1","attributeSet":"full"}"#, status: .accepted, answerFields: location, answer: ""
        ) { wire, _ in _ = try await wire.graph.exportBilled(.reconciliation, invoice: "G1") },
        SampleCall(
            "export unbilled", .post, "/v1.0/reports/partners/billing/usage/unbilled/export",
            body: #"{"currencyCode":"USD","billingPeriod":"last","attributeSet":"basic"}"#, status: .accepted,
            answerFields: location, answer: ""
        ) { wire, _ in
            _ = try await wire.graph.exportUnbilled(
                .usage, currencyCode: "USD", period: .last, attributes: .basic)
        },
    ]
}
