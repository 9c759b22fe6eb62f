import Foundation
import HTTPTypes

/// One customer: read, made, ended, deleted.
struct CustomerCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    private static let mostInIntegrationSandbox = 75

    /// Details of the company only for who has a role in its tenant.
    func one() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        return PartnerCenterAnswer(json: json(of: customer).whole(showsCompany: call.mayRead(customer)))
    }

    /// Source: Microsoft Learn, "Create a customer". The credentials of the first administrator are in this answer and
    /// nowhere else; the password is that of everybody here.
    func create() throws -> PartnerCenterAnswer {
        let profile = try CustomerProfile(call.body)
        let world = call.sandbox.world
        guard world.directory(named: profile.domain) == nil else {
            throw PartnerCenterFault.invalidProperty("companyProfile.domain")
        }
        let (changes, isLimited) = call.sandbox.store.read { ($0.worldChanges, $0.commerce.isIntegrationSandbox) }
        if isLimited, call.partner.customers.count >= Self.mostInIntegrationSandbox {
            throw PartnerCenterFault.sandboxLimit
        }
        let customer = Customer(
            id: "c0c0c0c0-0000-4000-8000-" + padded(changes.created.count + 1, to: 12), name: profile.companyName,
            prefix: profile.prefix, verifiedDomain: nil, country: Country(rawValue: profile.address.country) ?? .US,
            partnerTenantID: call.partner.tenantID,
            number: call.partner.customers.count + changes.ended.count + 1)
        let json = CustomerJSON(customer: customer, profile: profile).created(profile)
        let change = AuditRecord.Change(
            "add_customer", "customer", customer: customer,
            newValue: ["id": .string(customer.id), "companyName": .string(customer.name)])
        try call.change("customer \(customer.id) created", change) { state in
            state.worldChanges.created.append(customer)
            state.commerce.profiles[customer.id] = profile
        }
        return PartnerCenterAnswer(.created, json: json)
    }

    /// Source: Microsoft Learn, "Remove a reseller relationship with a customer". Nothing else can be changed by it.
    func endRelationship() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        guard try call.body.text("relationshipToPartner").lowercased() == "none" else {
            throw PartnerCenterFault.invalidProperty("relationshipToPartner")
        }
        let statuses = call.sandbox.subscriptions(of: customer).map { $0.status(at: call.now) }
        guard !statuses.contains(.active), !statuses.contains(.pending) else {
            throw PartnerCenterFault.preconditionFailed
        }
        let change = AuditRecord.Change(
            "remove_partner_customer_relationship", "partner_customer_relationship", customer: customer,
            newValue: ["relationshipToPartner": "none"])
        try call.change("reseller relationship with customer \(customer.id) ended", change) { state in
            _ = state.worldChanges.ended.insert(customer.id)
        }
        return PartnerCenterAnswer(json: json(of: customer).brief(relationship: "none"))
    }

    /// Source: Microsoft Learn, "Delete a customer account from the integration sandbox".
    func delete() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        guard call.sandbox.store.read({ $0.commerce.isIntegrationSandbox }) else {
            throw PartnerCenterFault.notInThisEnvironment
        }
        let change = AuditRecord.Change("delete_customer", "customer", customer: customer)
        try call.change("customer \(customer.id) deleted", change) { state in
            state.worldChanges.ended.insert(customer.id)
            state.commerce.deletedCustomers.insert(customer.id)
        }
        return PartnerCenterAnswer(.noContent)
    }

    private func json(of customer: Customer) -> CustomerJSON {
        CustomerJSON(customer: customer, profile: call.sandbox.store.read { $0.commerce.profiles[customer.id] })
    }
}
