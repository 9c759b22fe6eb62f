/// Relationships that a partner asks a company for, and those with other partners.
struct RelationshipCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// The address to send to the customer's administrator. Source: Microsoft Learn, "Request a reseller relationship".
    func request() -> PartnerCenterAnswer {
        PartnerCenterAnswer(json: [
            "url": .string(
                "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId="
                    + "\(call.partner.tenantID)&msppId=0&DAP=false#/BillingAccounts/partner-invitation"),
            "attributes": ["objectType": "RelationshipRequest"],
        ])
    }

    /// None: the partners here sell to their customers directly. Source: Microsoft Learn, "Retrieve a list of indirect
    /// resellers".
    func list() throws -> PartnerCenterAnswer {
        let types = ["IsIndirectResellerOf", "IsIndirectCloudSolutionProviderOf"]
        let type = call.query["relationship_type"]?.lowercased()
        guard let known = types.first(where: { $0.lowercased() == type }) else {
            throw PartnerCenterFault.invalidProperty("relationship_type")
        }
        return .collection([], at: "/relationships?relationship_type=\(known)")
    }
}
