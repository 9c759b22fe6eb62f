import Foundation
import PortalKit

/// What the command line does with people, on a portal that does not serve.
extension Portal {
    package struct UserRow: Sendable, Codable {
        package let email: String
        package let name: String
        package let role: String
        package let broker: String?
    }

    package enum UserProblem: Error, CustomStringConvertible {
        case badAddress(String)
        case known(String)
        case shortPassword

        package var description: String {
            switch self {
            case .badAddress(let text): "\"\(text)\" is not an e-mail address."
            case .known(let email): "There is a user \(email) already."
            case .shortPassword: "The password needs at least 12 characters."
            }
        }
    }

    /// Makes a portal administrator.
    ///
    /// - Throws: ``UserProblem``.
    package func createAdministrator(email: String, name: String, password: String) throws {
        let email = email.trimmingCharacters(in: .whitespaces).lowercased()
        guard email.count <= 254, email.split(separator: "@").count == 2, !email.contains(" ") else {
            throw UserProblem.badAddress(email)
        }
        guard password.count >= 12 else { throw UserProblem.shortPassword }
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
                AuditLine(
                    actor: "command line", action: "user.create", object: "user:\(user.id)",
                    detail: ["email": email, "role": user.role.rawValue]),
                at: now)
        }
    }

    package func userRows() throws -> [UserRow] {
        try database.read { db in
            try db.query(
                """
                SELECT email, portal_user.name, role, broker.name FROM portal_user LEFT JOIN broker ON broker.id = broker_id
                ORDER BY email
                """
            ) { row in try UserRow(email: row[0], name: row[1], role: row[2], broker: row[3]) }
        }
    }
}
