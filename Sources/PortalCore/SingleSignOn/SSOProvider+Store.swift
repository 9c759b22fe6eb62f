import Foundation
import OpenIDConnect
import PortalKit

/// Why a change of single sign-on is not made.
enum SSORefusal: Error, Equatable {
    /// Another broker's people come from this domain.
    case domainTaken(String)
    /// While it is required, nothing may change that people sign in with.
    case isRequired
    case notEnabled
    /// The provider has not told yet where its pages are.
    case notChecked
    /// The person has not signed in with these settings within the last minutes.
    case notProved
    /// No enabled owner has a password, so nobody could get in to set it right.
    case lastWayIn
    case gone

    var text: String {
        switch self {
        case .domainTaken(let domain):
            "Another broker of this portal has the domain \(domain). Ask the portal's administrator who may have it."
        case .isRequired:
            "Single sign-on is required, so nobody could sign in after this change. Switch the requirement off first."
        case .notEnabled: "Single sign-on is not enabled. Enable it first."
        case .notChecked: "The provider has not answered yet. Test it first."
        case .notProved:
            "You have not signed in with single sign-on within the last ten minutes with the settings as they are now. Sign in with it once, so that nobody is locked out, and come back here."
        case .lastWayIn:
            "No owner of your company has a password here, so after this change no owner could sign in. Let one set a password first: with \"Forgotten password\" on the sign-in page."
        case .gone: "There is no provider any more. Somebody has removed it in the meantime."
        }
    }
}

extension DatabaseConnection {
    /// Stores the settings. Another issuer's accounts are other people: then whoever was linked is linked anew.
    ///
    /// - Throws: ``SSORefusal``.
    mutating func save(
        _ settings: SSOSettings, of broker: Key<Broker>, by actor: String, _ vault: Vault, now: Date
    ) throws -> SSOChange {
        let old = try ssoProvider(of: broker)
        let isMoved = old.map { $0.issuer != settings.issuer || $0.clientID != settings.clientID } ?? true
        if let old, old.isRequired, isMoved { throw SSORefusal.isRequired }
        if let old, old.isEnabled, old.issuer != settings.issuer { try keepPasswordOfOwner(at: broker) }
        for domain in settings.domains {
            let owner = try first("SELECT broker_id FROM sso_domain WHERE domain = \(domain)") {
                try $0[0] as Key<Broker>
            }
            if let owner, owner != broker { throw SSORefusal.domainTaken(domain) }
            // Whose people they are counts before who is quicker: others could catch them at the sign-in page.
            if owner == nil, try isDomainOfOthers(domain, than: broker) { throw SSORefusal.domainTaken(domain) }
        }
        let sealed =
            try settings.secret.map { try vault.seal($0, for: SSOProvider.sealIdentity(broker)) } ?? old?.secret
        let version = (old?.version ?? 0) + 1
        try execute(
            """
            INSERT INTO sso_provider (broker_id, issuer, client_id, secret, is_enabled, is_required, version, changed_at, changed_by)
            VALUES (\(broker), \(settings.issuer), \(settings.clientID), \(sealed ?? []), FALSE, FALSE, \(version), \(now), \(actor))
            ON CONFLICT (broker_id) DO UPDATE SET issuer = excluded.issuer, client_id = excluded.client_id,
                secret = excluded.secret, version = excluded.version, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            """)
        try execute("DELETE FROM sso_domain WHERE broker_id = \(broker)")
        for domain in settings.domains {
            try execute("INSERT INTO sso_domain (domain, broker_id) VALUES (\(domain), \(broker))")
        }
        var forgotten = 0
        if let old, old.issuer != settings.issuer {
            try execute(
                """
                UPDATE sso_provider SET metadata = NULL, checked_at = NULL, problem = NULL, is_enabled = FALSE
                WHERE broker_id = \(broker)
                """)
            forgotten = try execute("DELETE FROM sso_identity WHERE broker_id = \(broker)")
        }
        return SSOChange(old: old, new: settings, forgotten: forgotten)
    }

