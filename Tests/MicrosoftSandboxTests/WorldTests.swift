import Foundation
import MicrosoftSandbox
import Testing

@Suite struct WorldTests {
    @Test func `the generated world is the same each time, and a longer one begins with a shorter one`() async throws {
        let short = try await names(customers: 30)
        #expect(try await names(customers: 30) == short)
        #expect(try await names(customers: 40).prefix(30) == short[...])
        #expect(Set(short).count > 20)
    }

    @Test func `a partner may have no customers`() async throws {
        #expect(try await names(customers: 0).isEmpty)
    }

    @Test func `the default domains of a partner's customers are all different`() async throws {
        let client = try await PracticeClient()
        let list = await client.partnerCenter("customers?size=0", try await client.accessToken()).json
        let profiles = (list["items"] as? [[String: Any]] ?? []).compactMap { $0["companyProfile"] as? [String: Any] }
        #expect(Set(profiles.compactMap { $0["domain"] as? String }).count == 62)
        #expect(Set(profiles.compactMap { $0["companyName"] as? String }).count == 62)
    }

    private func names(customers: Int) async throws -> [String] {
        let client = try await PracticeClient(customers: customers)
        let token = try await client.accessToken(
            as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty)
        let items = await client.partnerCenter("customers?size=0", token).json["items"] as? [[String: Any]] ?? []
        return items.compactMap { ($0["companyProfile"] as? [String: Any])?["companyName"] as? String }
    }
}

/// Names that follow from a seed, and what happens to those who bear them.
@Suite struct SeededWorldTests {
    @Test func `another seed makes other companies, with the same ids`() async throws {
        let one = try await list(WorldSettings(seed: 1, customers: 50))
        let two = try await list(WorldSettings(seed: 2, customers: 50))
        #expect(one.map(\.name) != two.map(\.name))
        #expect(one.map(\.id) == two.map(\.id))
    }

    @Test func `a mixed world has twins and many scripts, a hostile one names that hurt`() async throws {
        let mixed = try await list(WorldSettings(customers: 200, names: .mixed)).map(\.name)
        #expect(Set(mixed).count == 180)
        #expect(mixed.contains { $0.unicodeScalars.contains { $0.value > 0x3000 } })
        let hostile = try await list(WorldSettings(customers: 200, names: .hostile)).map(\.name)
        #expect(hostile.contains("<script>alert(1)</script>"))
        #expect(hostile.contains { $0.hasPrefix("=HYPERLINK") })
        #expect(hostile.contains { $0.contains("\u{202E}") })
        #expect(hostile.contains { $0.utf8.count > 10_000 })
        #expect(hostile.contains { $0.contains("\u{0000}") })
    }

    @Test func `the last of a hundred thousand is found by its id, and the list ends with it`() async throws {
        let client = try await PracticeClient(customers: 100_000)
        let token = try await client.accessToken(
            as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty)
        let last = await client.partnerCenter("customers/dddddddd-0000-4000-8000-000000100000", token).json
        let profile = last["companyProfile"] as? [String: Any]
        let domain = profile?["domain"] as? String ?? ""
        #expect(domain.hasSuffix("100000.onmicrosoft.com"))
        #expect(
            await client.get("/entra/\(domain)/v2.0/.well-known/openid-configuration").json["issuer"] as? String
                == "http://127.0.0.1:8090/entra/dddddddd-0000-4000-8000-000000100000/v2.0")
        #expect(await client.partnerCenter("customers/dddddddd-0000-4000-8000-000000100001", token).status == 404)
    }

    @Test func `a world can be set while the sandbox runs, and is there after a restart`() async throws {
        let file = NSTemporaryDirectory() + "sandbox-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let client = try await PracticeClient(stateFile: file)
        let answer = await client.control("world", #"{"seed":7,"customers":3,"names":"mixed"}"#)
        #expect(answer.status == 200)
        let again = try await PracticeClient(stateFile: file)
        let world = await again.get("/control/world").json
        #expect(world["seed"] as? Int == 7)
        #expect((world["partners"] as? [[String: Any]])?.last?["customers"] as? Int == 3)
        #expect(await again.control("world", #"{"customers":100001}"#).status == 400)
    }

    private func list(_ world: WorldSettings) async throws -> [(id: String, name: String)] {
        let client = try await PracticeClient()
        try client.sandbox.setWorld(world)
        let token = try await client.accessToken(
            as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty)
        let items = await client.partnerCenter("customers?size=0", token).json["items"] as? [[String: Any]] ?? []
        return items.map { item in
            (item["id"] as? String ?? "", (item["companyProfile"] as? [String: Any])?["companyName"] as? String ?? "")
        }
    }
}
