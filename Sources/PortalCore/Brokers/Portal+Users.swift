import Foundation
import PortalKit

/// What the command line does with people, on a portal that does not serve.
extension Portal {
    package struct UserRow: Sendable, Codable {
        package let email: String
        package let name: String
        package let role: String
        package let broker: String?
        package let isDisabled: Bool
        package let hasSecondFactor: Bool
    }

    package enum UserProblem: Error, CustomStringConvertible {
        case badAddress(String)
        case known(String)
        case weakPassword(PasswordProblem)
        case unknown(String)

        package var description: String {
            switch self {
            case .badAddress(let text): "\"\(text)\" is not an e-mail address."
            case .known(let email): "There is a user \(email) already."
            case .weakPassword(let problem): problem.text
            case .unknown(let email): "There is no user \(email)."
            }
        }
    }

    /// Makes a portal administrator.
    ///
    /// - Throws: ``UserProblem``.
    func createAdministrator(email: String, name: String, password: String, by person: Operator) throws {
        let email = email.trimmingCharacters(in: .whitespaces).lowercased()
        guard email.count <= 254, email.split(separator: "@").count == 2, !email.contains(" ") else {
            throw UserProblem.badAddress(email)
        }
        if let problem = PasswordRules.problem(password, of: [name, email]) { throw UserProblem.weakPassword(problem) }
        let hash = try PasswordHash(password: password, cost: passwordCost)
        let user = User(
            id: .new(), email: email, name: name, role: .portalAdministrator, brokerID: nil, organizationID: nil)
        let now = now
        try database.write { db in
            guard try db.count("SELECT COUNT(*) FROM portal_user WHERE email = \(email)") == 0 else {
                throw UserProblem.known(email)
            }
            try db.insert(user, password: hash, at: now)
            try db.audit(
                person.line("user.create", "user:\(user.id)", ["email": email, "role": user.role.rawValue]),
                at: now)
        }
    }

    /// For a person who has lost the authenticator app and the recovery codes.
    ///
    /// - Returns: whether there was a second factor.
    /// - Throws: ``UserProblem/unknown(_:)``.
    func clearSecondFactor(email: String, by person: Operator) throws -> Bool {
        let email = typedAddress(email)
        let now = now
        return try database.write { db in
            guard let account = try db.credentials(email: email, now: now) else { throw UserProblem.unknown(email) }
            var line = person.line("", "")
            line.brokerID = account.user.brokerID
            return try db.clearSecondFactor(of: account.user, as: line, vault, at: now)
        }
    }

    package func userRows() throws -> [UserRow] {
        try database.read { db in
            try db.query(
                """
                SELECT email, portal_user.name, role, broker.name, portal_user.disabled_at IS NOT NULL, totp_since IS NOT NULL
                FROM portal_user LEFT JOIN broker ON broker.id = broker_id
                ORDER BY email
                """
            ) { row in
                try UserRow(
                    email: row[0], name: row[1], role: row[2], broker: row[3], isDisabled: row[4],
                    hasSecondFactor: row[5])
            }
        }
    }
}
