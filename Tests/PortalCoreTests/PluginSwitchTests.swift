import Foundation
import HTTPTypes
import PortalKit
import TestPortal
import Testing

/// Enabling and disabling a plugin while the portal runs.
@Suite struct PluginSwitchTests {
    @Test func `a disabled plugin's pages explain themselves, its jobs stand, its data stays; enabled, all goes on`()
        async throws
    {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        let started = try await owner.post("/services/toy-cloud/discoveries")
        await world.portal.runJobs(limit: 1)
        let calls = upstream.asked.count

        #expect(
            try await admin.get("/plugins/toy-cloud/disabling").words.contains("1 open job stops before the next step"))
        #expect(try await admin.post("/plugins/toy-cloud/disabling").location == "/plugins?done=plugin-disabled")
        await world.portal.runJobs()
        #expect(upstream.asked.count == calls)
        #expect(try await owner.get(started.location ?? "").words.contains("The plugin is switched off."))
        for path in [
            "/services/toy-cloud", "/services/toy-cloud/tenants", "/marketplace/toy-cloud",
            "/services/toy-cloud/authentication",
        ] {
            let page = try await owner.get(path)
            #expect(page.status == .notFound && page.words.contains("Toy Cloud is switched off"), "\(path)")
        }
        let anna = try await world.portal.client(signedInAs: "anna@northgate.example")
        #expect(try await anna.get("/services/toy-cloud").words.contains("switched off") == false)
        #expect(try await anna.get("/store").words.contains("Toy Cloud") == false)
        #expect(try await owner.get("/organizations").words.contains("Wooden Blocks"))

        _ = try await admin.get("/plugins")
        _ = try await admin.post("/plugins/toy-cloud/enabling")
        await world.portal.runJobs()
        #expect(try await owner.get(started.location ?? "").words.contains("Found 3 tenants"))
        #expect(try await owner.get("/services/toy-cloud/tenants").words.contains("3 linked"))
    }

    @Test func `the switch-off is acknowledged only after the call under way has ended`() async throws {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        _ = try await owner.post("/services/toy-cloud/discoveries")
        _ = try await admin.get("/plugins/toy-cloud/disabling")
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        upstream.hold {
            begin.yield()
            for await _ in ended { break }
        }
        let work = Task { await world.portal.runJobs(limit: 1) }
        for await _ in begun { break }
        let order = Order()
        let disabling = Task {
            let page = try await admin.post("/plugins/toy-cloud/disabling")
            await order.note("acknowledged")
            return page
        }
        try await Task.sleep(for: .milliseconds(100))
        await order.note("call ended")
        end.yield()
        _ = await work.value
        #expect(try await disabling.value.status == .seeOther)
        #expect(await order.events == ["call ended", "acknowledged"])
    }

    @Test func `a plugin that throws at its start is marked, and the others go on`() async throws {
        let portal = try TestPortal(plugins: [BrokenPlugin.self, ToyCloud.self])
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get("/plugins").words.contains("Failed The moon is full."))
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        #expect(try await LinkedWorld.connect(owner, portal) != "")
        #expect(try await owner.get("/services/toy-cloud").words.contains("The sign-in at Toy is in force."))
    }

    @Test func `with no plugins at all the portal works`() async throws {
        let portal = try TestPortal(plugins: [])
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("/marketplace").words.contains("No services yet"))
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get("/plugins").words.contains("No plugins"))
    }

    @Test func `practice mode does not start with a provider that is not on this machine`() throws {
        #expect(throws: (any Error).self) { try TestPortal(plugins: [DistantPlugin.self]) }
    }

    private actor Order {
        private(set) var events: [String] = []
        func note(_ event: String) { events.append(event) }
    }
}

private func emptyManifest(_ id: Key<PluginManifest>) -> PluginManifest {
    PluginManifest(
        id: id, version: "1", provider: "None", namespace: "none",
        listing: PluginManifest.Listing(
            name: "\(id)", summary: "", does: [], needs: [], audience: "", source: "", connectionTitle: "",
            linkTitle: "", offer: ""),
        settings: Form(fields: [], submit: ""), permissions: [])
}

private struct BrokenPlugin: ProviderPlugin {
    static let manifest = emptyManifest("broken")
    var endpoints: [String] { [] }
    init(_ environment: PluginEnvironment) throws { throw FieldProblem("The moon is full.") }
}

private struct DistantPlugin: ProviderPlugin {
    static let manifest = emptyManifest("distant")
    var endpoints: [String] { ["https://login.example.com"] }
    init(_ environment: PluginEnvironment) throws {}
}
