import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// A plugin's settings as an administrator changes them while the portal runs.
@Suite struct PluginSettingsTests {
    private static let page = "/plugins/toy-cloud"
    private static let path = "\(page)/settings"

    private func version(_ page: TestPage) throws -> String {
        String(try #require(page.text.firstMatch(of: /name="version" value="([^"]*)"/)?.output.1))
    }

    /// Opens the page and sends the form as a browser would, with what stands in it and these changes.
    private func save(_ admin: TestClient, _ fields: [String: String]) async throws -> TestPage {
        let version = try version(try await admin.get(Self.page))
        return try await admin.post(Self.path, ["version": version].merging(fields) { _, mine in mine })
    }

    @Test func `the form is drawn from the manifest, refuses in words, and counts at once when it is right`()
        async throws
    {
        let upstream = ToyUpstream()
        let portal = try TestPortal(upstream: upstream)
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        let page = try await admin.get(Self.page)
        #expect(page.words.contains("Where Toy is.") && page.words.contains("Any but the thirteenth."))
        #expect(page.text.contains(#"name="token" type="password""#))

        let unreadable = try await save(admin, ["address": "toy", "shelf": "blue", "token": ToyUpstream.shopToken])
        #expect(unreadable.status == .unprocessableContent)
        #expect(unreadable.words.contains("An address begins with http."))
        #expect(unreadable.text.contains(#"value="blue""#) && !unreadable.text.contains(ToyUpstream.shopToken))
        let unbuildable = try await save(admin, ["shelf": "thirteen"])
        #expect(unbuildable.status == .unprocessableContent)
        #expect(unbuildable.words.contains("Toy has no shelf thirteen."))
        #expect(!(try await admin.get(Self.page)).text.contains("thirteen\""), "nothing was stored")

        let saved = try await save(admin, ["shelf": "blue", "token": ToyUpstream.shopToken])
        #expect(saved.location == "\(Self.page)?done=plugin-saved")
        _ = try await admin.get(Self.page)
        _ = try await admin.post("\(Self.page)/examinations")
        await portal.runJobs()
        #expect(upstream.asked == ["/health?shelf=blue"])
        #expect(try await admin.get(Self.page).words.contains("Shelf blue is open."))
    }

    @Test func `check 128: a secret is never shown again; left empty it stays, and it can be forgotten`() async throws {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await save(admin, ["token": ToyUpstream.shopToken])
        let kept = try await save(admin, ["shelf": "red"])
        #expect(kept.status == .seeOther)
        let page = try await admin.get(Self.page)
        #expect(page.words.contains("by admin@gatehouse.example. It is not shown again"))
        for path in [Self.page, "/plugins", "/audit"] {
            let text = try await admin.get(path).text
            #expect(!text.contains(ToyUpstream.shopToken) && !text.contains("4711"), "\(path)")
        }
        for file in ["gatehouse.sqlite", "gatehouse.sqlite-wal"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(portal.folder)/\(file)"))
            #expect(bytes.range(of: Data(ToyUpstream.shopToken.utf8)) == nil, "\(file)")
        }
        #expect(portal.portal.plugins["toy-cloud"]?.settings.texts["token"] == ToyUpstream.shopToken)
        _ = try await save(admin, ["shelf": "red", "forget-token": "on"])
        #expect(portal.portal.plugins["toy-cloud"]?.settings.texts["token"] == nil)
        #expect(try await admin.get(Self.page).words.contains("It is not shown again") == false)
    }

    @Test func `a sealed secret in another row does not open, and the plugin says what to do`() async throws {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await save(admin, ["token": ToyUpstream.shopToken])
        let stranger = try portal.portal.vault.seal("another", for: "plugin_setting:other:token")
        try portal.portal.database.write { db in
            try db.execute("UPDATE plugin_setting SET secret = \(stranger) WHERE name = 'token'")
        }
        let again = try portal.restarted(upstream: ToyUpstream())
        let later = try await again.client(signedInAs: "admin@gatehouse.example")
        #expect(try await later.get(Self.page).words.contains("The stored shop token can't be opened"))
        #expect(try await save(later, ["token": ToyUpstream.shopToken]).status == .seeOther)
        #expect(try await later.get(Self.page).words.contains("can't be opened") == false)
    }

    @Test func `what the configuration of the machine sets wins, and says where it is set`() async throws {
        let portal = try TestPortal(settings: ["toy-cloud": ["shelf": "green", "token": "from-a-file"]])
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        let page = try await admin.get(Self.page)
        #expect(page.words.contains("shelf green"))
        #expect(page.words.contains("GATEHOUSE_PLUGIN_TOY_CLOUD__SHELF, GATEHOUSE_PLUGIN_TOY_CLOUD__TOKEN"))
        #expect(!page.text.contains(#"name="shelf""#) && !page.text.contains("from-a-file"))
        _ = try await save(admin, ["shelf": "red", "token": "mine", "address": "http://toy.localhost:9"])
        let settings = try #require(portal.portal.plugins["toy-cloud"]?.settings)
        #expect(settings.texts["shelf"] == "green" && settings.texts["token"] == "from-a-file")
    }

    @Test func `practice mode's own settings give way to stored ones and are back without them`() async throws {
        let portal = try TestPortal(defaults: ["toy-cloud": ["shelf": "practice"]])
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get(Self.page).words.contains("Set by practice mode."))
        _ = try await save(admin, ["shelf": "red"])
        #expect(portal.portal.plugins["toy-cloud"]?.settings.texts["shelf"] == "red")
        _ = try await save(admin, ["shelf": ""])
        #expect(portal.portal.plugins["toy-cloud"]?.settings.texts["shelf"] == "practice")
    }

