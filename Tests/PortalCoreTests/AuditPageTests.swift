import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

@Suite struct AuditPageTests {
    private func note(_ portal: TestPortal, _ line: AuditLine, at date: Date? = nil) throws {
        try portal.portal.database.write { try $0.audit(line, at: date ?? portal.clock.now) }
    }

    private func line(_ object: String, _ detail: [String: String] = [:], actor: String = "mia@acme.example")
        -> AuditLine
    {
        AuditLine(brokerID: DemoWorld.acme.id, actor: actor, action: "tenant.link", object: object, detail: detail)
    }

    @Test func `lines are found by who, what, outcome, day and words, and each has a page with before and after`()
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        var first = line("tenant:1", ["tenant": "Wooden 100% Blocks"])
        first.before = ["link": "none"]
        first.after = ["link": "Northgate"]
        first.outcome = .refused
        try note(portal, first, at: portal.clock.now - 5 * 86_400)
        try note(portal, line("tenant:2", ["tenant": "Glass Marbles"], actor: "leo@acme.example"))
        let finds: [(String, Bool, Bool)] = [
            ("?q=100%25+bl", true, false), ("?q=marbles", false, true), ("?actor=mia", true, false),
            ("?action=tenant.link", true, true), ("?action=tenant.unlink", false, false),
            ("?outcome=refused", true, false),
            ("?object=tenant:2", false, true), ("?to=2026-11-14", true, false), ("?from=2026-11-17", false, true),
            ("?q=%25", true, false), ("?q=_", false, false), ("?from=nonsense", true, true),
        ]
        for (query, one, two) in finds {
            let words = try await owner.get("/audit\(query)").words
            #expect(words.contains("Wooden 100% Blocks") == one, "\(query)")
            #expect(words.contains("Glass Marbles") == two, "\(query)")
        }
        let list = try await owner.get("/audit?q=wooden").text
        let path = try #require(list.firstMatch(of: /href="(\/audit\/[0-9a-f-]{36})"/)?.output.1)
        let page = try await owner.get(String(path)).words
        #expect(
            page.contains("Not done: linked a tenant tenant.link")
                && page.contains("What Before After link none Northgate"))
        let stranger = try await portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        #expect(try await stranger.get(String(path)).status == .notFound)
    }

    @Test func `the list goes on by its last line, and a rare word is looked for page by page`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        for number in 0..<120 { try note(portal, line("tenant:\(number)"), at: portal.clock.now - Double(number)) }
        var seen: [Substring] = []
        var path: String? = "/audit?action=tenant.link"
        while let next = path {
            let text = try await owner.get(next).text
            seen += text.matches(of: /<code>(tenant:\d+)<\/code>/).map(\.output.1)
            path = text.firstMatch(of: /rel="next" href="([^"]*)"/).map {
                String($0.output.1).replacing("&amp;", with: "&")
            }
        }
        #expect(seen == (0..<120).map { "tenant:\($0)" })
    }

    @Test func `check 93: with many lines a page looks at no more than its part, and says how far back`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let now = portal.clock.now
        try portal.portal.database.write { db in
            for number in 0..<(AuditPage.lookedAt + 500) {
                try db.audit(
                    line(number == AuditPage.lookedAt + 400 ? "tenant:needle" : "tenant:x"), at: now - Double(number))
            }
        }
        let first = try await owner.get("/audit?q=needle")
        #expect(first.words.contains("Looked through 20,000 lines") && !first.text.contains("tenant:needle"))
        let next = try #require(first.text.firstMatch(of: /rel="next" href="([^"]*)"/)?.output.1)
        #expect(try await owner.get(String(next).replacing("&amp;", with: "&")).text.contains("tenant:needle"))
    }

    @Test
    func `check 116: the export is CSV that no spreadsheet takes for a formula, of the lines shown, and is audited`()
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        try note(portal, line("tenant:1", ["tenant": "x, \"y\"\nz"], actor: "=cmd|' /C calc'!A0"))
        try note(
            portal,
            AuditLine(brokerID: DemoWorld.liberty.id, actor: "leo", action: "tenant.link", object: "tenant:secret"))
        let file = try await owner.get("/audit/export?action=tenant.link")
        #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
        #expect(file.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"audit-2026-11-") == true)
        let lines = file.text.components(separatedBy: "\r\n")
        #expect(lines.count == 3 && lines[0].hasPrefix("time_utc,who,action,what,object,outcome"))
        #expect(
            lines[1].contains(
                ",'=cmd|' /C calc'!A0,tenant.link,Linked a tenant,tenant:1,done,\"tenant: x, \"\"y\"\"\nz\","))
        #expect(!file.text.contains("secret"))
        #expect(try await owner.get("/audit?action=audit.export").words.contains("Exported the audit"))
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "\"'\tx\""), ("\rx", "\"'\rx\""),
        ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠x", "'＠x"), (" =1", "' =1"), ("'quoted", "''quoted"),
        ("a\0b", "a\u{FFFD}b"), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("a,b", "\"a,b\""), ("a\nb", "\"a\nb\""),
        ("plain", "plain"),
        ("", ""), ("1 - 2", "1 - 2"),
    ])
    func `check 116: a cell is text, and gives the original back`(text: String, cell: String) {
        #expect(CSV.cell(text) == cell)
        var read = cell.hasPrefix("\"") ? String(cell.dropFirst().dropLast()).replacing("\"\"", with: "\"") : cell
        if read.hasPrefix("'") { read.removeFirst() }
        #expect(read == text.replacing("\0", with: "\u{FFFD}"))
    }

    @Test func `asking for what is not one's own leaves a line, at most twenty an hour`() async throws {
        let world = try await LinkedWorld()
        let stranger = try await world.portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        for _ in 0..<30 { _ = try await stranger.get("/tenants/\(world.tenant)") }
        _ = try await stranger.get("/plugins")
        let lines = try world.portal.portal.database.read { db in
            try db.auditPage(AuditFilter(action: "access.refuse"), after: nil, limit: 100).lines
        }
        #expect(lines.count == 20)
        #expect(
            lines.allSatisfy {
                $0.line.brokerID == DemoWorld.liberty.id && $0.line.outcome == .refused
                    && $0.line.detail["tenant"] == world.tenant
            })
        world.portal.clock.advance(by: 3_700)
        let later = try await world.portal.client(signedInAs: "owner@liberty.example", at: TestPortal.us)
        _ = try await later.get("/plugins")
        #expect(try await later.get("/audit?action=access.refuse").words.contains("page:/plugins"))
    }

    @Test func `what was refused does not read as done, and is found by its words`() async throws {
        let portal = try TestPortal()
        let stranger = portal.client()
        _ = try await stranger.get("/sign-in")
        _ = try await stranger.post("/sign-in", ["email": "owner@acme.example", "password": "wrong"])
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let words = try await owner.get("/audit").words
        #expect(words.contains("Was not signed in session.start") && words.contains("Signed in session.start"))
        let found = try await owner.get("/audit?q=was+not+signed").words
        #expect(found.contains("Was not signed in") && !found.contains("Signed in session.start"))
        for action in AuditWords.all.keys where !["access.refuse"].contains(action) {
            #expect(AuditWords.title(action, .refused) != AuditWords.title(action, .done), "\(action)")
        }
    }

    @Test func `a line is about things by their names, where they are still there`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let support = "user:user-support@acme.example"
        for object in [
            support, "user:user-owner@liberty.example", "organization:organization-northgate", "tenant:gone",
            "plugin:toy-cloud",
        ] {
            try note(portal, line(object))
        }
        let page = try await owner.get("/audit")
        for words in ["user Sam Support", "organization Northgate Bakery", "plugin Toy Cloud"] {
            #expect(page.words.contains(words), "\(words)")
        }
        #expect(page.text.contains(#"href="/users/user-support@acme.example""#))
        #expect(page.text.contains("<code>tenant:gone</code>"), "what is gone has its id")
        #expect(page.text.contains("<code>user:user-owner@liberty.example</code>"), "of others no name is told")
        let list = try await owner.get("/audit?object=\(support)").text
        let path = try #require(list.firstMatch(of: /href="(\/audit\/[0-9a-f-]{36})"/)?.output.1)
        let one = try await owner.get(String(path))
        #expect(
            one.words.contains("user Sam Support \(support)") && one.words.contains("Everything about user Sam Support")
        )
    }

    @Test func `every action of the code has words`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
        var actions: Set<String> = []
        for folder in ["PortalCore", "gatehouse"] {
            let files = FileManager.default.enumerator(
                at: sources.appending(path: folder), includingPropertiesForKeys: nil)
            while let file = files?.nextObject() as? URL {
                guard file.pathExtension == "swift", file.lastPathComponent != "AuditWords.swift" else { continue }
                let text = try String(contentsOf: file, encoding: .utf8)
                actions.formUnion(
                    text.matches(of: /"([a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)+)"/).map { String($0.output.1) })
            }
        }
        // What looks like an action and is none: names of kinds of jobs, of files and of hosts.
        let others = actions.filter { text in
            JobRunner.kind(named: text) != nil || text.hasPrefix("hb.")
                || [
                    "example", "localhost", "conf", "sqlite", "key", "com", "blocking", "lock", "sock", "pid", "arpa",
                    "admin",
                ].contains(
                    String(text.split(separator: ".").last ?? ""))
        }
        let without = actions.subtracting(others).filter { AuditWords.all[$0] == nil }
        #expect(without.isEmpty, "Audit/AuditWords.swift has no words for \(without.sorted())")
        #expect(actions.contains("service.add") && actions.contains("tenant.link"))
    }
}
