import Crypto
import Foundation
import PortalKit

/// One way of one browser to the provider and back. An approval may have several: whoever closes the provider's page half-way
/// goes again.
struct ApprovalTrip: Sendable {
    let id: Key<ApprovalTrip>
    let approvalID: Key<StoredApproval>
    let browserHash: [UInt8]
    let secrets: [UInt8]?
    let createdAt: Date
    let answeredAt: Date?

    /// How long a person may take at the provider's pages.
    static let limit: TimeInterval = 60 * 60
    fileprivate static let maxOpen = 20

    /// What binds the answer to this browser. Sealed in the row.
    struct Secrets: Codable {
        let codeVerifier: String
        let nonce: String

        /// RFC 7636 §4.2, method S256.
        var codeChallenge: String { Data(SHA256.hash(data: Data(codeVerifier.utf8))).base64URL }
    }

    static func sealIdentity(_ id: Key<ApprovalTrip>) -> String { "approval_trip:\(id)" }

    /// Holds the browser's half and the way back to the page, for the time of the trip.
    static func cookie(_ id: Key<ApprovalTrip>) -> String { "__Host-gatehouse-trip-\(id)" }

    init(row: Row) throws {
        id = try row[0]
        approvalID = try row[1]
        browserHash = try row[2]
        secrets = try row[3]
        createdAt = try row[4]
        answeredAt = try row[5]
    }
}

/// A trip that begins, and what the browser takes along.
struct ApprovalDeparture: Sendable {
    let trip: Key<ApprovalTrip>
    /// The browser's half: whoever does not have it can't come back with an answer.
    let browser: Token
}

extension Token {
    /// What the provider hands back, made of the browser's half.
    fileprivate var tripState: Token { Token(derived("approval trip")) }
}

extension Portal {
    /// Where the provider's page is, with what binds its answer to this trip; `nil` where it is over or another browser's.
    func address(of id: Key<ApprovalTrip>, _ browser: Token, _ link: ApprovalLink) throws -> String? {
        guard let trip = try database.read({ try $0.trip(callback: browser.tripState) }), trip.id == id,
            trip.approvalID == link.approval.id, trip.answeredAt == nil, let sealed = trip.secrets,
            now < trip.createdAt + ApprovalTrip.limit
        else { return nil }
        let secrets = try vault.open(ApprovalTrip.Secrets.self, sealed, for: ApprovalTrip.sealIdentity(id))
        return link.approval.ask.departure.address(
            state: browser.tripState.text, secrets, redirectAddress: addresses.redirectAddress(of: link.broker))
    }
}

extension DatabaseConnection {
    mutating func depart(_ link: ApprovalLink, _ portal: Portal, at now: Date) throws -> ApprovalDeparture {
        let id = Key<ApprovalTrip>.new()
        let browser = Token()
        let secrets = ApprovalTrip.Secrets(codeVerifier: Token().text, nonce: Token().text)
        // Whoever presses the button again and again keeps the newest ways open.
        try execute(
            """
            DELETE FROM approval_trip WHERE approval_id = \(link.approval.id) AND id NOT IN (
                SELECT id FROM approval_trip WHERE approval_id = \(link.approval.id)
                ORDER BY created_at DESC, id DESC LIMIT \(ApprovalTrip.maxOpen - 1))
            """)
        try execute(
            """
            INSERT INTO approval_trip (id, approval_id, callback_hash, browser_hash, secrets, created_at)
            VALUES (\(id), \(link.approval.id), \(browser.tripState.hash), \(browser.hash),
                \(try portal.vault.seal(value: secrets, for: ApprovalTrip.sealIdentity(id))), \(now))
            """)
        return ApprovalDeparture(trip: id, browser: browser)
    }

    mutating func trip(callback state: Token) throws -> ApprovalTrip? {
        try first(
            """
            SELECT id, approval_id, browser_hash, secrets, created_at, answered_at FROM approval_trip
            WHERE callback_hash = \(state.hash)
            """, ApprovalTrip.init(row:))
    }

    /// Once.
    ///
    /// - Returns: whether nobody else has come back with it before.
    mutating func noteAnswered(_ trip: ApprovalTrip, at now: Date) throws -> Bool {
        let isFirst =
            try execute(
                """
                UPDATE approval_trip SET answered_at = \(now), secrets = NULL WHERE id = \(trip.id) AND answered_at IS NULL
                """) == 1
        guard isFirst else { return false }
        try execute(
            """
            UPDATE approval SET answered_at = \(now), setback = NULL, opened_at = COALESCE(opened_at, \(now))
            WHERE id = \(trip.approvalID) AND state IN ('draft', 'sent', 'opened')
            """)
        return true
    }

    /// Nobody's answer counts any more; whoever still comes back is led to the page.
    mutating func forgetTrips(of approval: Key<StoredApproval>) throws {
        try execute("UPDATE approval_trip SET secrets = NULL WHERE approval_id = \(approval)")
    }
}

extension Ask.Departure {
    fileprivate func address(state: String, _ secrets: ApprovalTrip.Secrets, redirectAddress: String) -> String {
        var (endpoint, parameters): (String, [String: String]) =
            switch self {
            case .page(let endpoint, let parameters): (endpoint, parameters)
            case .signIn(let request):
                (
                    request.endpoint,
                    request.parameters.merging([
                        "client_id": request.clientID, "response_type": "code", "response_mode": "query",
                        "scope": request.scopes.joined(separator: " "), "nonce": secrets.nonce,
                        "code_challenge": secrets.codeChallenge, "code_challenge_method": "S256",
                    ]) { _, ours in ours }
                )
            }
        parameters["state"] = state
        parameters["redirect_uri"] = redirectAddress
        endpoint += "?"
        return endpoint
            + parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.queryEncoded)" }.joined(separator: "&")
    }
}
