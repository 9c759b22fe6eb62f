import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// A backup is whole or none, and a restore lets nothing go out before somebody has looked.
@Suite struct BackupTests {
    private func folder() -> String { NSTemporaryDirectory() + "gatehouse-backup-\(UUID().uuidString)" }

    private func backup(_ portal: TestPortal, to path: String) async throws -> BackupManifest {
        let copy = try await portal.portal.perform(AdminRequest(.copyDatabase, by: "root")).decode(DatabaseCopy.self)
        defer { unlink(copy.path) }
        try BackupFile(path: path).write(copy, replacing: false)
        return copy.manifest
    }

    /// The configuration of an empty folder with the right key file.
    private func target(for portal: TestPortal, key: Data? = nil) throws -> PortalConfiguration {
        var configuration = portal.portal.configuration
        let source = configuration.keyPath
        configuration.stateFolder = folder()
        try FileManager.default.createDirectory(atPath: configuration.stateFolder, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(
            atPath: configuration.keyPath, contents: try key ?? Data(contentsOf: URL(fileURLWithPath: source)),
            attributes: [.posixPermissions: 0o600])
        return configuration
    }

    @Test func `check 90: a backup that is taken while others write is consistent, and works elsewhere`() async throws {
        let world = try await LinkedWorld()
        let portal = world.portal
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let writing = Task {
            var lines = 0
            while !Task.isCancelled {
                try portal.portal.database.write { db in
                    try db.audit(AuditLine(actor: "a", action: "pair.first", object: "x:\(lines)"), at: Date())
                    try db.audit(AuditLine(actor: "a", action: "pair.second", object: "x:\(lines)"), at: Date())
                }
                lines += 1
                begin.yield()
                await Task.yield()
            }
            return lines
        }
        for await _ in begun { break }
        let file = folder() + ".backup"
        let manifest = try await backup(portal, to: file)
        writing.cancel()
        #expect(try await writing.value > 0)
        #expect(manifest.auditLines > 0 && manifest.isPractice)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: portal.folder).allSatisfy { !$0.hasPrefix("copy-") })

        let configuration = try target(for: portal)
        _ = try Restore(file, configuration).perform(replacing: false, by: "root")
        let restored = try TestPortal(clock: portal.clock, folder: configuration.stateFolder)
        let pairs = try restored.portal.database.read { db in
            (
                try db.count("SELECT COUNT(*) FROM audit WHERE action = 'pair.first'"),
                try db.count("SELECT COUNT(*) FROM audit WHERE action = 'pair.second'")
            )
        }
        #expect(pairs.0 == pairs.1, "a transaction is in it whole or not at all")
        let owner = try await restored.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("/tenants/\(world.tenant)").status == .ok)
        #expect(try await owner.get("/services/toy-cloud").words.contains("Connected") == true)
    }

