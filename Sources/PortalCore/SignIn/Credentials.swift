import Foundation
import PortalKit

/// What signing in needs to know of a person.
struct Credentials: Sendable {
    let userID: Key<User>
    let brokerID: Key<Broker>?
    let password: PasswordHash
    let isDisabled: Bool
}

/// How often signing in as an address has failed, whether somebody has it or not: from the same source, and from all.
struct SignInFailures: Sendable {
    let here: Int
    let everywhere: Int
    let last: Date

    /// Seconds to wait: after many failures from one source 2, 4, 8 … at most 60; after very many from all sources 5, so that
    /// whoever has the password still gets in.
    func wait(now: Date) -> Int? {
        let seconds = here >= 5 ? min(60, pow(2, Double(here - 4))) : everywhere >= 100 ? 5 : 0
        let left = last.addingTimeInterval(seconds).timeIntervalSince(now)
        return left > 0 ? Int(left.rounded(.up)) : nil
    }
}

extension DatabaseConnection {
    mutating func credentials(email: String) throws -> Credentials? {
        try first(
            """
            SELECT portal_user.id, broker_id, password, portal_user.disabled_at IS NOT NULL OR broker.disabled_at IS NOT NULL
            FROM portal_user LEFT JOIN broker ON broker.id = broker_id WHERE email = \(email)
            """
        ) { row in
            try Credentials(userID: row[0], brokerID: row[1], password: PasswordHash(text: row[2]), isDisabled: row[3])
        }
    }

    mutating func signInFailures(email: String, from source: String) throws -> SignInFailures? {
        try first(
            """
            SELECT COALESCE(SUM(CASE WHEN address = \(source) THEN failures ELSE 0 END), 0), SUM(failures), MAX(failed_at)
            FROM sign_in_failure WHERE email = \(email) GROUP BY email
            """
        ) { row in try SignInFailures(here: row[0], everywhere: row[1], last: row[2]) }
    }

    mutating func noteSignInFailure(email: String, from source: String, at now: Date) throws {
        try execute(
            """
            INSERT INTO sign_in_failure (email, address, failures, failed_at) VALUES (\(email), \(source), 1, \(now))
            ON CONFLICT (email, address) DO UPDATE SET failures = sign_in_failure.failures + 1, failed_at = excluded.failed_at
            """)
    }

    mutating func clearSignInFailures(email: String, from source: String) throws {
        try execute("DELETE FROM sign_in_failure WHERE email = \(email) AND address = \(source)")
    }
}
