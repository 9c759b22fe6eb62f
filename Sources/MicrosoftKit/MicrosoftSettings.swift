public import PortalKit

/// What the operator of the portal sets once for all Microsoft plugins: the cloud and the application registered there.
public struct MicrosoftSettings: Sendable {
    public let endpoints: MicrosoftEndpoints
    public let applicationID: String
    let applicationSecret: String

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
        ],
        submit: "Save")

    /// The sandbox, and the application that is registered there.
    public static func practice(sandbox: String) -> [String: String] {
        [
            "cloud": sandbox, "application-id": "aaaaaaaa-0000-4000-8000-0000000000a1",
            "application-secret": "practice-secret",
        ]
    }

    /// - Parameter values: read by ``form``.
    public init(_ values: Values) throws {
        guard let endpoints = MicrosoftEndpoints(values["cloud"]) else { throw FieldProblem("The cloud is not known.") }
        self.endpoints = endpoints
        applicationID = values["application-id"]
        applicationSecret = values["application-secret"]
    }
}
