import Foundation

/// Something that somebody did at Partner Center. Source: Microsoft Learn, "Auditing resources that help you get a
/// record of Partner Center activity".
struct AuditRecord: Codable, Sendable {
    /// What is told of a change before it is made.
    struct Change: Sendable {
        let operation: String
        let resource: String
        let customer: Customer?
        let newValue: JSON

        init(_ operation: String, _ resource: String, customer: Customer?, newValue: JSON = [:]) {
            self.operation = operation
            self.resource = resource
            self.customer = customer
            self.newValue = newValue
        }
    }

    let partnerID: String
    let customerID: String?
    let customerName: String?
    let userName: String?
    let applicationID: String
    let resource: String
    let newValue: String
    let operation: String
    let correlationID: String
    let date: Date

    init(_ change: Change, call: PartnerCenterCall) {
        partnerID = call.partner.tenantID
        customerID = change.customer?.id
        customerName = change.customer?.name
        userName = call.account?.userName
        applicationID = call.token.appid
        resource = change.resource
        newValue = String(decoding: change.newValue.bytes, as: UTF8.self)
        operation = change.operation
        correlationID = call.correlationID
        date = call.now
    }

    /// Of the time before the sandbox began: zero to two a day, at a fixed time of it.
    init?(partner: Partner, day: Int, number: Int) {
        var random = SplitMix64(seed: UInt64(day), stream: UInt64(number))
        guard random.next(below: 2) == 0, !partner.customers.isEmpty else { return nil }
        let customer = partner.customers[random.next(below: partner.customers.count)]
        let operations = [
            ("update_subscription", "subscription"), ("create_order", "order"),
            ("update_customer_billing_profile", "customer"),
        ]
        (operation, resource) = random.pick(of: operations)
        partnerID = partner.tenantID
        customerID = customer.id
        customerName = customer.name
        userName = Account.partnerStaff.first { $0.tenantID == partner.tenantID && $0.isAdminAgent }?.userName
        applicationID = "FulfillmentService"
        newValue = "{}"
        correlationID = customer.id(of: "e" + padded(number, to: 3))
        date = Date(timeIntervalSince1970: Double(day) * 86400 + 28_800 + Double(number) * 3600.1234567)
    }

    var json: JSON {
        let ticks = Int(date.timeIntervalSince1970 * 1000) * 10_000 + 621_355_968_000_000_000
        return [
            "id": .string("\(partnerID)_\(customerID ?? "")_\(operation.replacing("_", with: ""))_\(ticks)"),
            "partnerId": .string(partnerID), "participants": [.string(partnerID)],
            "customerId": .optional(customerID), "customerName": .optional(customerName),
            "userPrincipalName": .optional(userName), "applicationId": .string(applicationID),
            "resourceType": .string(resource), "resourceNewValue": .string(newValue),
            "operationType": .string(operation), "originalCorrelationId": .string(correlationID),
            "operationDate": PartnerCenterDate.sevenDigits(date), "operationStatus": "succeeded",
            "customizedData": userName == nil ? [] : [["key": "CustomerUserId", "value": .optional(customerID)]],
            "attributes": ["objectType": "AuditRecord"],
        ]
    }
}
