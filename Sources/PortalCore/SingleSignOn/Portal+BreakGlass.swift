import Foundation
import PortalKit

/// What the command line does on the machine itself when a provider lets nobody in. Each is audited, told to the owners by
/// mail, and shown on every page while it is open.
extension Portal {
    package enum BreakGlassProblem: Error, Equatable, CustomStringConvertible {
        case noBroker(String)
        case severalBrokers(String)
        case badMinutes
        case noReason
        case notRequired(String)
        case notSuspended(String)
        case noUser(String)
        case disabled(String)

        package var description: String {
            switch self {
            case .noBroker(let text): "There is no broker \"\(text)\". Give its id or its whole name."
            case .severalBrokers(let text): "Several brokers are called \"\(text)\". Give the id."
            case .badMinutes: "Give a number of minutes from 1 to \(SSOSuspension.longestMinutes)."
            case .noReason: "Give a reason; it is audited and told to the owners."
            case .notRequired(let name): "Single sign-on is not required at \(name), so there is nothing to suspend."
            case .notSuspended(let name): "Nothing is suspended at \(name)."
            case .noUser(let email): "There is no user \(email)."
            case .disabled(let email): "\(email), or the broker behind it, is disabled. Enable it first."
            }
        }
    }

    /// Lifts a broker's requirement of single sign-on for a while.
    ///
    /// - Parameter name: the broker's id or name.
    /// - Returns: the broker's name, and until when.
    /// - Throws: ``BreakGlassProblem``.
    func suspendSSO(broker name: String, minutes: Int, reason: String, by person: Operator) throws -> (
        broker: String, until: Date
    ) {
        guard (1...SSOSuspension.longestMinutes).contains(minutes) else { throw BreakGlassProblem.badMinutes }
        let reason = String(reason.trimmingCharacters(in: .whitespacesAndNewlines).prefix(500))
        guard !reason.isEmpty else { throw BreakGlassProblem.noReason }
        let now = now
        return try database.write { db in
            let broker = try db.brokerForCommand(name)
            guard try db.ssoState(of: broker.id, now: now).isRequiredBySetting else {
                throw BreakGlassProblem.notRequired(broker.name)
            }
            let until = try db.suspendSSO(
                of: broker, minutes: minutes, reason: reason, by: person, vault, at: now)
            return (broker.name, until)
        }
    }

    /// Ends a suspension before its time.
    ///
    /// - Returns: the broker's name.
    /// - Throws: ``BreakGlassProblem``.
    func restoreSSO(broker name: String, by person: Operator) throws -> String {
        let now = now
        return try database.write { db in
            let broker = try db.brokerForCommand(name)
            var line = person.line("", "")
            line.brokerID = broker.id
            guard
                try db.endSSOSuspension(
                    of: broker.id, why: "ended on the machine", by: "command line", vault, at: now,
                    line: line)
            else { throw BreakGlassProblem.notSuspended(broker.name) }
            return broker.name
        }
    }

    /// A link that signs a person in once, within ten minutes, without password, second factor and single sign-on.
    ///
    /// - Throws: ``BreakGlassProblem``.
    func signInLink(email: String, by person: Operator) throws -> (address: String, until: Date) {
        let email = email.trimmingCharacters(in: .whitespaces).lowercased()
        let now = now
        return try database.write { db in
            guard let user = try db.personForCommand(email) else { throw BreakGlassProblem.noUser(email) }
            guard !user.isDisabled else { throw BreakGlassProblem.disabled(email) }
            let token = try db.makeLink(.signIn, for: user.id, by: "command line", now: now)
            let until = now + OneTimeLink.Purpose.signIn.lifetime
            var line = person.line(
                "sign-in-link.create", "user:\(user.id)", ["email": email, "until": UTCTime(until).exact])
            line.brokerID = user.broker?.id
            try db.audit(line, at: now)
            try db.tellOfSignInLink(email, user.broker, "was made on the portal's machine", vault, at: now)
            return (address(of: token, .signIn, for: user.broker), until)
        }
    }
}

extension DatabaseConnection {
    /// The person itself, and the owners of its broker.
    mutating func tellOfSignInLink(
        _ email: String, _ broker: Broker?, _ what: String, _ vault: Vault, at now: Date
    ) throws {
        let subject = "Break-glass: a sign-in link for \(email)"
        let text = """
            A link that signs in \(email) without a password and without single sign-on \(what) at \(UTCTime(now).text).

            If you don't know why, ask the portal's administrator at once.
            """
        try post(
            Mail(brokerID: broker?.id, purpose: .notice, recipient: email, subject: subject, body: text), vault, at: now
        )
        guard let broker else { return }
        let owners = try query(
            """
            SELECT email FROM portal_user WHERE broker_id = \(broker.id) AND role = \(Role.brokerOwner)
                AND disabled_at IS NULL AND email <> \(email) ORDER BY email
            """
        ) { try $0[0] as String }
        for owner in owners {
            try post(
                Mail(brokerID: broker.id, purpose: .notice, recipient: owner, subject: subject, body: text), vault,
                at: now)
        }
    }

    fileprivate mutating func brokerForCommand(_ text: String) throws -> Broker {
        if let broker = try broker(Key(text)) { return broker }
        let named = try query("SELECT id, name, region FROM broker WHERE LOWER(name) = LOWER(\(text))") { row in
            try Broker(id: row[0], name: row[1], region: row[2])
        }
        guard let first = named.first else { throw Portal.BreakGlassProblem.noBroker(text) }
        guard named.count == 1 else { throw Portal.BreakGlassProblem.severalBrokers(text) }
        return first
    }

    fileprivate mutating func personForCommand(_ email: String) throws
        -> (id: Key<User>, broker: Broker?, isDisabled: Bool)?
    {
        let found = try first(
            """
            SELECT portal_user.id, broker_id, portal_user.disabled_at IS NOT NULL OR broker.disabled_at IS NOT NULL
            FROM portal_user LEFT JOIN broker ON broker.id = broker_id WHERE email = \(email)
            """
        ) { row in try (row[0] as Key<User>, row[1] as Key<Broker>?, row[2] as Bool) }
        guard let (id, broker, isDisabled) = found else { return nil }
        return (id, try broker.flatMap { try self.broker($0) }, isDisabled)
    }
}
