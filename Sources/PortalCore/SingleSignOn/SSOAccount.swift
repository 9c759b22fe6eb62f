import Foundation
import OpenIDConnect
import PortalKit

/// Who a provider says has signed in.
struct SSOAccount: Sendable {
    let issuer: String
    /// With the issuer the identity. Never the e-mail address, which can become somebody else's.
    let subject: String
    /// Lower case; only one that the provider vouches for.
    let verifiedEmail: String?
    /// What the provider calls the e-mail address, verified or not: for messages.
    let claimedEmail: String?
    /// When the person last typed a password or the like there, where the provider tells.
    let authenticatedAt: Date?

    init(_ token: IDToken, issuer: String) throws {
        let claims = try token.claims(as: Claims.self)
        self.issuer = issuer
        subject = token.subject
        claimedEmail = claims.email.map { String($0.lowercased().prefix(254)) }
        verifiedEmail = claims.isVerified ? claimedEmail : nil
        // Whatever number somebody writes there has to fit into a column. Glewlwyd 2.7 writes 0 when it does not know.
        authenticatedAt = claims.authTime.flatMap { $0 > 0 ? Date(timeIntervalSince1970: min($0, 1e11)) : nil }
    }

    /// Whether it is good for a step-up, as far as the provider tells.
    func isFresh(at now: Date) -> Bool { authenticatedAt.map { $0 > now - Session.proofLifetime } ?? true }

    /// OpenID Connect Core 1.0, §5.1.
    private struct Claims: Decodable {
        let email: String?
        let isVerified: Bool
        let authTime: Double?

        private enum CodingKeys: String, CodingKey {
            case email
            case isVerified = "email_verified"
            case authTime = "auth_time"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            email = try? values.decodeIfPresent(String.self, forKey: .email)
            // Some providers write it as a text. Whatever is not plainly yes is no.
            let flag = try? values.decode(Bool.self, forKey: .isVerified)
            let text = try? values.decode(String.self, forKey: .isVerified)
            isVerified = flag ?? (text == "true")
            authTime = try? values.decodeIfPresent(Double.self, forKey: .authTime)
        }
    }
}

extension DatabaseConnection {
    /// The person behind an account, who is linked at the first time: by a verified e-mail address of one of the allowed
    /// domains, which is that of one of the broker's own people, who isn't linked to another account.
    ///
    /// - Parameter person: who has to be linked, whatever the address says: somebody who is signed in and has proved it.
    /// - Throws: ``SSOFailure``.
    mutating func person(
        behind account: SSOAccount, of provider: SSOProvider, linking person: Key<User>? = nil, now: Date
    ) throws -> (user: User, isNew: Bool) {
        let known = try first(
            """
            UPDATE sso_identity SET used_at = \(now), used_version = \(provider.version)
            WHERE broker_id = \(provider.brokerID) AND issuer = \(account.issuer) AND subject = \(account.subject)
            RETURNING user_id
            """
        ) { try $0[0] as Key<User> }
        if let known {
            guard person == nil || person == known else { throw SSOFailure.otherPersons }
            guard let user = try ownPerson(of: provider.brokerID, "portal_user.id = \(known)") else {
                throw SSOFailure.disabled
            }
            return (user, false)
        }
        let user = try newPerson(account, provider, person)
        guard try count("SELECT COUNT(*) FROM sso_identity WHERE user_id = \(user.id)") == 0 else {
            throw SSOFailure.otherAccount
        }
        try execute(
            """
            INSERT INTO sso_identity (broker_id, issuer, subject, user_id, linked_at, used_at, used_version)
            VALUES (\(provider.brokerID), \(account.issuer), \(account.subject), \(user.id), \(now), \(now), \(provider.version))
            """)
        return (user, true)
    }

    private mutating func newPerson(
        _ account: SSOAccount, _ provider: SSOProvider, _ person: Key<User>?
    ) throws -> User {
        if let person {
            guard let user = try ownPerson(of: provider.brokerID, "portal_user.id = \(person)") else {
                throw SSOFailure.disabled
            }
            return user
        }
        guard let email = account.verifiedEmail else { throw SSOFailure.unverified(account.claimedEmail) }
        guard let domain = email.split(separator: "@").last, provider.domains.contains(String(domain)) else {
            throw SSOFailure.otherDomain(email)
        }
        guard let user = try ownPerson(of: provider.brokerID, "email = \(email)") else {
            throw SSOFailure.unknownPerson(email)
        }
        return user
    }

    /// One of the broker's own people, who may sign in.
    private mutating func ownPerson(of broker: Key<Broker>, _ condition: SQL) throws -> User? {
        try first(
            """
            SELECT portal_user.id, email, portal_user.name, role, broker_id, organization_id, is_demo
            FROM portal_user JOIN broker ON broker.id = portal_user.broker_id
            WHERE \(condition) AND broker_id = \(broker) AND organization_id IS NULL AND portal_user.disabled_at IS NULL
                AND broker.disabled_at IS NULL
            """
        ) { row in
            try User(
                id: row[0], email: row[1], name: row[2], role: row[3], brokerID: row[4], organizationID: row[5],
                isDemo: row[6])
        }
    }
}
