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