    @Test
    func `check 90: after a restore jobs wait for a release, sessions and links are void, sign-ins count as unproved`()
        async throws
    {
        let world = try await LinkedWorld()
        let portal = world.portal
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let cookie = try #require(owner.cookie("__Host-gatehouse"))
        let now = portal.clock.now
        let job = try portal.portal.database.write { db in
            _ = try db.makeLink(.invitation, for: Key("user-anna@northgate.example"), by: "x", now: now)
            return try db.start(
                NewJob(
                    kind: DiscoveryJob.self, brokerID: Key("broker-acme"), pluginID: Key("toy-cloud"), title: "Read",
                    subject: "x", startedBy: "x"),
                at: now)
        }
        let file = folder() + ".backup"
        #expect(try await backup(portal, to: file).openJobs == 1)
        let configuration = try target(for: portal)
        portal.clock.advance(by: 60)
        let lines = try Restore(file, configuration).perform(replacing: false, by: "root", now: portal.clock.now)
        #expect(lines.contains { $0.contains("1 unfinished job waits") })

        let restored = try TestPortal(clock: portal.clock, folder: configuration.stateFolder)
        #expect(await restored.runJobs() == 0, "nothing goes out by itself")
        let browser = restored.client()
        browser.setCookie("__Host-gatehouse", cookie)
        #expect(try await browser.get("/").status == .seeOther)
        let facts = try restored.portal.database.read { db in
            (try db.count("SELECT COUNT(*) FROM one_time_link"), try db.unprovedGrants(), try db.job(job)?.state)
        }
        #expect(facts.0 == 0 && facts.1 == 1 && facts.2 == .parked)
        let found = try await restored.portal.perform(AdminRequest(.examine(isProduction: false), by: "root")).decode(
            [Finding].self)
        #expect(found.contains { $0.about == "Jobs" && $0.text.contains("wait for a release") })
        #expect(found.contains { $0.about == "Restore" && $0.verdict == .warning })
        let page = try await restored.client(signedInAs: "owner@acme.example").get("/jobs/\(job)")
        #expect(page.words.contains("The portal was restored from a backup"))

        let broker = try await restored.client(signedInAs: "owner@acme.example")
        #expect(try await broker.get("/services/toy-cloud/authentication").words.contains("To be proved"))

        let released = await restored.portal.perform(AdminRequest(.releaseJobs(id: nil), by: "root"))
        #expect(released.lines == ["1 job goes on."])
        let again = await restored.portal.perform(AdminRequest(.releaseJobs(id: job.rawValue), by: "root"))
        #expect(again.problem?.contains("does not wait for a release") == true)
        #expect(await restored.runJobs() > 0)
    }

    @Test func `a restore refuses a database that is there, a running portal, another key, practice for real work`()
        async throws
    {
        let portal = try TestPortal()
        let file = folder() + ".backup"
        _ = try await backup(portal, to: file)
        func refusal(_ configuration: PortalConfiguration, replacing: Bool = false) -> String {
            do {
                return try Restore(file, configuration).perform(replacing: replacing, by: "root").joined()
            } catch { return "\(error)" }
        }
        #expect(refusal(portal.portal.configuration, replacing: true).contains("Stop it first"))
        #expect(refusal(try target(for: portal, key: Data(repeating: 7, count: 32))).contains("is another key"))
        var real = try target(for: portal)
        real.isPractice = false
        #expect(refusal(real).contains("practice mode"))
        let keyless = try target(for: portal)
        unlink(keyless.keyPath)
        #expect(refusal(keyless).contains("vault.key is missing"))
        let full = try target(for: portal)
        #expect(refusal(full).contains("Restored the backup"))
        #expect(refusal(full).contains("is there already"))
        #expect(refusal(full, replacing: true).contains("The earlier database is"))
        let aside = try FileManager.default.contentsOfDirectory(atPath: full.stateFolder).filter {
            $0.contains("before-")
        }
        #expect(aside.count == 1)
    }

