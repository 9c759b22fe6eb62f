/// Delegated admin relationships with what hangs on them, and the partners' billing exports.
struct PartnershipState: Codable, Sendable {
    /// In the order in which they were created.
    var relationships: [DelegatedAdminRelationship] = []
    var exports: [BillingExport] = []

    /// Only the partner's own.
    func index(of id: String, partner: String) -> Int? {
        let id = id.lowercased()
        return relationships.firstIndex { $0.id == id && $0.partnerTenantID == partner }
    }

    func relationships(of partner: String) -> [DelegatedAdminRelationship] {
        relationships.filter { $0.partnerTenantID == partner }
    }

    func hasName(_ name: String, partner: String, otherThan id: String? = nil) -> Bool {
        relationships.contains { $0.displayName == name && $0.partnerTenantID == partner && $0.id != id }
    }
}