    /// What a check found out, unless the settings are others by now.
    mutating func note(
        _ metadata: ProviderMetadata?, _ problem: Problem?, of provider: SSOProvider, now: Date
    ) throws {
        // What was known stays known when the provider can't be asked.
        try execute(
            """
            UPDATE sso_provider SET metadata = COALESCE(CAST(\(metadata.map(JSONColumn.init)) AS TEXT), metadata),
                checked_at = \(now), problem = \(problem.map(JSONColumn.init))
            WHERE broker_id = \(provider.brokerID) AND version = \(provider.version)
            """)
    }

    /// - Throws: ``SSORefusal``.
    mutating func setSSO(enabled: Bool, of broker: Key<Broker>) throws {
        guard let provider = try ssoProvider(of: broker) else { throw SSORefusal.gone }
        if enabled && provider.metadata == nil { throw SSORefusal.notChecked }
        if !enabled && provider.isRequired { throw SSORefusal.isRequired }
        if !enabled && provider.isEnabled { try keepPasswordOfOwner(at: broker) }
        try execute("UPDATE sso_provider SET is_enabled = \(enabled) WHERE broker_id = \(broker)")
    }

    /// - Parameter person: who does it; without a proof of its own, the requirement could lock everybody out.
    /// - Throws: ``SSORefusal``.
    mutating func setSSO(required: Bool, of broker: Key<Broker>, by person: Session, now: Date) throws {
        guard let provider = try ssoProvider(of: broker) else { throw SSORefusal.gone }
        if required {
            guard provider.isEnabled else { throw SSORefusal.notEnabled }
            let proof = try first(
                """
                SELECT used_at FROM sso_identity WHERE broker_id = \(broker) AND user_id = \(person.user.id)
                    AND issuer = \(provider.issuer) AND used_version = \(provider.version)
                """
            ) { try $0[0] as Date }
            guard person.method == .sso, let proof, proof > now - Session.proofLifetime else {
                throw SSORefusal.notProved
            }
        }
        try execute("UPDATE sso_provider SET is_required = \(required) WHERE broker_id = \(broker)")
        // A pause of what is not required is none.
        if !required { try execute("DELETE FROM sso_pause WHERE broker_id = \(broker)") }
    }

    /// - Throws: ``SSORefusal``.
    mutating func removeSSO(of broker: Key<Broker>) throws {
        guard let provider = try ssoProvider(of: broker) else { throw SSORefusal.gone }
        if provider.isRequired { throw SSORefusal.isRequired }
        if provider.isEnabled { try keepPasswordOfOwner(at: broker) }
        for table: SQL in ["sso_sign_in", "sso_identity", "sso_domain", "sso_pause", "sso_provider"] {
            try execute("DELETE FROM \(table) WHERE broker_id = \(broker)")
        }
    }

    /// Part of the transaction that takes the provider away.
    ///
    /// - Throws: ``SSORefusal/lastWayIn``.
    private mutating func keepPasswordOfOwner(at broker: Key<Broker>) throws {
        let owners = try count(
            """
            SELECT COUNT(*) FROM portal_user WHERE broker_id = \(broker) AND role = \(Role.brokerOwner)
                AND disabled_at IS NULL AND password <> ''
            """)
        guard owners > 0 else { throw SSORefusal.lastWayIn }
    }

    /// Ends the sessions that a provider has opened which is trusted no more.
    mutating func endSSOSessions(of broker: Key<Broker>, except kept: [UInt8]) throws {
        try execute(
            """
            DELETE FROM session WHERE method = \(Session.Method.sso) AND token_hash <> \(kept)
                AND user_id IN (SELECT id FROM portal_user WHERE broker_id = \(broker))
            """)
    }
}

/// A change of a provider's settings, for the audit. Secrets are told as "changed" only.
struct SSOChange: Sendable {
    let old: SSOProvider?
    let new: SSOSettings
    /// How many people were linked to accounts of the issuer before.
    let forgotten: Int

    var before: [String: String] {
        guard let old else { return [:] }
        return ["issuer": old.issuer, "client": old.clientID, "domains": old.domains.joined(separator: " ")]
    }

    var after: [String: String] {
        var all = ["issuer": new.issuer, "client": new.clientID, "domains": new.domains.joined(separator: " ")]
        if new.secret != nil { all["secret"] = "changed" }
        if forgotten > 0 { all["links forgotten"] = String(forgotten) }
        return all
    }
}