    @Test func `practice mode takes no setting that leads to another machine`() async throws {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        let refused = try await save(admin, ["address": "https://toy.example.com"])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.words.contains("Practice mode calls services on this machine only"))
        #expect(portal.portal.plugins["toy-cloud"]?.settings.texts["address"] == nil)
    }

    @Test func `of two administrators at once the second is told, and nothing is overwritten`() async throws {
        let portal = try TestPortal()
        let first = try await portal.client(signedInAs: "admin@gatehouse.example")
        let second = try await portal.client(signedInAs: "admin@gatehouse.example")
        let opened = try version(try await second.get(Self.page))
        _ = try await save(first, ["shelf": "red"])
        let late = try await second.post(Self.path, ["version": opened, "shelf": "blue"])
        #expect(late.status == .conflict && late.words.contains("Somebody else has changed these settings"))
        #expect(try await second.get(Self.page).text.contains(#"value="red""#))
    }

    @Test func `the audit tells what was before and after, and of secrets that they changed`() async throws {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await save(admin, ["shelf": "red", "token": "one-token"])
        _ = try await save(admin, ["shelf": "blue", "token": "another-token"])
        let told = try portal.portal.database.read { db in
            try db.query(
                "SELECT value_before, value_after FROM audit WHERE action = 'plugin.set' AND value_before LIKE '%red%'"
            ) { try ($0[0] as String, $0[1] as String) }
        }
        #expect(told.count == 1)
        #expect(told.first?.0 == #"{"shelf":"red","token":"set"}"#)
        #expect(told.first?.1 == #"{"shelf":"blue","token":"changed"}"#)
    }

    @Test func `settings ask for a recent proof, and what was typed waits for it`() async throws {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        let opened = try version(try await admin.get(Self.page))
        portal.clock.advance(by: 11 * 60)
        _ = try await admin.get(Self.page)
        let asked = try await admin.post(
            Self.path, ["version": opened, "shelf": "red", "token": ToyUpstream.shopToken])
        let confirm = try await admin.get(try #require(asked.location))
        #expect(confirm.words.contains("Confirm that it is you") && !confirm.text.contains(ToyUpstream.shopToken))
        let held = String(try #require(confirm.text.firstMatch(of: /name="held" value="([^"]*)"/)?.output.1))
        let done = try await admin.post(Self.path, ["held": held, "confirm-password": "gatehouse-practice"])
        #expect(done.location == "\(Self.page)?done=plugin-saved")
        #expect(portal.portal.plugins["toy-cloud"]?.settings.texts["token"] == ToyUpstream.shopToken)
    }

    @Test func `another process that finds a newer version builds the plugin anew`() async throws {
        let portal = try TestPortal()
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        let isStored = try portal.portal.database.write { db in
            let row = StoredSetting(
                name: "shelf", value: "far", secret: nil, changedAt: portal.clock.now, changedBy: "elsewhere")
            return try db.store(["shelf": row], of: "toy-cloud", version: 0, by: "elsewhere", at: portal.clock.now)
        }
        #expect(isStored)
        #expect(portal.portal.plugins["toy-cloud"]?.settings.texts["shelf"] == nil)
        _ = try await admin.get("/")
        #expect(portal.portal.plugins["toy-cloud"]?.settings.texts["shelf"] == "far")
    }
}
