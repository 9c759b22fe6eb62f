import HTTPTypes

/// Agreements: which there are, and which a customer has accepted.
struct AgreementCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// All types with `*` and without a type. Source: Microsoft Learn, "Get agreement metadata for the Microsoft
    /// Customer Agreement".
    func templates() throws -> PartnerCenterAnswer {
        let type = try type()
        let uri = "/agreements" + (type.map { "?agreementType=\($0)" } ?? "")
        let templates = CustomerAgreement.templates.filter { type == nil || $0.type == type }
        return .collection(
            templates.map { template in
                [
                    "templateId": .string(template.id), "agreementType": .string(template.type),
                    "agreementLink": "https://agreements.example/template", "versionRank": .integer(template.rank),
                ]
            }, at: uri)
    }

    func list() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        let type = try type()
        let agreements = call.sandbox.agreements(of: customer).filter { type == nil || $0.type == type }
        return .collection(agreements.map(\.json), at: "/customers/\(customer.id)/agreements")
    }

    func confirm() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        let body = call.body
        let contact = try body.object("primaryContact")
        let dateText = try body.text("dateAgreed", 10...40)
        guard let date = PartnerCenterDate.read(dateText), date <= call.now else { throw body.refusal("dateAgreed") }
        let templateID = try body.text("templateId").lowercased()
        let type = try body.text("type")
        guard let template = CustomerAgreement.templates.first(where: { $0.id == templateID }) else {
            throw body.refusal("templateId")
        }
        guard template.type.lowercased() == type.lowercased() else { throw body.refusal("type") }
        let email = try contact.text("email", 3...254)
        guard email.contains("@") else { throw contact.refusal("email") }
        let agreement = CustomerAgreement(
            userID: call.account?.id ?? call.token.oid, firstName: try contact.text("firstName", 1...50),
            lastName: try contact.text("lastName", 1...50), email: email,
            phoneNumber: try contact.optionalText("phoneNumber", 0...40), templateID: template.id, dateAgreed: date,
            type: template.type)
        let change = AuditRecord.Change(
            "create_agreement", "agreement", customer: customer, newValue: ["templateId": .string(template.id)])
        try call.change("agreement \(template.type) of customer \(customer.id) confirmed", change) { state in
            state.commerce.agreements[customer.id, default: []].append(agreement)
        }
        return PartnerCenterAnswer(.created, json: agreement.json)
    }

    /// Source: Microsoft Learn, "Get the status of a customer's direct signing of the Microsoft Customer Agreement".
    func directSigning() throws -> PartnerCenterAnswer {
        let isSigned = call.sandbox.hasSignedDirectly(try call.customer())
        return PartnerCenterAnswer(json: [
            "isSigned": .bool(isSigned), "attributes": ["objectType": "DirectSignedCustomerAgreementStatus"],
        ])
    }

    /// Nil for all.
    private func type() throws(PartnerCenterFault) -> String? {
        guard let asked = call.query["agreementType"], asked != "*" else { return nil }
        guard let type = CustomerAgreement.templates.first(where: { $0.type.lowercased() == asked.lowercased() })?.type
        else { throw .invalidProperty("agreementType") }
        return type
    }
}
