import Foundation
import PortalKit

extension DatabaseConnection {
    enum CodeVerdict: Sendable, Equatable {
        case right(SecondFactor.Proof)
        case wrong
        case wait(seconds: Int)
    }

    /// So many wrong codes in an hour, and their person is told: somebody has the password.
    private static var wrongCodesBeforeNotice: Int { 10 }

    /// One try of a code of the app or of a recovery code, counted.
    mutating func tryCode(_ typed: String, of user: User, from source: TrySource, _ vault: Vault, at now: Date) throws
        -> CodeVerdict
    {
        let subject = user.id.rawValue
        if let wait = try countTry(.code, at: subject, from: source, now: now) { return .wait(seconds: wait) }
        if let proof = try use(typed, of: user.id, vault, at: now) {
            try forgetTries(.code, at: subject, from: source)
            if proof == .recoveryCode { try tell(user, .recoveryCodeUsed, vault, at: now) }
            return .right(proof)
        }
        if try tries(.code, at: subject) == Self.wrongCodesBeforeNotice { try tell(user, .wrongCodes, vault, at: now) }
        return .wrong
    }
}
