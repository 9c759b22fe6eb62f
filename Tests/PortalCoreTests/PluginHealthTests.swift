import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

@testable import PortalCore

/// How a plugin is, and who is told when its code fails.
@Suite struct PluginHealthTests {
    private static let page = "/plugins/toy-cloud"

    @Test func `a test is a job: its lines stand on the page with their time, and its failure is the plugin's health`()
        async throws
    {
        let world = try await LinkedWorld()
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get(Self.page).words.contains("It has not been tested yet."))
        let begun = try await admin.post("\(Self.page)/examinations")
        #expect(begun.location == Self.page)
        let open = try await admin.get(Self.page)
        #expect(
            open.words.contains("The test is under way") && open.text.contains(#"data-live="/plugins/toy-cloud/exam"#))
        await world.portal.runJobs()
        let failed = try await admin.get(Self.page)
        #expect(failed.words.contains("1 of 1 check failed."))
        #expect(failed.words.contains("The shop token is not taken. Toy answers 401. Enter the present one."))
        #expect(failed.words.contains("Degraded 1 check of its last test failed."))

        let version = String(try #require(failed.text.firstMatch(of: /name="version" value="([^"]*)"/)?.output.1))
        world.portal.clock.advance(by: 60)
        _ = try await admin.post(
            "\(Self.page)/settings", ["version": version, "shelf": "blue", "token": ToyUpstream.shopToken])
        #expect(try await admin.get(Self.page).words.contains("The settings have changed since: test again."))
        _ = try await admin.post("\(Self.page)/examinations")
        await world.portal.runJobs()
        let passed = try await admin.get(Self.page)
        #expect(passed.words.contains("1 passed, 1 not known.") && passed.words.contains("Health Working"))
        #expect(!passed.words.contains("test again"))

        // One that is forgotten leaves no row to see it by.
        _ = try await admin.post(
            "\(Self.page)/settings", ["version": "1", "shelf": "blue", "forget-token": "on"])
        #expect(try await admin.get(Self.page).words.contains("The settings have changed since: test again."))
    }

    @Test func `a disabled plugin is not tested`() async throws {
        let upstream = ToyUpstream()
        let portal = try TestPortal(upstream: upstream)
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await admin.get("/plugins/toy-cloud/disabling")
        _ = try await admin.post("/plugins/toy-cloud/disabling")
        #expect(try await admin.get(Self.page).text.contains("examinations") == false)
        #expect(try await admin.post("\(Self.page)/examinations").status == .conflict)
        await #expect(throws: PluginUntestable.self) {
            try await portal.portal.examinePlugin("toy-cloud", by: "command line")
        }
        await portal.runJobs()
        #expect(upstream.asked.isEmpty)
    }

    @Test func `check 63: a plugin that throws in a job or a request is marked, told calmly, and the others go on`()
        async throws
    {
        let portal = try TestPortal(plugins: [ClumsyCloud.self, ToyCloud.self])
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await owner.get("/marketplace/clumsy-cloud/steps")
        _ = try await owner.post("/marketplace/clumsy-cloud/additions")
        _ = try await owner.get("/services/clumsy-cloud/authentication")
        let page = try await owner.post("/services/clumsy-cloud/authentication", ["where": "request"])
        #expect(page.status == .internalServerError)
        #expect(page.words.contains("Clumsy Cloud could not do this") && !page.words.contains("vase"))
        let reference = try #require(page.text.firstMatch(of: /data-copy="([^"]*)"/)?.output.1)
        let marked = try await admin.get("/plugins/clumsy-cloud").words
        #expect(marked.contains("Degraded Its code failed: Broken.") && marked.contains(reference))
        #expect(!marked.contains("vase"), "what an error holds is for the log")

        _ = try await admin.get("/plugins/clumsy-cloud")
        _ = try await admin.post("/plugins/clumsy-cloud/fault-dismissal")
        #expect(try await admin.get("/plugins/clumsy-cloud").words.contains("Health Needs sign-in"))
        _ = try await owner.get("/services/clumsy-cloud/authentication")
        _ = try await owner.post("/services/clumsy-cloud/authentication", ["where": "job"])
        await portal.runJobs()
        #expect(try await owner.get("/jobs").words.contains("Clumsy Cloud failed at this step"))
        #expect(try await admin.get("/plugins").words.contains("Its code failed: Broken."))
        #expect(try await LinkedWorld.connect(owner, portal) != "")
        #expect(try await owner.get("/services/toy-cloud").words.contains("The sign-in at Toy is in force."))

        // A success takes the mark away.
        _ = try await admin.get("/plugins/clumsy-cloud")
        _ = try await admin.post("/plugins/clumsy-cloud/examinations")
        await portal.runJobs()
        #expect(try await admin.get("/plugins/clumsy-cloud").words.contains("Health Needs sign-in"))
    }

