import Foundation
import HTTPTypes
import Hummingbird

/// Who calls Partner Center, and whether they may. Source: Microsoft Learn, "Partner Center authentication" and
/// "Partner security requirements: mandating MFA".
struct CallerCheck {
    let sandbox: MicrosoftSandbox
    let call: ServiceCall

    /// False when `amr` lacks MFA, or a fault pretends so.
    func hasMFA(_ token: AccessToken) -> Bool {
        sandbox.faults.take(call, [.mfaClaimMissing]) == nil && token.hasMFA
    }

    /// The partner that the token speaks for, and who of it. People need MFA and the group AdminAgents; an application
    /// alone is let in where the call supports that.
    func caller(
        _ token: AccessToken, hasMFA: Bool, allowsAppOnly: Bool
    ) throws(PartnerCenterFault) -> (Partner, Account?) {
        guard let partner = sandbox.world.partner(token.tid) else { throw .accessDenied }
        if token.isAppOnly {
            guard allowsAppOnly else { throw .appOnly }
            return (partner, nil)
        }
        guard hasMFA else { throw .mfaMissing(sandbox.store.read { $0.refusesMissingMFA }) }
        guard let account = sandbox.world.account(token.oid), account.tenantID == partner.tenantID, account.isAdminAgent
        else {
            throw .notAdminAgent
        }
        return (partner, account)
    }
}
