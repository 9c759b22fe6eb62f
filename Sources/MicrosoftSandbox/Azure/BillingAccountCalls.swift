/// Source: Microsoft Learn, "Billing Accounts - List" and "Billing Accounts - Get".
struct BillingAccountCalls {
    let call: AzureCall

    /// Empty for those who may use none.
    func list() -> AzureAnswer {
        AzureAnswer(json: ["value": .array(call.partner.map { [BillingAccount(partner: $0).json] } ?? [])])
    }

    func read() throws -> AzureAnswer { AzureAnswer(json: try call.billingAccount(call.parameter("account")).json) }
}

extension AzureCall {
    /// By its name. 404 for nobody's, 403 for one that the caller may not use.
    func billingAccount(_ name: String) throws(AzureFault) -> BillingAccount {
        let accounts = world.partners.map(BillingAccount.init)
        guard let account = accounts.first(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw .notFound(name)
        }
        guard account.partner.tenantID == partner?.tenantID else { throw .notAuthorized }
        return account
    }

    /// Of a billing account's partner. Throws 404.
    func customer(_ id: String, of account: BillingAccount) throws(AzureFault) -> Customer {
        guard let customer = account.partner.customers.customer(id.lowercased()),
            !account.partner.customers.hasLeft(customer.id)
        else { throw .notFound(id) }
        return customer
    }
}
