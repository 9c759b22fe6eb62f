/// Where Microsoft's services are, per cloud (Microsoft Learn: "National clouds", "Partner Center REST URLs",
/// "Azure Government developer guide", "Azure China developer guide").
public struct MicrosoftEndpoints: Sendable, Equatable {
    /// The sign-in authority, without a tenant.
    public let authority: String
    public let partnerCenter: String
    /// Without `/v1.0`.
    public let graph: String
    /// The audience of Graph's tokens, which is the same in practice mode.
    let graphResource: String
    /// Azure Resource Manager.
    public let azureManagement: String

    /// The audience of Partner Center's tokens, which is the same in practice mode.
    public static let partnerCenterResource = "https://api.partnercenter.microsoft.com"

    public static let global = MicrosoftEndpoints(
        authority: "https://login.microsoftonline.com", partnerCenter: "https://api.partnercenter.microsoft.com",
        graph: "https://graph.microsoft.com", azureManagement: "https://management.azure.com")
    static let usGovernment = MicrosoftEndpoints(
        authority: "https://login.microsoftonline.us", partnerCenter: "https://api.partnercenter.microsoft.com",
        graph: "https://graph.microsoft.us", azureManagement: "https://management.usgovcloudapi.net")
    static let china = MicrosoftEndpoints(
        authority: "https://login.partner.microsoftonline.cn",
        partnerCenter: "https://partner.partnercenterapi.microsoftonline.cn",
        graph: "https://microsoftgraph.chinacloudapi.cn", azureManagement: "https://management.chinacloudapi.cn")

    /// The sandbox serves each service under a prefix of one address.
    static func sandbox(at address: String) -> MicrosoftEndpoints {
        MicrosoftEndpoints(
            authority: address + "/entra", partnerCenter: address + "/partnercenter", graph: address + "/graph",
            azureManagement: address + "/azure", graphResource: "https://graph.microsoft.com")
    }

    /// `global`, `us-government`, `china`, or the address of a sandbox.
    init?(_ text: String) {
        switch text {
        case "", "global": self = .global
        case "us-government": self = .usGovernment
        case "china": self = .china
        default:
            guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return nil }
            self = .sandbox(at: text.hasSuffix("/") ? String(text.dropLast()) : text)
        }
    }

    init(
        authority: String, partnerCenter: String, graph: String, azureManagement: String, graphResource: String? = nil
    ) {
        self.graphResource = graphResource ?? graph
        self.authority = authority
        self.partnerCenter = partnerCenter
        self.graph = graph
        self.azureManagement = azureManagement
    }

    /// The issuer of a tenant's v2.0 tokens.
    func issuer(of tenant: String) -> String { "\(authority)/\(tenant)/v2.0" }

    func authorizationEndpoint(of tenant: String) -> String { "\(authority)/\(tenant)/oauth2/v2.0/authorize" }

    func tokenEndpoint(of tenant: String) -> String { "\(authority)/\(tenant)/oauth2/v2.0/token" }
}
