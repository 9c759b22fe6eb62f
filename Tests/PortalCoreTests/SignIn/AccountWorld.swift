import Foundation
import HTTPTypes
import PortalKit
import TestPortal

@testable import PortalCore

/// Accounts that are not of the demo world, with what their mail says and what their apps show.
struct AccountWorld: Sendable {
    static let password = "purple walrus lamp"
    let portal: TestPortal

    init(passwordCost: PasswordCost = PasswordCost(rounds: 4, blockSize: 1, parallelism: 1)) throws {
        portal = try TestPortal(passwordCost: passwordCost)
    }

    var database: Database { portal.portal.database }
    var now: Date { portal.clock.now }

    /// Of Acme Cloud, or of nobody for administrators.
    @discardableResult
    func person(_ email: String, _ role: Role = .brokerManager, password: String? = password) throws -> User {
        let user = User(
            id: Key("user-of-\(email)"), email: email, name: "Petra Person", role: role,
            brokerID: role == .portalAdministrator ? nil : DemoWorld.acme.id,
            organizationID: role == .customerUser ? DemoWorld.northgate : nil)
        let hash = try password.map { try PasswordHash(password: $0, cost: portal.portal.passwordCost) }
        try database.write { try $0.insert(user, password: hash, at: portal.clock.now) }
        return user
    }

    /// With an app, set up behind the pages' back.
    func personWithApp(_ email: String, _ role: Role = .brokerManager) throws -> (User, TOTP, [RecoveryCode]) {
        let user = try person(email, role)
        let (totp, codes) = (TOTP(), RecoveryCode.set())
        try database.write { db in
            try db.set(totp, provedBy: 0, of: user.id, portal.portal.vault, at: portal.clock.now)
            try db.set(codes, of: user.id)
        }
        return (user, totp, codes)
    }

    func code(_ totp: TOTP) -> String { totp.code(step: TOTP.step(at: portal.clock.now)) }

    /// What is in the outbox for this address, the newest first.
    func mails(to email: String) throws -> [(subject: String, text: String)] {
        let rows = try database.read { db in
            try db.query(
                "SELECT id, subject, body FROM mail WHERE recipient = \(email) ORDER BY created_at DESC, rowid DESC"
            ) {
                try ($0[0] as Key<Mail>, $0[1] as String, $0[2] as [UInt8])
            }
        }
        return try rows.map { ($0.1, try portal.portal.vault.open($0.2, for: Mail.sealIdentity($0.0))) }
    }

    /// The path of the link in the newest mail that has one.
    func link(to email: String) throws -> String {
        for mail in try mails(to: email) {
            if let match = mail.text.firstMatch(of: /http:\/\/[^\/\s]+(\/password-reset\/\S+)/) {
                return String(match.output.1)
            }
        }
        throw TestFailure("\(email) has no link")
    }

    func invite(_ user: User) throws -> String {
        let token = try database.write { try $0.makeLink(.invitation, for: user.id, by: "test", now: portal.clock.now) }
        return "/invitation/\(token.text)"
    }

    func audited(_ action: String) throws -> [AuditLine] {
        try database.read { try $0.auditLines(of: nil, limit: 2_000) }.map(\.line).filter { $0.action == action }
    }

    /// The password typed into the form.
    func signIn(
        _ client: TestClient, _ email: String, password: String = AccountWorld.password, next: String = "/"
    ) async throws -> TestPage {
        _ = try await client.get("/sign-in")
        return try await client.post("/sign-in", ["email": email, "password": password, "next": next])
    }

    /// Someone who has come through.
    func client(_ email: String, from address: String = "192.0.2.1", agent: String? = nil) async throws -> TestClient {
        let client = portal.client(from: address, agent: agent)
        let page = try await signIn(client, email)
        guard page.status == .seeOther else { throw TestFailure("\(email): \(page.words)") }
        _ = try await client.get("/account")
        return client
    }

    func isIn(_ client: TestClient) async throws -> Bool { try await client.get("/").status == .ok }
}

let sessionCookie = "__Host-gatehouse"
