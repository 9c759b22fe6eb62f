import Foundation
import PortalKit

/// A link that lets somebody in who can't prove it yet: opened by anybody as often as one likes, used once, by a POST.
/// Only its hash is kept.
struct OneTimeLink: Sendable {
    let user: User
    let purpose: Purpose
    let createdBy: String
    let expiresAt: Date

    enum Purpose: String, Sendable, CaseIterable, SQLConvertible {
        case invitation
        case passwordReset = "password-reset"
        /// From the command line on the machine itself.
        case signIn = "sign-in"

        var lifetime: TimeInterval {
            switch self {
            case .invitation: 24 * 60 * 60
            case .passwordReset: 30 * 60
            case .signIn: 10 * 60
            }
        }

        var path: String {
            switch self {
            case .invitation: "/invitation"
            case .passwordReset: "/password-reset"
            case .signIn: "/sign-in-link"
            }
        }
    }
}

extension OneTimeLink {
    /// A path for the log: what a link is worth must not stand there.
    static func redacted(_ path: String) -> String {
        (Purpose.allCases.map(\.path) + ["/held", Portal.approvalPath]).first { path.hasPrefix("\($0)/") }.map {
            "\($0)/…"
        } ?? path
    }
}

extension Portal {
    /// Where the holder of a link goes: to the address of the person's region.
    func address(of token: Token, _ purpose: OneTimeLink.Purpose, for broker: Broker?) -> String {
        let home = broker.map { addresses.home(of: $0) } ?? addresses.regions[0]
        return "\(home.baseURL)\(purpose.path)/\(token.text)"
    }
}

extension DatabaseConnection {
    /// A new link; an earlier one of the same purpose is worth nothing from now on.
    mutating func makeLink(_ purpose: OneTimeLink.Purpose, for user: Key<User>, by actor: String, now: Date) throws
        -> Token
    {
        try execute("DELETE FROM one_time_link WHERE user_id = \(user) AND purpose = \(purpose)")
        let token = Token()
        try execute(
            """
            INSERT INTO one_time_link (token_hash, purpose, user_id, created_by, created_at, expires_at)
            VALUES (\(token.hash), \(purpose), \(user), \(actor), \(now), \(now + purpose.lifetime))
            """)
        return token
    }

    /// The link as it stands, of a person who is not disabled.
    mutating func link(_ token: Token, _ purpose: OneTimeLink.Purpose, now: Date) throws -> OneTimeLink? {
        try first(
            """
            SELECT portal_user.id, email, portal_user.name, role, portal_user.broker_id, organization_id, is_demo,
                   created_by, expires_at
            FROM one_time_link JOIN portal_user ON portal_user.id = one_time_link.user_id
            LEFT JOIN broker ON broker.id = portal_user.broker_id
            WHERE token_hash = \(token.hash) AND purpose = \(purpose) AND expires_at > \(now)
                AND portal_user.disabled_at IS NULL AND broker.disabled_at IS NULL
            """
        ) { row in
            let user = try User(
                id: row[0], email: row[1], name: row[2], role: row[3], brokerID: row[4], organizationID: row[5],
                isDemo: row[6])
            return try OneTimeLink(user: user, purpose: purpose, createdBy: row[7], expiresAt: row[8])
        }
    }

    /// Uses the link up.
    ///
    /// - Returns: whether it was there to be used.
    mutating func consume(link token: Token, _ purpose: OneTimeLink.Purpose, now: Date) throws -> Bool {
        try execute(
            "DELETE FROM one_time_link WHERE token_hash = \(token.hash) AND purpose = \(purpose) AND expires_at > \(now)"
        ) == 1
    }
}
