/// An API that tokens are made for.
enum Resource: String, Sendable, Codable, CaseIterable {
    case partnerCenter, graph, azureManagement

    /// The identifier that scopes begin with and that `aud` of a v1.0 token holds.
    var identifier: String {
        switch self {
        case .partnerCenter: "https://api.partnercenter.microsoft.com"
        case .graph: "https://graph.microsoft.com"
        case .azureManagement: "https://management.azure.com"
        }
    }

    /// The application id of the API itself, which is what consents and v2.0 tokens name it by. Source: Microsoft Learn,
    /// "First-party Microsoft applications in sign-in reports" and "Application registration for Partner Center".
    var applicationID: String {
        switch self {
        case .partnerCenter: "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"
        case .graph: "00000003-0000-0000-c000-000000000000"
        case .azureManagement: "797f4846-ba00-4fd7-ba43-dac1f8f63013"
        }
    }

    var name: String {
        switch self {
        case .partnerCenter: "Partner Center"
        case .graph: "Microsoft Graph"
        case .azureManagement: "Azure Resource Manager"
        }
    }

    /// The delegated permissions that the application is registered with, which are also all that exist here, with
    /// what the consent page says of each.
    var permissions: [(value: String, words: String)] {
        switch self {
        case .partnerCenter: [("user_impersonation", "Access Partner Center as you: read and manage your customers")]
        case .graph:
            [
                ("User.Read", "Sign you in and read your profile"),
                ("User.Read.All", "Read the full profiles of all users"),
                ("Directory.Read.All", "Read directory data"),
                ("DelegatedAdminRelationship.ReadWrite.All", "Manage delegated admin relationships with customers"),
            ]
        case .azureManagement: [("user_impersonation", "Manage Azure resources as you")]
        }
    }
}
