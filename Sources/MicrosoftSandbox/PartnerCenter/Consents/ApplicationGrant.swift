import HTTPTypes

/// Permissions on one API: its application id and one text with commas.
struct ApplicationGrant: Sendable {
    let resource: Resource
    let values: [String]

    /// Commas with and without a space; nothing that isn't a delegated permission of the API.
    init(_ body: PartnerCenterBody) throws(PartnerCenterFault) {
        let id = try body.text("enterpriseApplicationId", 1...100).lowercased()
        guard let resource = Resource.allCases.first(where: { $0.applicationID == id }) else {
            throw PartnerCenterFault(
                .badRequest, "3000", "The customer's organization has no service principal for the resource \(id).")
        }
        let text = try body.text("scope", 1...4000)
        let values = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimming() }
        let known = Set(resource.permissions.map(\.value))
        if let unknown = values.first(where: { !known.contains($0) }) {
            throw PartnerCenterFault(
                .badRequest, "3000", "Invalid property: scope. \(unknown.prefix(100)) is no delegated permission.")
        }
        self.resource = resource
        self.values = values
    }

    var scopes: [ResourceScope] { values.map { ResourceScope(resource: resource, value: $0) } }

    var json: JSON {
        [
            "enterpriseApplicationId": .string(resource.applicationID),
            "scope": .string(values.joined(separator: ", ")),
        ]
    }
}
