import Crypto
import Foundation
import PortalKit

/// One try to sign in at a provider. A row of its own, so that the old connection stays until the new one is proved.
struct SignInAttempt: Sendable {
    let id: Key<SignInAttempt>
    let connectionID: Key<StoredConnection>
    let brokerID: Key<Broker>
    let pluginID: Key<PluginManifest>
    let sessionHash: [UInt8]
    /// Without the secret fields.
    let form: Values
    let state: State
    let secrets: [UInt8]?
    let answer: [UInt8]?
    /// Whether the person was sent to the provider's page, so that there was an answer to take.
    let wasSentAway: Bool
    let verdict: [VerdictEntry]
    let problem: Problem?
    let jobID: Key<Job>?
    let createdAt: Date

    enum State: String, Sendable, SQLConvertible {
        /// The person is on the way to the provider or at its page.
        case departing
        case answered, checking, succeeded, failed
    }

    /// What binds the answer to this browser and this try. Sealed in the row.
    struct Secrets: Codable {
        let state: String
        let codeVerifier: String
        let nonce: String
        /// What was typed into the form's secret fields.
        let fields: Values

        init(fields: Values) {
            state = Token().text
            codeVerifier = Token().text
            nonce = Token().text
            self.fields = fields
        }

        /// RFC 7636 §4.2, method S256.
        var codeChallenge: String { Data(SHA256.hash(data: Data(codeVerifier.utf8))).base64URL }
    }

    /// What the provider sent back. Sealed in the row until the job has used it.
    struct Answer: Codable {
        var code: String?
        var error: String?
        var description: String?
    }

    /// How long a person may take at the provider's page.
    static let limit: TimeInterval = 30 * 60

    /// The row's identity, which its secrets are sealed for.
    static func sealIdentity(_ id: Key<SignInAttempt>) -> String { "sign_in_attempt:\(id)" }

    static let selection: SQL = """
        SELECT id, connection_id, broker_id, plugin_id, session_hash, form, state, secrets, answer, verdict,
               problem, job_id, created_at, callback_hash IS NOT NULL FROM sign_in_attempt
        """

    init(row: Row) throws {
        id = try row[0]
        connectionID = try row[1]
        brokerID = try row[2]
        pluginID = try row[3]
        sessionHash = try row[4]
        form = try (row[5] as JSONColumn<Values>).value
        state = try row[6]
        secrets = try row[7]
        answer = try row[8]
        verdict = try (row[9] as JSONColumn<[VerdictEntry]>).value
        problem = try (row[10] as JSONColumn<Problem>?)?.value
        jobID = try row[11]
        createdAt = try row[12]
        wasSentAway = try row[13]
    }
}

extension DatabaseConnection {
    mutating func attempt(_ id: Key<SignInAttempt>, of broker: Key<Broker>) throws -> SignInAttempt? {
        try first("\(SignInAttempt.selection) WHERE id = \(id) AND broker_id = \(broker)", SignInAttempt.init(row:))
    }

    mutating func attempt(callback state: Token) throws -> SignInAttempt? {
        try first("\(SignInAttempt.selection) WHERE callback_hash = \(state.hash)", SignInAttempt.init(row:))
    }

    /// The newest one, whose verdict the authentication page shows.
    mutating func latestAttempt(of connection: Key<StoredConnection>) throws -> SignInAttempt? {
        try first(
            "\(SignInAttempt.selection) WHERE connection_id = \(connection) ORDER BY created_at DESC, id DESC LIMIT 1",
            SignInAttempt.init(row:))
    }

    /// Ends those whose person never came back, and the pauses that wait for them; what was sealed for the answer is forgotten.
    mutating func endAbandonedAttempts(_ vault: Vault, now: Date) throws {
        let abandoned = try query(
            """
            UPDATE sign_in_attempt SET state = \(SignInAttempt.State.failed), state_since = \(now), secrets = NULL
            WHERE state = \(SignInAttempt.State.departing) AND created_at < \(now - SignInAttempt.limit)
            RETURNING id
            """
        ) { try $0[0] as Key<SignInAttempt> }
        for attempt in abandoned { try endSSOPause(waitingFor: attempt, .failed, vault, at: now) }
    }

    /// Takes the answer out of its row: a code works once, so nobody may find it there again.
    ///
    /// - Returns: whether it was still there.
    mutating func takeAnswer(of attempt: Key<SignInAttempt>) throws -> Bool {
        try execute("UPDATE sign_in_attempt SET answer = NULL WHERE id = \(attempt) AND answer IS NOT NULL") == 1
    }

    mutating func update(
        _ attempt: Key<SignInAttempt>, _ state: SignInAttempt.State, verdict: [VerdictEntry]? = nil,
        problem: Problem? = nil,
        at now: Date
    ) throws {
        // Whatever comes after the answer needs neither the secrets nor the answer any more.
        try execute(
            """
            UPDATE sign_in_attempt SET state = \(state), state_since = \(now), secrets = NULL, answer = NULL,
                verdict = COALESCE(CAST(\(verdict.map(JSONColumn.init)) AS TEXT), verdict),
                problem = \(problem.map(JSONColumn.init))
            WHERE id = \(attempt)
            """)
    }
}
