/// Subscriptions in Azure below a plan. Source: Microsoft Learn, "Get a list of Azure entitlements for a subscription".
struct EntitlementCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// The collection doesn't say where it is.
    func list() throws -> PartnerCenterAnswer { .collection(try entitlements().map(json)) }

    func one() throws -> PartnerCenterAnswer {
        let id = call.parameter("entitlement").lowercased()
        guard let entitlement = try entitlements().first(where: { $0.id == id }) else {
            throw PartnerCenterFault.entitlementNotFound
        }
        return PartnerCenterAnswer(json: json(entitlement))
    }

    private func entitlements() throws(PartnerCenterFault) -> [AzureSubscription] {
        let (subscription, customer) = try call.subscription()
        guard subscription.kind == .azurePlan else { throw .notAzure }
        return call.sandbox.azureSubscriptions(below: subscription, of: customer)
    }

    private func json(_ entitlement: AzureSubscription) -> JSON {
        [
            "id": .string(entitlement.id), "friendlyName": .string(entitlement.friendlyName),
            "status": .string(entitlement.status.rawValue),
            "subscriptionId": .string(entitlement.subscriptionID),
            "partnerOnRecord": .string(call.partner.partnerID),
        ]
    }
}
