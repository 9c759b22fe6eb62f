import Foundation
import HTTPTypes
import TestPortal
import Testing

/// The whole flow with a provider that is unlike the others: an API key, three tenants.
@Suite struct ToyProviderTests {
    @Test func `a broker adds, connects and links a provider with an API key`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let attempt = try await LinkedWorld.connect(owner, portal)
        let verdict = try await owner.get("/services/toy-cloud/sign-ins/\(attempt)")
        #expect(verdict.words.contains("Every check has passed"))
        #expect(verdict.words.contains("The key works."))

        let tenants = try await owner.get("/services/toy-cloud/tenants")
        #expect(tenants.words.contains("3 at Toy = 0 linked + 3 unlinked + 0 excluded + 0 unreachable"))
        #expect(tenants.words.contains("3 tenants are not linked to an organization"))

        let preview = try await owner.get("/services/toy-cloud/bulk-links/new")
        #expect(preview.words.contains("2 organizations will be created and linked"))
        #expect(preview.words.contains("1 will be linked to an organization that exists"))
        #expect(preview.words.contains("The same verified domain, northgate.example"))

        let job = try await LinkedWorld.link(owner)
        await portal.runJobs()
        #expect(try await owner.get("/jobs/\(job)").words.contains("Linked 3 tenants."))
        #expect(try await owner.get("/services/toy-cloud/tenants").words.contains("3 at Toy = 3 linked + 0 unlinked"))
        #expect(try await owner.get("/audit").words.contains("tenant.link"))

        let anna = try await portal.client(signedInAs: "anna@northgate.example")
        let own = try await anna.get("/organization")
        #expect(own.words.contains("Northgate Toys") && !own.words.contains("Wooden Blocks"))
    }

    @Test func `the key is in no page, no audit line, and only sealed in the database`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/authentication")
        _ = try await owner.post("/services/toy-cloud/authentication", ["key": "another-\(ToyUpstream.key)"])
        for path in ["/services/toy-cloud/authentication", "/audit", "/jobs"] {
            #expect(try await owner.get(path).text.contains(ToyUpstream.key) == false, "\(path)")
        }
        for file in ["gatehouse.sqlite", "gatehouse.sqlite-wal"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(world.portal.folder)/\(file)"))
            #expect(bytes.range(of: Data(ToyUpstream.key.utf8)) == nil, "\(file)")
        }
    }

    @Test func `a wrong key is refused in words, nothing is kept, and the earlier connection stays`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/authentication")
        let begun = try await owner.post("/services/toy-cloud/authentication", ["key": "wrong-key"])
        await world.portal.runJobs()
        let page = try await owner.get(begun.location ?? "")
        #expect(page.words.contains("The key is not taken"))
        #expect(page.words.contains("Enter the present key."))
        #expect(try await owner.get("/services/toy-cloud").words.contains("The sign-in at Toy is in force."))
        _ = try await owner.get("/services/toy-cloud/tenants")
        _ = try await owner.post("/services/toy-cloud/discoveries")
        await world.portal.runJobs()
        #expect(try await owner.get("/jobs").words.contains("Found 3 tenants, 0 of them unlinked."))
    }

    @Test func `what was typed wrongly comes back with the words at the field, and a secret does not`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        _ = try await owner.get("/services/toy-cloud/authentication")
        let page = try await owner.post("/services/toy-cloud/authentication", ["key": "xyz"])
        #expect(page.status == .unprocessableContent)
        #expect(page.words.contains("A key has at least four characters."))
        #expect(!page.text.contains("xyz"))
    }

    @Test func `the provider's wait is kept by every job of the connection, and told`() async throws {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        upstream.answerNext(HTTPResponse(status: .tooManyRequests, headerFields: [.retryAfter: "120"]))
        let started = try await owner.post("/services/toy-cloud/discoveries")
        await world.portal.runJobs()
        let calls = upstream.asked.count
        #expect(
            try await owner.get(started.location ?? "").words.contains("asks us to wait until"))
        world.portal.clock.advance(by: 60)
        await world.portal.runJobs()
        #expect(upstream.asked.count == calls)
        world.portal.clock.advance(by: 80)
        await world.portal.runJobs()
        #expect(try await owner.get(started.location ?? "").words.contains("Found 3 tenants"))
    }

    @Test func `a dead key breaks the connection with its cause, and tenants and links stay`() async throws {
        let upstream = ToyUpstream()
        let world = try await LinkedWorld(upstream: upstream)
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("/services/toy-cloud/tenants")
        upstream.answerNext(HTTPResponse(status: .unauthorized), HTTPResponse(status: .unauthorized))
        _ = try await owner.post("/services/toy-cloud/discoveries")
        await world.portal.runJobs()
        let page = try await owner.get("/services/toy-cloud/authentication")
        #expect(page.words.contains("The key is not taken"))
        #expect(try await owner.get("/services/toy-cloud/tenants").words.contains("3 at Toy = 3 linked"))
        #expect(try await owner.get("/").words.contains("Toy Cloud is not connected"))
    }

    @Test func `a removed service leaves tenants and links, forgets the key, and is back when added again`()
        async throws
    {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let page = try await owner.get("/services/toy-cloud/removal")
        #expect(page.words.contains("3 tenants and 3 links stay."))
        _ = try await owner.post("/services/toy-cloud/removal")
        #expect(try await owner.get("/store").words.contains("Nothing here yet"))
        #expect(try await owner.get("/services/toy-cloud").status == .notFound)
        #expect(try await owner.get("/organizations").words.contains("Wooden Blocks"))
        _ = try await owner.get("/marketplace/toy-cloud/steps")
        _ = try await owner.post("/marketplace/toy-cloud/additions")
        #expect(try await owner.get("/services/toy-cloud").words.contains("Not connected") == false)
        #expect(try await owner.get("/services/toy-cloud").words.contains("To do"))
        #expect(try await owner.get("/services/toy-cloud/tenants").words.contains("3 at Toy = 3 linked"))
    }

    @Test func `one tenant is linked, unlinked, excluded and counted again by hand`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let path = "/tenants/\(world.tenant)"
        _ = try await owner.get(path)
        _ = try await owner.post("\(path)/unlinking")
        let unlinked = try await owner.get(path)
        #expect(unlinked.words.contains("Suggested: Wooden Blocks The same verified domain, toy2.example."))
        let linked = try await owner.post("\(path)/link", ["organization": world.organization])
        #expect(try await owner.get(linked.location ?? "").words.contains("Chosen by Olivia Owner"))
        #expect(try await owner.post("\(path)/link", ["organization": world.organization]).status == .conflict)
        _ = try await owner.get(path)
        _ = try await owner.post("\(path)/unlinking")
        _ = try await owner.post("\(path)/exclusion", ["reason": "Only a test"])
        #expect(try await owner.get("/services/toy-cloud/tenants").words.contains("2 linked + 0 unlinked + 1 excluded"))
        _ = try await owner.get(path)
        _ = try await owner.post("\(path)/inclusion")
        #expect(try await owner.get("/services/toy-cloud/tenants").words.contains("2 linked + 1 unlinked + 0 excluded"))
    }
}
