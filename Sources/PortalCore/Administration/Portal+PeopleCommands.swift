import Foundation
import PortalKit

/// People and brokers by the command line.
extension Portal {
    private struct BrokerRow: Codable {
        let id: String
        let name: String
        let region: String
        let hosts: [String]
        let users: Int
    }

    func listBrokers() throws -> AdminAnswer {
        let rows = try database.read { db in
            try db.query("SELECT id, name, region FROM broker ORDER BY name, id") { row in
                (try row[0] as String, try row[1] as String, try row[2] as String)
            }.map { id, name, region in
                BrokerRow(
                    id: id, name: name, region: region,
                    hosts: try db.query("SELECT host FROM branded_host WHERE broker_id = \(id) ORDER BY host") {
                        try $0[0]
                    },
                    users: try db.count("SELECT COUNT(*) FROM portal_user WHERE broker_id = \(id)"))
            }
        }
        return try AdminAnswer(rows, empty: "There is no broker yet.") {
            [$0.id, $0.name, $0.region, "\($0.users) users", $0.hosts.joined(separator: " ")]
        }
    }

    func listUsers() throws -> AdminAnswer {
        try AdminAnswer(
            userRows(), empty: "There is nobody yet. Make an administrator: gatehouse user create EMAIL --admin"
        ) {
            [
                $0.email, $0.role, $0.broker ?? "-",
                $0.isDisabled ? "disabled" : $0.hasSecondFactor ? "second step" : "-", $0.name,
            ]
        }
    }

    func create(email: String, name: String, password: String, _ person: Operator) async throws -> AdminAnswer {
        try await blocking.run {
            try self.createAdministrator(email: email, name: name, password: password, by: person)
        }
        return try AdminAnswer(done: "Made the portal administrator \(email).")
    }

    /// Break-glass: a link that signs somebody in once, whatever single sign-on demands.
    func makeSignInLink(email: String, _ person: Operator) throws -> AdminAnswer {
        let (address, until) = try signInLink(email: email, by: person)
        return try AdminAnswer(
            ["address": address, "until": UTCTime(until).iso],
            lines: [
                address, "It works once, until \(UTCTime(until).clock) UTC. Whoever opens it signs in as \(email).",
            ])
    }

    func setUser(email: String, enabled: Bool, _ person: Operator) throws -> AdminAnswer {
        let now = now
        let user = try database.read { try $0.user(of: email) }
        var line = person.line(enabled ? "user.enable" : "user.disable", "user:\(user.id)", ["email": user.email])
        line.brokerID = user.brokerID
        do {
            try database.write { db in
                if enabled {
                    try db.enable(user.id)
                } else {
                    try db.keepingSomebodyInCharge(of: user.brokerID) { try $0.disable(user.id, at: now) }
                }
                try db.audit(line, at: now)
            }
        } catch let refusal as PersonRefusal {
            line.outcome = .refused
            line.detail["reason"] = refusal.text
            try database.write { try $0.audit(line, at: now) }
            throw refusal
        }
        return try AdminAnswer(
            done: enabled
                ? "\(email) may sign in."
                : "\(email) is disabled; every session and link of this account has ended.")
    }

    func endSessions(email: String?, _ person: Operator) throws -> AdminAnswer {
        let now = now
        let ended = try database.write { db in
            guard let email else {
                try db.audit(person.line("session.end-all", "user:*"), at: now)
                return try db.execute("DELETE FROM session")
            }
            let user = try db.user(of: email)
            var line = person.line("session.end-all", "user:\(user.id)", ["email": user.email])
            line.brokerID = user.brokerID
            try db.audit(line, at: now)
            return try db.endSessions(of: user.id)
        }
        return try AdminAnswer(done: "\(ended) \(ended == 1 ? "session has" : "sessions have") ended.")
    }

    func resetSecondFactor(email: String, _ person: Operator) throws -> AdminAnswer {
        try AdminAnswer(
            done: clearSecondFactor(email: email, by: person)
                ? "\(email) has no second step any more, and every session of this account has ended. The person was told by mail."
                : "\(email) has no second step.")
    }
}

/// Somebody, as commands know people: by address.
private struct KnownUser {
    let id: Key<User>
    let email: String
    let brokerID: Key<Broker>?
}

extension DatabaseConnection {
    fileprivate mutating func user(of email: String) throws -> KnownUser {
        let email = email.trimmingCharacters(in: .whitespaces).lowercased()
        let found = try first(
            "SELECT id, email, broker_id FROM portal_user WHERE email = \(email)"
        ) { row in
            try KnownUser(id: row[0], email: row[1], brokerID: row[2])
        }
        guard let found else { throw AdminProblem("There is no user \(email). `gatehouse user list` names them.") }
        return found
    }
}
