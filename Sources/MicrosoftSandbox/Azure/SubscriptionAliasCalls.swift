import Foundation
import HTTPTypes

/// Making Azure subscriptions under a customer's Azure plan. Source: Microsoft Learn, "Alias - Create" and "Alias - Get".
struct SubscriptionAliasCalls {
    let call: AzureCall

    private static let scope = "/providers/microsoft.billing/billingaccounts/"

    /// 201 the first time; 200 with how far it is when the same is sent again; 409 when another is.
    func create() throws -> AzureAnswer {
        let asked = try asked()
        let existing = try call.sandbox.store.update { state in
            let existing = state.azure.alias(asked.name, of: asked.partnerTenantID)
            if existing == nil { state.azure.aliases.append(asked) }
            return existing
        }
        guard let existing else {
            call.context.note.changed(
                "Azure subscription \(asked.subscriptionID) of customer \(asked.customerID) requested as \(asked.name)")
            return AzureAnswer(status: .created, json: asked.json(at: call.now), headers: [.retryAfter: "10"])
        }
        guard existing.asksForSame(as: asked) else { throw AzureFault.aliasTaken }
        return AzureAnswer(json: existing.json(at: call.now))
    }

    func read() throws -> AzureAnswer {
        let name = call.parameter("alias")
        let alias = call.sandbox.store.read { $0.azure.alias(name, of: call.token.tid) }
        guard let alias else { throw AzureFault.notFound(name) }
        guard call.partner != nil else { throw AzureFault.notAuthorized }
        return AzureAnswer(json: alias.json(at: call.now))
    }

    private func asked() throws -> SubscriptionAlias {
        let properties = call.body["properties"]
        guard properties.members != nil else { throw AzureFault.bodyUnreadable }
        let name = call.parameter("alias")
        guard (1...64).contains(name.count), name.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 != "/" }) else {
            throw AzureFault.wrong("The alias name is not valid.")
        }
        guard let displayName = properties["displayName"].text, (1...64).contains(displayName.utf16.count) else {
            throw AzureFault.wrong("The displayName must have 1 to 64 characters.")
        }
        guard let workload = properties["workload"].text.flatMap(SubscriptionAlias.Workload.init) else {
            throw AzureFault.wrong("The workload must be Production or DevTest.")
        }
        guard let scope = properties["billingScope"].text else {
            throw AzureFault.wrong("The billingScope is missing.")
        }
        let reseller = properties["resellerId"]
        guard [.absent, .null].contains(reseller) || reseller.text != nil else {
            throw AzureFault.wrong("The resellerId must be a string.")
        }
        let (account, customer) = try owner(of: scope)
        return SubscriptionAlias(
            name: name, partnerTenantID: account.partner.tenantID, customerID: customer.id, displayName: displayName,
            workload: workload, resellerID: reseller.text, billingScope: scope,
            subscriptionID: UUID().uuidString.lowercased(), createdAt: call.now)
    }

    /// `/providers/Microsoft.Billing/billingAccounts/{account}/customers/{tenant}`.
    private func owner(of scope: String) throws(AzureFault) -> (BillingAccount, Customer) {
        let parts = scope.dropFirst(Self.scope.count).split(separator: "/", omittingEmptySubsequences: false)
        guard scope.lowercased().hasPrefix(Self.scope), parts.count == 3, parts[1].lowercased() == "customers" else {
            throw .wrong("The billingScope must name a customer of a billing account.")
        }
        let account = try call.billingAccount(String(parts[0]))
        let customer = try call.customer(String(parts[2]), of: account)
        guard call.sandbox.hasAzurePlan(customer) else { throw .wrong("The customer has no active Azure plan.") }
        return (account, customer)
    }
}
