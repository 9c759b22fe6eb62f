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
