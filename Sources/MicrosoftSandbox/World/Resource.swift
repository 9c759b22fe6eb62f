/// An API that tokens are made for.
enum Resource: String, Sendable, Codable, CaseIterable {
    case partnerCenter, graph, azureManagement
    /// The application's own API: the one that takes v2.0 access tokens.
    case application

    /// The identifier that scopes begin with and that `aud` of a v1.0 token holds.
    var identifier: String {
        switch self {
        case .partnerCenter: "https://api.partnercenter.microsoft.com"
        case .graph: "https://graph.microsoft.com"
        case .azureManagement: "https://management.azure.com"
        case .application: "api://\(RegisteredApplication.gatehouseID)"
        }
    }

    /// The application id of the API itself, which is what consents and v2.0 tokens name it by. Source: Microsoft Learn,
    /// "First-party Microsoft applications in sign-in reports" and "Application registration for Partner Center".
    var applicationID: String {
        switch self {
        case .partnerCenter: "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"
        case .graph: "00000003-0000-0000-c000-000000000000"
        case .azureManagement: "797f4846-ba00-4fd7-ba43-dac1f8f63013"
        case .application: RegisteredApplication.gatehouseID
        }
    }

    var name: String {
        switch self {
        case .partnerCenter: "Partner Center"
        case .graph: "Microsoft Graph"
        case .azureManagement: "Azure Resource Manager"
        case .application: "Gatehouse"
        }
    }

    /// By identifier, with or without a slash at its end, or by application id, whatever the case.
    init?(named name: String) {
        let name = name.hasSuffix("/") ? String(name.dropLast()) : name
        let found = Self.allCases.first { $0.identifier == name || $0.applicationID == name.lowercased() }
        guard let found else { return nil }
        self = found
    }

    /// By application id alone: the `enterpriseApplicationId` of a consent through Partner Center.
    init?(enterpriseApplicationID id: String) {
        guard let found = Self.allCases.first(where: { $0.applicationID == id.lowercased() }) else { return nil }
        self = found
    }

    /// Those that somebody's consent is asked for. Its own API an application may always use.
    static let consentable: [Resource] = [.partnerCenter, .graph, .azureManagement]
}