    /// A folder as a kill leaves it: the newest rows are in the journal alone.
    private func killed(_ portal: TestPortal) throws -> PortalConfiguration {
        try portal.portal.database.write { db in
            _ = try db.execute("INSERT INTO installation (name, value) VALUES ('newest', 'acknowledged')")
        }
        let configuration = try target(for: portal)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: portal.portal.configuration.databasePath + suffix, toPath: configuration.databasePath + suffix)
        }
        return configuration
    }

    private func newest(_ path: String) throws -> String? {
        let alone = folder() + ".sqlite"
        try FileManager.default.copyItem(atPath: path, toPath: alone)
        return try DatabaseFile(path: alone).read { try $0.kept("newest") }
    }

    @Test func `a restore keeps what was acknowledged last, and a kill before its last step leaves it in its place`()
        async throws
    {
        let portal = try TestPortal()
        let file = folder() + ".backup"
        _ = try await backup(portal, to: file)
        let configuration = try killed(portal)
        let path = configuration.databasePath
        let present = PresentDatabase(path: path)
        let first = try present.keepAside(now: portal.clock.now)
        #expect(try newest(path) == "acknowledged", "under its own name until the restored one takes it")
        #expect(try newest(first) == "acknowledged", "without a journal")
        #expect(throws: AdminProblem.self) { try present.replace(by: path + ".not-there") }
        #expect(try newest(path) == "acknowledged")
        let lines = try Restore(file, configuration).perform(replacing: true, by: "root", now: portal.clock.now)
        #expect(lines.contains("The earlier database is \(first)-2."), "no earlier one is overwritten")
        #expect(try newest(first + "-2") == "acknowledged")
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        #expect(try newest(path) == nil)
    }

    @Test func `a damaged database is kept aside and replaced`() async throws {
        let portal = try TestPortal()
        let file = folder() + ".backup"
        _ = try await backup(portal, to: file)
        let configuration = try killed(portal)
        let path = configuration.databasePath
        try Data(repeating: 7, count: 8_192).write(to: URL(fileURLWithPath: path))
        _ = try Restore(file, configuration).perform(replacing: true, by: "root", now: portal.clock.now)
        let aside = try FileManager.default.contentsOfDirectory(atPath: configuration.stateFolder).filter {
            $0.contains("before-")
        }
        #expect(!aside.isEmpty)
        let restored = try TestPortal(clock: portal.clock, folder: configuration.stateFolder)
        #expect(try await restored.client(signedInAs: "owner@acme.example").get("/").status == .ok)
    }

    @Test func `a damaged, cut or foreign file is refused, and leaves no trace`() async throws {
        let portal = try TestPortal()
        let file = folder() + ".backup"
        _ = try await backup(portal, to: file)
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        var flipped = whole
        flipped[whole.count / 2] ^= 1
        for (number, content) in [
            flipped, whole.dropLast(1), whole.prefix(100), whole.prefix(3), Data(), Data("x".utf8) + whole, whole + [0],
        ].enumerated() {
            let path = folder() + ".backup"
            try content.write(to: URL(fileURLWithPath: path))
            let configuration = try target(for: portal)
            #expect(throws: AdminProblem.self, "\(number)") {
                try Restore(path, configuration).perform(replacing: false, by: "root")
            }
            #expect(!FileManager.default.fileExists(atPath: configuration.databasePath))
        }
    }

    @Test func `a backup goes to no name that is taken, and a failed one leaves nothing`() async throws {
        let portal = try TestPortal()
        let file = folder() + ".backup"
        _ = try await backup(portal, to: file)
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        await #expect(throws: AdminProblem.self) { try await backup(portal, to: file) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        await #expect(throws: AdminProblem.self) { try await backup(portal, to: "/nowhere/at/all.backup") }
    }

    @Test func `check 125: with another key file the portal does not start, and says which it needs`() throws {
        let folder = folder()
        let portal = try TestPortal()
        let copy = folder + "-copy"
        try FileManager.default.copyItem(atPath: portal.folder, toPath: copy)
        try Data(repeating: 9, count: 32).write(to: URL(fileURLWithPath: copy + "/vault.key"))
        chmod(copy + "/vault.key", 0o600)
        #expect { try TestPortal(folder: copy) } throws: { "\($0)".contains("is not the key of this database") }
        try FileManager.default.removeItem(atPath: copy + "/vault.key")
        #expect { try TestPortal(folder: copy) } throws: { "\($0)".contains("vault.key is missing") }
        #expect(
            !FileManager.default.fileExists(atPath: copy + "/vault.key"), "no new key is made beside an old database")
        try Data(repeating: 9, count: 31).write(to: URL(fileURLWithPath: copy + "/vault.key"))
        chmod(copy + "/vault.key", 0o600)
        #expect { try TestPortal(folder: copy) } throws: { "\($0)".contains("32 bytes") }
        chmod(copy + "/vault.key", 0o644)
        #expect { try TestPortal(folder: copy) } throws: { "\($0)".contains("chmod 600") }
    }
}
