import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// What the command line asks of the portal.
@Suite struct CommandTests {
    private func perform(_ command: AdminCommand, _ portal: TestPortal) async -> AdminAnswer {
        await portal.portal.perform(AdminRequest(command, by: "root"))
    }

    @Test func `people are listed, disabled and let in again, and their sessions end at the next request`() async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "support@acme.example")
        #expect(try await owner.get("/tenants").status == .ok)
        let disabled = await perform(.setUser(email: "Support@acme.example", enabled: false), portal)
        #expect(disabled.problem == nil)
        #expect(try await owner.get("/tenants").status == .seeOther)
        let rows = try await perform(.users, portal).decode([Portal.UserRow].self)
        #expect(rows.first { $0.email == "support@acme.example" }?.isDisabled == true)
        _ = await perform(.setUser(email: "support@acme.example", enabled: true), portal)
        #expect(try await portal.client(signedInAs: "support@acme.example").get("/tenants").status == .ok)
        let lines = try await perform(.auditPage(after: nil), portal).decode(Portal.AuditPage.self).rows
        #expect(
            lines.contains {
                $0.action == "user.disable" && $0.actor == "command line" && $0.detail["account"] == "root"
            })
    }

    @Test func `check 44: the last owner and the last administrator are not locked out`() async throws {
        let portal = try TestPortal()
        for email in ["owner@liberty.example", "admin@gatehouse.example"] {
            let answer = await perform(.setUser(email: email, enabled: false), portal)
            #expect(answer.problem?.contains("is the last") == true, "\(email)")
            let refused = try portal.portal.database.read { db in
                try db.count("SELECT COUNT(*) FROM audit WHERE action = 'user.disable' AND outcome = 'refused'")
            }
            #expect(refused > 0)
            #expect(
                try await portal.client(
                    signedInAs: email, at: email.contains("liberty") ? TestPortal.us : TestPortal.eu
                ).get("/").status == .ok)
        }
    }

    @Test
    func `check 44: an owner who was invited and never came does not count, and a disabled person's links are void`()
        async throws
    {
        let portal = try TestPortal()
        let now = portal.clock.now
        try portal.portal.database.write { db in
            let invited = User(
                id: "user-later", email: "later@liberty.example", name: "Later", role: .brokerOwner,
                brokerID: "broker-liberty", organizationID: nil)
            try db.insert(invited, password: nil, at: now)
        }
        let last = await perform(.setUser(email: "owner@liberty.example", enabled: false), portal)
        #expect(last.problem?.contains("This is the last owner who can sign in") == true)
        _ = await perform(.makeSignInLink(email: "support@acme.example"), portal)
        let links = { try portal.portal.database.read { try $0.count("SELECT COUNT(*) FROM one_time_link") } }
        #expect(try links() == 1)
        #expect(await perform(.setUser(email: "support@acme.example", enabled: false), portal).problem == nil)
        #expect(try links() == 0)
    }

    @Test func `the doctor asks for no second step of people who sign in by single sign-on only`() async throws {
        let portal = try TestPortal()
        let missing = {
            try await perform(.examine(isProduction: true), portal).decode([Finding].self)
                .first { $0.about == "Second steps" }?.text
        }
        #expect(try await missing()?.contains("owner@acme.example") == true)
        try portal.portal.database.write { db in
            try db.execute("UPDATE portal_user SET password = '' WHERE email = 'owner@acme.example'")
            try db.execute(
                """
                INSERT INTO sso_identity (broker_id, issuer, subject, user_id, linked_at, used_at, used_version)
                VALUES ('broker-acme', 'https://i.example', 's', 'user-owner@acme.example', 0, 0, 1)
                """)
        }
        let left = try await missing()
        #expect(left?.contains("owner@acme.example") == false && left?.contains("owner@liberty.example") == true)
    }

    @Test func `check 15: everybody's sessions end at once`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let other = try await portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        #expect(await perform(.endSessions(email: nil), portal).lines == ["2 sessions have ended."])
        #expect(try await owner.get("/").status == .seeOther)
        #expect(try await other.get("/").status == .seeOther)
    }

    @Test func `a sign-in link leads to the person's own region, is kept as a hash, and is audited without it`()
        async throws
    {
        let portal = try TestPortal()
        let answer = await perform(.makeSignInLink(email: "owner@liberty.example"), portal)
        let address = try #require(answer.lines.first)
        #expect(address.hasPrefix("http://us.gatehouse.localhost:8080/sign-in-link/"))
        let token = try #require(address.split(separator: "/").last)
        let page = try await perform(.auditPage(after: nil), portal).decode(Portal.AuditPage.self)
        #expect(page.rows.first { $0.action == "sign-in-link.create" }?.detail["account"] == "root")
        let audit = await perform(.auditPage(after: nil), portal).json
        #expect(audit.contains("sign-in-link.create") && !audit.contains(token))
        let hashes = try portal.portal.database.read {
            try $0.query("SELECT token_hash FROM one_time_link") { try $0[0] as [UInt8] }
        }
        #expect(hashes == [Token(token).hash])
        _ = await perform(.makeSignInLink(email: "owner@liberty.example"), portal)
        #expect(
            try portal.portal.database.read { try $0.link(Token(token), .signIn, now: portal.clock.now) } == nil,
            "the earlier one is void")
    }

    @Test func `single sign-on is shown for each broker, and only a requirement is suspended`() async throws {
        let portal = try TestPortal()
        let shown = await perform(.singleSignOn, portal)
        #expect(shown.lines.contains { $0.hasPrefix("broker-acme\tAcme Cloud\tnot set up") })
        for (command, words) in [
            (AdminCommand.suspendSSO(broker: "Acme Cloud", minutes: 30, reason: "x"), "is not required"),
            (.suspendSSO(broker: "nobody", minutes: 30, reason: "x"), "There is no broker"),
            (.suspendSSO(broker: "broker-acme", minutes: 0, reason: "x"), "minutes from 1"),
            (.suspendSSO(broker: "broker-acme", minutes: 5, reason: " "), "Give a reason"),
            (.restoreSSO(broker: "broker-acme"), "Nothing is suspended"),
        ] {
            #expect(await perform(command, portal).problem?.contains(words) == true, "\(command)")
        }
    }

    @Test func `what is not there is a sentence that says where to look`() async throws {
        let portal = try TestPortal()
        for (command, words) in [
            (AdminCommand.setUser(email: "x@y.example", enabled: false), "gatehouse user list"),
            (.makeSignInLink(email: "x@y.example"), "There is no user"),
            (.setPlugin(id: "x", enabled: true), "gatehouse plugin list"),
            (.retryJob(id: "x"), "gatehouse job list"), (.releaseJobs(id: "x"), "gatehouse job list"),
            (.jobs(state: "x"), "queued, running"), (.tick("x"), "reboot"),
            (.createAdministrator(email: "a@b.example", name: "A", password: "short"), "password"),
        ] {
            #expect(await perform(command, portal).problem?.contains(words) == true, "\(command)")
        }
    }

    @Test func `a job is cancelled, and one that ended is not`() async throws {
        let world = try await LinkedWorld()
        let portal = world.portal
        #expect(await perform(.cancelJob(id: world.job), portal).problem?.contains("ended already") == true)
        #expect(await perform(.retryJob(id: world.job), portal).problem?.contains("makes no sense") == true)
        #expect(await perform(.jobs(state: "succeeded"), portal).json.contains(world.job))
        #expect(await perform(.jobs(state: nil), portal).lines == ["There is none."])
    }

    @Test func `the audit is exported whole, in order, page by page`() async throws {
        let portal = try TestPortal()
        let now = portal.clock.now
        try portal.portal.database.write { db in
            for number in 0..<2_300 {
                try db.audit(
                    AuditLine(
                        actor: "a@b.example", action: "test.line", object: "test:\(number)", detail: ["x": "=1+1\n"]),
                    at: now + Double(number / 7))
            }
        }
        var rows: [Portal.AuditRow] = []
        var cursor: AuditCursor?
        repeat {
            let page = try await perform(.auditPage(after: cursor), portal).decode(Portal.AuditPage.self)
            rows += page.rows
            cursor = page.next
        } while cursor != nil
        #expect(rows.count { $0.action == "test.line" } == 2_300)
        #expect(Set(rows.map(\.id)).count == rows.count)
        #expect(rows.map(\.at) == rows.map(\.at).sorted())
    }

    @Test func `commands travel over the admin socket, which is for its owner only`() async throws {
        let portal = try TestPortal()
        let path = portal.portal.configuration.adminSocketPath
        let serving = Task { try await AdminServer(portal: portal.portal).run() }
        defer { serving.cancel() }
        while !FileManager.default.fileExists(atPath: path) { try await Task.sleep(for: .milliseconds(5)) }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await withCheckedThrowingContinuation { continuation in
                        DispatchQueue.global().async {
                            continuation.resume(
                                with: Result {
                                    let answer = try AdminClient.ask(AdminRequest(.users, by: "root"), at: path)
                                    return try answer?.decode([Portal.UserRow].self).count ?? 0
                                })
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 20 && Set(answers).count == 1 && answers[0] > 3)
        #expect(try AdminClient.ask(AdminRequest(.users, by: "root"), at: path + "x") == nil)
    }
}
