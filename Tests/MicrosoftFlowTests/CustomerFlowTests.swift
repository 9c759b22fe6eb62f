import Foundation
import HTTPTypes
import Microsoft
import MicrosoftKit
import MicrosoftSandbox
import OpenIDConnect
import PortalKit
import Testing

/// The flows in a customer's tenant.
@Suite struct CustomerFlowTests {
    @Test func `3: a CSP tenant is set up in its seven steps`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        try practice.sandbox.consent(forTenant: Practice.partner)
        let partner = practice.graph()
        let tenant = Practice.customer
        // 1: the customer is known; 2: no relationship yet, so one is made.
        #expect(try await practice.partnerCenter.customer(tenant).id == tenant)
        #expect(try await all { try await partner.relationships(tenant: tenant, after: $0) }.isEmpty)
        let roles = [Practice.globalReader, Practice.cloudApplicationAdministrator]
        let made = try await partner.createRelationship(
            Graph.NewDelegatedAdminRelationship(
                displayName: "Portal access to Harbor Dental", duration: "P730D",
                customer: Graph.DelegatedAdminRelationship.Customer(tenantID: tenant, displayName: "Harbor Dental"),
                roles: roles, autoExtendDuration: "P180D"))
        #expect(made.status == .created)
        // 3: locked, and approved by the customer on a page of Microsoft's.
        _ = try await partner.request(.lockForApproval, ofRelationship: made.id)
        #expect(try await partner.relationship(made.id).status?.phase == .waitingForCustomer)
        await #expect(throws: (any Error).self) {
            try await practice.token(tenant: tenant, scope: Practice.graphScope)
        }
        try practice.sandbox.approve(relationship: made.id, customer: tenant)
        let active = try await practice.poll {
            try await partner.relationship(made.id)
        } until: {
            $0.status == .active
        }
        // 4: the assignment first, since consent needs its role; then consent, then a token that works.
        let group = try #require(
            try await all { try await partner.groups(named: "AdminAgents", after: $0) }.first)
        let assignment = try await partner.assign(roles: roles, toGroup: group.id, inRelationship: active.id)
        _ = try await practice.poll {
            try await partner.accessAssignment(assignment.id, ofRelationship: active.id)
        } until: {
            $0.status == .active
        }
        let consent = PartnerCenter.ApplicationConsent(
            applicationID: Practice.applicationID, displayName: "Gatehouse",
            resourceID: "00000003-0000-0000-c000-000000000000",
            scopes: ["User.Read.All", "Directory.Read.All", "Organization.Read.All", "SecurityEvents.Read.All"])
        #expect(
            try await practice.partnerCenter.grantConsent(consent, inCustomer: tenant, requestID: UUID()) == .created)
        #expect(
            try await practice.partnerCenter.grantConsent(consent, inCustomer: tenant, requestID: UUID())
                == .alreadyThere)
        let graph = practice.graph(tenant: tenant)
        #expect(try await graph.organization().id == tenant)
        // 5: our people are in the group; once more is no error.
        let people = try await all { try await partner.users(after: $0) }
        let clerk = try #require(people.first { $0.userPrincipalName?.hasPrefix("clerk@") == true })
        #expect(try await partner.add(member: clerk.id, toGroup: group.id) == .created)
        #expect(try await partner.add(member: clerk.id, toGroup: group.id) == .alreadyThere)
        // 6: users, and what has changed since; 7: the first reports.
        let users = try await all { try await graph.users(after: $0) }
        #expect(users.contains { $0.userPrincipalName?.hasPrefix("admin@") == true })
        var changes = try await graph.userChanges(after: nil)
        while let next = changes.next { changes = try await graph.userChanges(after: next) }
        #expect(try await graph.userChanges(after: try #require(changes.delta)).items.isEmpty)
        #expect(try await graph.subscribedSKUs().isEmpty == false)
        #expect(try await graph.secureScores(top: 1).items.count == 1)
        #expect(practice.violations == [])
    }

    @Test func `3, 103: two years on, the relationship has expired and lets nobody in`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        try practice.sandbox.consent(forTenant: Practice.partner)
        try practice.sandbox.consent(forTenant: Practice.customer)
        try practice.sandbox.delegate(roles: [Practice.globalReader], in: Practice.customer)
        let relationships = try await all {
            try await practice.graph().relationships(tenant: Practice.customer, after: $0)
        }
        #expect(relationships.map(\.status) == [.active])
        #expect(try await practice.graph(tenant: Practice.customer).organization().id == Practice.customer)
        for _ in 0..<9 {
            try practice.sandbox.advanceClock(by: 80 * 86_400)
            _ = try await practice.token(tenant: Practice.partner, scope: Practice.graphScope)
        }
        try practice.sandbox.advanceClock(by: 40 * 86_400)
        let later = try await practice.graph().relationship(try #require(relationships.first).id)
        #expect(later.status?.phase == .overOrEnding)
        await #expect(throws: (any Error).self) {
            try await practice.token(tenant: Practice.customer, scope: Practice.graphScope)
        }
        #expect(practice.violations == [])
    }

    @Test func `4: a tenant without an agreement consents, invites our guest, and is finalised`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        try practice.sandbox.consent(forTenant: Practice.partner)
        let tenant = Practice.libertys
        let information = try await practice.graph().tenantInformation(tenantID: tenant)
        #expect(information.tenantId == tenant)
        let initial = try #require(information.defaultDomainName)
        // The customer's administrator consents at Microsoft.
        let consent = AdminConsent(practice.settings)
        let address = consent.address(
            tenant: tenant, scope: Practice.graphScope, redirectURI: Practice.redirectURI, state: "state-2")
        let refused = AdminConsent.read(
            Practice.parameters(
                of: try await PracticePerson("admin@\(initial)", consents: false).signIn(
                    at: address, in: practice.sandbox)))
        guard case .refused = refused.outcome else {
            Issue.record("\(refused)")
            return
        }
        let answer = AdminConsent.read(
            Practice.parameters(
                of: try await PracticePerson("admin@\(initial)").signIn(at: address, in: practice.sandbox)))
        #expect(answer.state == "state-2")
        #expect(answer.outcome == .granted(tenant: tenant))
        // The proof: an app-only token of that tenant that can do what was asked for.
        let asApplication = practice.appOnlyGraph(tenant: tenant)
        #expect(try await asApplication.organization().id == tenant)
        // What was given is known without another permission.
        let principal = try await asApplication.servicePrincipal(applicationID: Practice.applicationID)
        let given = try await all { try await asApplication.permissionGrants(after: $0) }
        #expect(given.map(\.consentType) == ["AllPrincipals"])
        #expect(given.map(\.clientId) == [try #require(principal).id])
        #expect(given.first?.scopes.contains("User.Read.All") == true)
        let invitation = try await asApplication.invite(
            Graph.NewInvitation(emailAddress: "guest@acmecloud.example", redirectURL: "https://portal.example/thanks"))
        let guest = try #require(invitation.invitedUser?.id)
        #expect(try await asApplication.user(guest).externalUserState?.rawValue == "PendingAcceptance")
        let person = PracticePerson("guest@acmecloud.example")
        await #expect(throws: (any Error).self) {
            try await practice.redeem(tenant: tenant, scope: "\(Practice.graphScope) offline_access openid", as: person)
        }
        _ = try await person.signIn(at: try #require(invitation.inviteRedeemUrl), in: practice.sandbox)
        #expect(try await asApplication.user(guest).externalUserState?.rawValue == "Accepted")
        let tokens = try await practice.redeem(
            tenant: tenant, scope: "\(Practice.graphScope) offline_access openid", as: person)
        let asGuest = Graph(baseURL: "\(Practice.base)/graph", send: practice.sending { tokens.accessToken })
        #expect(try await asGuest.organization().id == tenant)
        let own = try await all { try await asApplication.permissionGrants(after: $0) }.filter {
            $0.consentType == "Principal"
        }
        #expect(own.map(\.principalId) == [guest])
        // The customer deletes the enterprise application.
        try practice.sandbox.removeConsent(forTenant: tenant)
        await #expect(throws: (any Error).self) { try await asApplication.organization() }
        #expect(practice.violations == [])
    }

    @Test func `8: the reports of a customer, in one batch too`() async throws {
        let practice = try await Practice()
        try await practice.signIn()
        try practice.sandbox.consent(forTenant: Practice.customer)
        try practice.sandbox.delegate(roles: [Practice.globalReader], in: Practice.customer)
        let graph = practice.graph(tenant: Practice.customer)
        let licences = try await graph.subscribedSKUs()
        let atPartnerCenter = try await practice.partnerCenter.subscribedSKUs(ofCustomer: Practice.customer)
        #expect(Set(licences.map(\.skuPartNumber)) == Set(atPartnerCenter.map { $0.productSku.skuPartNumber }))
        let score = try #require(try await graph.secureScores(top: 1).items.first)
        #expect(score.id.hasPrefix(Practice.customer))
        let parts = try await graph.batch([
            Graph.BatchPart(id: "1", .get, "/organization"), Graph.BatchPart(id: "2", .get, "/subscribedSkus"),
        ])
        #expect(parts.count == 2)
        #expect(practice.violations == [])
    }
}
