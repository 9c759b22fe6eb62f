import Foundation
import HTTPTypes
import Hummingbird

/// One authenticated request to Azure Resource Manager.
struct AzureCall: Sendable {
    let sandbox: MicrosoftSandbox
    let request: Request
    let context: SandboxContext
    let token: AccessToken
    let query: FormFields
    let version: String
    let body: JSON
    let world: World
    let now: Date

    func parameter(_ name: String) -> String { context.parameters.get(name)?.percentDecoded() ?? "" }

    /// The partner whose billing account the caller may use; nil for people who are no Admin Agents and in customers'
    /// tenants. An application alone has no role there.
    var partner: Partner? {
        guard let partner = world.partner(token.tid), let account = world.account(token.oid),
            account.tenantID == partner.tenantID, account.isAdminAgent
        else { return nil }
        return partner
    }
}

/// What a call gives.
struct AzureAnswer: Sendable {
    var status = HTTPResponse.Status.ok
    let json: JSON
    var headers = HTTPFields()
}
