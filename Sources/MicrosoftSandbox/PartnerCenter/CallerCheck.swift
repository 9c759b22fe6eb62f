import Foundation
import HTTPTypes
import Hummingbird

/// Who calls Partner Center, and whether they may. Source: Microsoft Learn, "Partner Center authentication" and
/// "Partner security requirements: mandating MFA".
struct CallerCheck {
    let sandbox: MicrosoftSandbox
    let call: ServiceCall

    /// The token when it is genuine and in force. Throws 401.
    func token(_ request: Request) async throws(PartnerCenterFault) -> AccessToken {
        let header = request.headers[.authorization] ?? ""
        guard header.lowercased().hasPrefix("bearer "), header.count > 7 else { throw .tokenMissing }
        let now = Int(sandbox.now.timeIntervalSince1970)
        guard let token = await sandbox.keys.verified(String(header.dropFirst(7))),
            token.ver == "1.0", token.iss == AccessToken.issuer(tenant: token.tid), token.nbf <= now, now < token.exp
        else { throw .tokenRefused }
        guard token.aud == Resource.partnerCenter.identifier else { throw .wrongAudience }
        if sandbox.faults.take(call, [.tokenRevoked]) != nil { throw .tokenRefused }
        return token
    }

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
