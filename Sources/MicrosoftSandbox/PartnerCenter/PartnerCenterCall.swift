import Foundation
import HTTPTypes
import Hummingbird

/// One authenticated request to Partner Center.
struct PartnerCenterCall: Sendable {
    let sandbox: MicrosoftSandbox
    let request: Request
    let context: SandboxContext
    let call: ServiceCall
    let token: AccessToken
    let partner: Partner
    /// Nil for an application alone.
    let account: Account?
    /// The variable parts of the path.
    let parameters: [String: String]
    let query: PartnerCenterQuery
    let body: PartnerCenterBody
    let correlationID: String
    let now: Date

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The customer in the path. Only the partner's own: 403 for another's and for one that left, 404 for nobody's.
    func customer() throws(PartnerCenterFault) -> Customer {
        let id = parameter("customer")
        guard UUID(uuidString: id) != nil else { throw .invalidCustomerID }
        guard let customer = sandbox.world.customer(id), !sandbox.isDeleted(customer) else { throw .tenantNotFound }
        guard customer.partnerTenantID == partner.tenantID, !partner.customers.hasLeft(customer.id) else {
            throw .noRelationship(partner: partner.tenantID, customer: customer.id)
        }
        return customer
    }

    /// The subscription in the path, and whose it is.
    func subscription() throws(PartnerCenterFault) -> (Subscription, Customer) {
        let customer = try customer()
        let id = parameter("subscription")
        guard let subscription = sandbox.subscription(id, of: customer) else { throw .subscriptionNotFound(id) }
        return (subscription, customer)
    }

    /// Changes the state, writes it down for the log and for Partner Center's own audit records. `what` names things by
    /// their ids.
    func change<Value: Sendable>(
        _ what: String, _ record: AuditRecord.Change? = nil, _ body: (inout SandboxState) throws -> Value
    ) throws -> Value {
        let value = try sandbox.store.update { state in
            let value = try body(&state)
            if let record { state.commerce.add(AuditRecord(record, call: self)) }
            return value
        }
        context.note.changed(what)
        return value
    }
}
