import Foundation
import PortalKit

/// What a person is told by mail of the own account. If it was somebody else, this is how it comes out.
enum AccountNotice: Sendable {
    case passwordChanged
    case secondFactorOn, secondFactorOff, secondFactorCleared
    case recoveryCodesMade
    case recoveryCodeUsed
    case wrongCodes
    case oldestSessionEnded(limit: Int)

    var subject: String {
        switch self {
        case .passwordChanged: "Your password was changed"
        case .secondFactorOn: "Your second step was switched on"
        case .secondFactorOff: "Your second step was switched off"
        case .secondFactorCleared: "Your second step was reset"
        case .recoveryCodesMade: "You have new recovery codes"
        case .recoveryCodeUsed: "One of your recovery codes was used"
        case .wrongCodes: "Wrong codes at your sign-in"
        case .oldestSessionEnded: "Your oldest sign-in was ended"
        }
    }

    var text: String {
        switch self {
        case .passwordChanged: "The password of your account was changed, and all other sign-ins were ended."
        case .secondFactorOn: "From now on signing in asks for a code of your authenticator app."
        case .secondFactorOff: "From now on your password alone signs in."
        case .secondFactorCleared:
            "The authenticator app and the recovery codes of your account were reset, and you are signed out everywhere. Your password signs in; set up the app again then."
        case .recoveryCodesMade: "New recovery codes were made. The earlier ones no longer work."
        case .recoveryCodeUsed:
            "A recovery code took the place of your authenticator app at a sign-in. It does not work again."
        case .wrongCodes:
            "Somebody who has your password has typed several wrong codes of your authenticator app."
        case .oldestSessionEnded(let limit):
            "You signed in \(limit + 1) times without signing out; \(limit) are kept, and the oldest one was ended."
        }
    }
}

extension DatabaseConnection {
    mutating func tell(_ user: User, _ notice: AccountNotice, _ vault: Vault, at now: Date) throws {
        try post(
            Mail(
                brokerID: user.brokerID, purpose: .notice, recipient: user.email, subject: notice.subject,
                body: """
                    Hello \(user.name.plainLine),

                    \(notice.text)

                    When: \(UTCTime(now).text)

                    If this was not you: set a new password at once ("Forgotten your password?" on the sign-in page), and tell
                    an owner of your company or the portal's administrator.
                    """), vault, at: now)
    }
}
