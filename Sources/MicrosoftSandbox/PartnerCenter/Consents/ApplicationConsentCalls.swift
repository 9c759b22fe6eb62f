import HTTPTypes

/// Consents of the portal's application in customers' tenants. Source: Microsoft Learn, "Control Panel Vendor APIs" and
/// "GDAP and the secure application model". Here there is one application, so that the consents of a tenant are its
/// own.
struct ApplicationConsentCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// Delegated permissions only, for everybody there; an API that has a grant already is refused. Several APIs in one
    /// call are taken.
    func create() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        try call.requireConsenting(in: customer)
        let applicationID = try call.body.text("applicationId", 1...100).lowercased()
        guard applicationID == call.token.appid else { throw PartnerCenterFault.accessDenied }
        let displayName = try call.body.optionalText("displayName", 0...256)
        let grants = try call.body.list("applicationGrants")
        guard !grants.isEmpty else { throw call.body.refusal("applicationGrants") }
        let wanted = try grants.map(ApplicationGrant.init)
        guard Set(wanted.map(\.resource)).count == wanted.count else { throw call.body.refusal("applicationGrants") }
        let granted = granted(in: customer)
        guard !wanted.contains(where: { grant in granted.contains { $0.resource == grant.resource } }) else {
            throw PartnerCenterFault.permissionEntryExists
        }
        let scopes = wanted.flatMap(\.scopes)
        let words = scopes.map(\.text).joined(separator: ", ")
        let change = AuditRecord.Change(
            "register_application", "application", customer: customer,
            newValue: ["applicationId": .string(applicationID)]
        )
        try call.change("consent of \(applicationID) in customer \(customer.id) given: \(words)", change) { state in
            state.consents.add(scopes, tenant: customer.id, account: nil)
        }
        return PartnerCenterAnswer(
            .created,
            json: [
                "applicationId": .string(applicationID), "displayName": .optional(displayName),
                "applicationGrants": .array(wanted.map(\.json)),
            ])
    }

    /// 200 without a body; the service principal stays.
    func delete() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        try call.requireConsenting(in: customer)
        let applicationID = call.token.appid
        guard call.parameter("application").lowercased() == applicationID, !granted(in: customer).isEmpty else {
            throw PartnerCenterFault.notFound
        }
        let change = AuditRecord.Change("unregister_application", "application", customer: customer)
        try call.change("consent of \(applicationID) in customer \(customer.id) taken back", change) { state in
            state.consents.remove(tenant: customer.id, account: nil)
        }
        return PartnerCenterAnswer(.ok)
    }

    private func granted(in customer: Customer) -> Set<ResourceScope> {
        call.sandbox.store.read { $0.consents.granted(tenant: customer.id, account: nil) }
    }
}
