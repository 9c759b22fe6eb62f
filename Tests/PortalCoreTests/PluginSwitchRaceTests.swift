import Foundation
import HTTPTypes
import PortalCore
import PortalKit
import Synchronization
import TestPortal
import Testing

/// Switching a plugin from many sides at once.
@Suite struct PluginSwitchRaceTests {
    /// One switch as its administrator saw it: when it was sent and when it was acknowledged, on one scale.
    private struct Switch: Sendable {
        let enabled: Bool
        let sent: Int
        let acknowledged: Int
        let done: String
    }

    /// Counts events in their order.
    private final class Scale: Sendable {
        private let place = Mutex(0)
        func next() -> Int {
            place.withLock {
                $0 += 1
                return $0
            }
        }
    }

    private func administrators(_ portal: TestPortal, _ count: Int) async throws -> [TestClient] {
        var all: [TestClient] = []
        for _ in 0..<count {
            let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
            _ = try await admin.get("/plugins/toy-cloud/disabling")
            all.append(admin)
        }
        return all
    }

    @Test
    func `check 61: 200 enables and disables at once end in the last acknowledged state, and each has its answer`()
        async throws
    {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let admins = try await administrators(world.portal, 20)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        _ = try await owner.post("/services/toy-cloud/discoveries")
        let scale = Scale()
        let switches = try await withThrowingTaskGroup(of: Switch.self) { group in
            for number in 0..<200 {
                let admin = admins[number % admins.count]
                let enabled = number.isMultiple(of: 2)
                group.addTask {
                    let sent = scale.next()
                    let page = try await admin.post("/plugins/toy-cloud/\(enabled ? "enabling" : "disabling")")
                    let done = page.location?.split(separator: "=").last.map(String.init) ?? "\(page.status.code)"
                    return Switch(enabled: enabled, sent: sent, acknowledged: scale.next(), done: done)
                }
            }
            let work = Task { await world.portal.runJobs() }
            var all: [Switch] = []
            for try await each in group { all.append(each) }
            _ = await work.value
            return all
        }
        #expect(switches.count == 200)
        let answers: Set = ["plugin-enabled", "plugin-disabled", "plugin-switched-since"]
        #expect(switches.allSatisfy { answers.contains($0.done) }, "\(Set(switches.map(\.done)))")

        let isOn = try world.portal.portal.isPluginEnabled("toy-cloud")
        let shown = try await admins[0].get("/plugins/toy-cloud").words
        #expect(shown.contains(isOn ? "Switch Enabled" : "Switch Disabled"))
        // No switch the other way was sent after the last one that led here had been acknowledged.
        let lastSame = switches.filter { $0.enabled == isOn }.map(\.acknowledged).max() ?? 0
        let lastOther = switches.filter { $0.enabled != isOn }.map(\.sent).max() ?? 0
        #expect(lastOther < lastSame)
        #expect(isOn || switches.contains { $0.done == "plugin-disabled" })

        #expect(try await admins[0].post("/plugins/toy-cloud/disabling").location == "/plugins?done=plugin-disabled")
        let calls = upstream.asked.count
        _ = try await owner.get("/")
        await world.portal.runJobs()
        #expect(upstream.asked.count == calls)
        _ = try await admins[0].post("/plugins/toy-cloud/enabling")
        await world.portal.runJobs()
        #expect(try await owner.get("/jobs").words.contains("Found 3 tenants"))
    }

    @Test func `check 61: whenever a disable is acknowledged, no call starts after it, whatever is under way`()
        async throws
    {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let admin = try await administrators(world.portal, 1)[0]
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        for round in 0..<25 {
            world.portal.clock.advance(by: 1)
            _ = try await owner.get("/services/toy-cloud/tenants")
            _ = try await owner.post("/services/toy-cloud/discoveries")
            _ = try await owner.get("/services/toy-cloud/authentication")
            _ = try await owner.post("/services/toy-cloud/authentication", ["key": ToyUpstream.key])
            let first = Task { await world.portal.runJobs() }
            let second = Task { await world.portal.runJobs() }
            for _ in 0..<round { await Task.yield() }
            let answer = try await admin.post("/plugins/toy-cloud/disabling")
            let calls = upstream.asked.count
            #expect(answer.location == "/plugins?done=plugin-disabled")
            _ = await (first.value, second.value)
            await world.portal.runJobs()
            #expect(upstream.asked.count == calls, "round \(round)")
            _ = try await admin.post("/plugins/toy-cloud/enabling")
            await world.portal.runJobs()
        }
        #expect(try await owner.get("/services/toy-cloud").words.contains("The sign-in at Toy is in force."))
    }

