import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import PortalKit

/// One try of a password, counted before it is made. Each takes as long as any other, whoever it is for.
struct PasswordTry: Sendable {
    enum Verdict: Sendable, Equatable {
        case right, wrong
        case wait(seconds: Int)
    }

    let email: String
    let source: TrySource
    let verdict: Verdict
    fileprivate let madeAt: Date
    fileprivate(set) var account: Credentials?
    /// Made when the stored one has cost less than one does today.
    fileprivate(set) var renewed: PasswordHash?

    /// After a right one.
    ///
    /// - Returns: the account; `nil` when it has changed while the password was judged.
    func settle(_ db: inout DatabaseConnection) throws -> Credentials? {
        guard verdict == .right, let account, let present = try db.credentials(of: account.user.id, now: madeAt),
            present.password == account.password, !present.isDisabled, present.mayUsePassword
        else { return nil }
        try db.forgetTries(.password, at: email, from: source)
        if let renewed { try db.set(renewed, of: account.user.id) }
        return present
    }
}

extension Portal {
    /// - Throws: ``PageError/overloaded`` when too many passwords wait to be judged.
    func tryPassword(_ password: String, of email: String, _ request: Request, _ context: PortalContext) async throws
        -> PasswordTry
    {
        let now = now
        let (source, account, wait) = try database.write { db in
            let source = try request.trySource(of: email, context, &db, now: now)
            let wait = try db.countTry(.password, at: email, from: source, now: now)
            return (source, try db.credentials(email: email, now: now), wait)
        }
        if let wait { return PasswordTry(email: email, source: source, verdict: .wait(seconds: wait), madeAt: now) }
        // Nobody's password never matches, so this is said once, here.
        let isUsable = account.map { !$0.isDisabled && $0.mayUsePassword && $0.password.isUsable } ?? false
        let hash = isUsable ? account?.password ?? nobodysPassword : nobodysPassword
        do {
            let cost = passwordCost
            let (matches, renewed) = try await blocking.run {
                let matches = try hash.matches(password)
                return (
                    matches,
                    matches && hash.isCheaper(than: cost) ? try PasswordHash(password: password, cost: cost) : nil
                )
            }
            return PasswordTry(
                email: email, source: source, verdict: matches && isUsable ? .right : .wrong, madeAt: now, account: account,
                renewed: renewed)
        } catch PageError.overloaded {
            try database.write { try $0.takeBackTry(.password, at: email, from: source) }
            throw PageError.overloaded
        }
    }

    /// For a new password.
    func hash(_ password: String) async throws -> PasswordHash {
        let cost = passwordCost
        return try await blocking.run { try PasswordHash(password: password, cost: cost) }
    }
}

extension Request {
    /// Where a try at this account comes from: its person's known browser, or else the network.
    func trySource(of email: String, _ context: PortalContext, _ db: inout DatabaseConnection, now: Date) throws
        -> TrySource
    {
        if let device = cookie(KnownDevice.cookie).map({ Token($0) }), try db.isKnown(device, of: email, now: now) {
            return .knownDevice(device)
        }
        return .address(context.variables.remoteAddress)
    }
}
