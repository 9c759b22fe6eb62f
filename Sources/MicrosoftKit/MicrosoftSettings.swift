import Microsoft
public import PortalKit

/// What the operator of the portal sets once for all Microsoft plugins: the cloud and the application registered there.
public struct MicrosoftSettings: Sendable {
    public let endpoints: MicrosoftEndpoints
    public let applicationID: String
    let applicationSecret: String
    /// Where the application is registered; empty where nobody said.
    let applicationTenant: String

    public static let form = Form(
        fields: [
            Field(
                name: "cloud", label: "cloud", hint: "global, us-government, china, or the address of a sandbox",
                isRequired: false
            ) { text in
                guard MicrosoftEndpoints(text) != nil else {
                    throw FieldProblem("Use global, us-government, china, or the address of a sandbox.")
                }
                return text
            },
            Field(name: "application-id", label: "application id") { try TenantID.parse($0, named: "application id") },
            Field(name: "application-secret", label: "application secret", kind: .secret),
            Field(
                name: "application-tenant", label: "tenant of the application",
                hint:
                    "The id of the tenant in which the application is registered: with it, the test can prove the secret.",
                isRequired: false
            ) { try TenantID.parse($0, named: "tenant of the application") },
        ],
        submit: "Save")

    /// The sandbox, and the application that is registered there.
    public static func practice(sandbox: String) -> [String: String] {
        [
            "cloud": sandbox, "application-id": "aaaaaaaa-0000-4000-8000-0000000000a1",
            "application-secret": "practice-secret", "application-tenant": "aaaaaaaa-0000-4000-8000-000000000001",
        ]
    }

    /// - Parameter values: read by ``form``.
    public init(_ values: Values) throws {
        guard let endpoints = MicrosoftEndpoints(values["cloud"]) else { throw FieldProblem("The cloud is not known.") }
        self.endpoints = endpoints
        applicationID = values["application-id"]
        applicationSecret = values["application-secret"]
        applicationTenant = values["application-tenant"]
    }

    /// All that the plugins call.
    public var baseURLs: [String] {
        [endpoints.authority, endpoints.partnerCenter, endpoints.graph, endpoints.azureManagement]
    }

    /// The sign-in service, without a tenant.
    public var authority: String { endpoints.authority }

    /// For tokens of Microsoft Graph, with all that was consented to.
    public func graphAudience(tenant: String) -> TokenAudience {
        TokenAudience(
            baseURL: endpoints.graph, realm: tenant, scope: "\(endpoints.graphResource)/.default")
    }

    /// A permission of Microsoft Graph as a scope names it.
    public func graphScope(_ permission: String) -> String { "\(endpoints.graphResource)/\(permission)" }

    func graph(_ grant: any Grant, tenant: String) -> Graph {
        let audience = graphAudience(tenant: tenant)
        return Graph(baseURL: endpoints.graph) { request, body in try await grant.send(request, body, for: audience) }
    }
}