    @Test func `two administrators with stale forms: one outcome after the other, and both see the true state`()
        async throws
    {
        let portal = try TestPortal()
        let admins = try await administrators(portal, 2)
        for admin in admins {
            #expect(try await admin.post("/plugins/toy-cloud/disabling").location == "/plugins?done=plugin-disabled")
        }
        _ = try await admins[0].post("/plugins/toy-cloud/enabling")
        for admin in admins {
            #expect(try await admin.get("/plugins").words.contains("Toy · toy-cloud · version 1.0.0 Enabled"))
        }
        let lines = try await admins[0].get("/audit").words
        #expect(lines.components(separatedBy: "plugin.disable").count == 2, "the second found it done: \(lines)")
    }

    @Test func `a disable that somebody undoes while it waits says so`() async throws {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let admins = try await administrators(world.portal, 2)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        _ = try await owner.post("/services/toy-cloud/discoveries")
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        upstream.hold {
            begin.yield()
            for await _ in ended { break }
        }
        let work = Task { await world.portal.runJobs(limit: 1) }
        for await _ in begun { break }
        let disabling = Task { try await admins[0].post("/plugins/toy-cloud/disabling") }
        while try world.portal.portal.isPluginEnabled("toy-cloud") { try await Task.sleep(for: .milliseconds(5)) }
        _ = try await admins[1].post("/plugins/toy-cloud/enabling")
        upstream.hold(nil)
        end.yield()
        _ = await work.value
        #expect(try await disabling.value.location == "/plugins?done=plugin-switched-since")
        #expect(try await admins[0].get("/plugins?done=plugin-switched-since").words.contains("enabled it again since"))
    }

    @Test func `check 62: a disabled plugin's routes answer 404, its jobs stand, and nothing is called`() async throws {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let admin = try await administrators(world.portal, 1)[0]
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        let job = try #require(try await owner.post("/services/toy-cloud/discoveries").location)
        _ = try await admin.post("/plugins/toy-cloud/disabling")
        let calls = upstream.asked.count
        for route in world.portal.portal.routes
        where route.path.hasPrefix("/services/:plugin") || route.path.hasPrefix("/marketplace/:plugin") {
            _ = try await owner.get("/")
            let path = route.path.replacing(":plugin", with: "toy-cloud").replacing(":attempt", with: world.attempt)
            let page = route.method == .get ? try await owner.get(path) : try await owner.post(path)
            #expect(page.status == .notFound, "\(route.method) \(path): \(page.status.code)")
        }
        await world.portal.runJobs()
        #expect(try await owner.get(job).words.contains("The plugin is switched off."))
        #expect(upstream.asked.count == calls)
    }

    @Test func `the preview tells the brokers, the pages, the jobs, the nights and the sign-ins that it stops`()
        async throws
    {
        let world = try await LinkedWorld()
        let admin = try await world.portal.client(signedInAs: "admin@gatehouse.example")
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/authentication")
        _ = try await owner.post("/services/toy-cloud/authentication", ["key": ToyUpstream.key])
        let words = try await admin.get("/plugins/toy-cloud/disabling").words
        for part in [
            "1 open job stops before the next step", "1 list is not read at night", "1 sign-in under way",
            "gone for 1 broker that uses it", "Toy key; Link toys", "3 tenants, 3 links and 1 sign-in stay stored",
            "Acme Cloud",
        ] {
            #expect(words.contains(part), "\(part): \(words)")
        }
    }
}