    @Test
    func `check 64: a plugin gets no other plugin's or broker's grants and settings, and reaches no other address`()
        async throws
    {
        let upstream = ToyUpstream()
        let portal = try TestPortal(
            plugins: [ClumsyCloud.self, ToyCloud.self], upstream: upstream,
            settings: ["toy-cloud": ["token": "of-the-toys"], "clumsy-cloud": ["own": "mine"]])
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await LinkedWorld.connect(owner, portal)
        let entry = try #require(portal.portal.plugins["clumsy-cloud"])
        #expect(entry.settings.texts == ["own": "mine"])
        let plugin = try #require(entry.plugin)
        let connection = try portal.portal.database.write {
            try $0.connectionID(of: DemoWorld.acme.id, plugin: "clumsy-cloud", now: portal.clock.now)
        }
        let access = ProviderAccess(
            portal: portal.portal, plugin: plugin, broker: DemoWorld.acme, connection: connection)
        #expect(throws: Problem.self) { try access.grant("toy.key") }
        let calls = upstream.asked.count
        let foreign = HTTPRequest(method: .get, scheme: "http", authority: "toy.localhost:9", path: "/alive")
        await #expect(throws: Problem.self) { try await access.send(foreign, []) }
        #expect(upstream.asked.count == calls)
    }

    @Test func `work that a newer release began makes the plugin incompatible, and says so`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        _ = try await owner.post("/services/toy-cloud/discoveries")
        try world.portal.portal.database.write { db in
            try db.execute("UPDATE job SET version = 99 WHERE finished_at IS NULL")
        }
        await world.portal.runJobs()
        #expect(
            try await admin.get(Self.page).words.contains(
                "Incompatible 1 job was begun by a newer release and stands still."))
        try world.portal.portal.database.write { db in
            try db.execute("UPDATE job SET finished_at = 1 WHERE finished_at IS NULL")
            let row = StoredSetting(name: "novelty", value: "x", secret: nil, changedAt: Date(), changedBy: "later")
            _ = try db.store(["novelty": row], of: "toy-cloud", version: 0, by: "later", at: Date())
        }
        #expect(try await admin.get(Self.page).words.contains("settings that this one does not know: novelty."))
    }

    @Test func `a plugin whose settings are not complete needs set-up, and works when they are`() async throws {
        let portal = try TestPortal(plugins: [ClumsyCloud.self])
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        let page = try await admin.get("/plugins/clumsy-cloud")
        #expect(page.words.contains("Health Needs sign-in"))
        let demanding = try TestPortal(plugins: [DemandingCloud.self])
        let other = try await demanding.client(signedInAs: "admin@gatehouse.example")
        #expect(try await other.get("/plugins").words.contains("Needs set-up Setting name: Enter the name."))
        _ = try await other.get("/plugins/demanding-cloud")
        _ = try await other.post("/plugins/demanding-cloud/settings", ["version": "0", "name": "Doris"])
        #expect(try await other.get("/plugins").words.contains("Health Working"))
    }
}

private func manifest(_ id: Key<PluginManifest>, _ name: String, _ fields: [Field]) -> PluginManifest {
    PluginManifest(
        id: id, version: "1", provider: "None", namespace: "none",
        listing: PluginManifest.Listing(
            name: name, summary: "", does: [], needs: [], audience: "", source: "", connectionTitle: "Sign in",
            linkTitle: "", offer: ""),
        settings: Form(fields: fields, submit: "Save"), permissions: [])
}

/// Fails where it is told to, with an error that holds what nobody should read.
private struct ClumsyCloud: ProviderPlugin, Connectable, SelfTesting {
    struct Broken: Error { let vase = "ming vase" }

    static let manifest = PortalCoreTests.manifest(
        "clumsy-cloud", "Clumsy Cloud", [Field(name: "own", label: "own", isRequired: false)])
    static let connectionForm = Form(fields: [Field(name: "where", label: "where")], submit: "Connect")
    static let requirements: [Requirement] = []

    init(_ environment: PluginEnvironment) throws {}
    var endpoints: [String] { ["http://clumsy.localhost:9"] }

    func signIn(_ form: Values, _ broker: Broker) throws -> SignIn {
        if form["where"] == "request" { throw Broken() }
        return .form
    }

    func complete(_ answer: SignInAnswer, _ form: Values, _ access: any Access) async throws -> Authorization {
        throw Broken()
    }

    func check(_ requirement: Key<Requirement>, _ form: Values, _ candidate: any Grant, _ access: any Access)
        async throws -> Verdict
    { throw Broken() }

    func mint(_ held: Authorization, for audience: TokenAudience, _ send: Send) async throws -> Renewal {
        throw Broken()
    }

    func examine(_ send: Send) async throws -> [SelfTestLine] { [SelfTestLine("Hands", .passed("Steady today."))] }
}

private struct DemandingCloud: ProviderPlugin {
    static let manifest = PortalCoreTests.manifest(
        "demanding-cloud", "Demanding Cloud", [Field(name: "name", label: "name")])
    init(_ environment: PluginEnvironment) throws {}
    var endpoints: [String] { [] }
}
