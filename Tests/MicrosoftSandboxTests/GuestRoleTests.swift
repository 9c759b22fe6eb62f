import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

/// Guests to whom a tenant gave a directory role.
@Suite struct GuestRoleTests {
    private static let northgate = PracticeClient.northgate
    private static let guest = "guest@acmecloud.example"
    private static let guestUser = "10dae51f-b6af-4016-8d66-8c2a99b929b3"
    private static let globalAdministrator = "62e90394-69f5-4237-9190-012177145e10"
    private static let tick = "Consent on behalf of your organization"

    /// With an accepted guest.
    private func invited(_ email: String = guest) async throws -> PracticeClient {
        let client = try await PracticeClient()
        let link = try client.sandbox.invite(email, to: Self.northgate, redirectURL: "https://portal.example/")
        _ = try await PracticePerson(email).signIn(at: try #require(link), in: client.sandbox)
        return client
    }

    private func assign(_ role: String, _ client: PracticeClient, removed: Bool = false) async -> Int {
        await client.control(
            "directories/northgate.example/roles",
            #"{"user": "Guest@acmecloud.example", "role": "\#(role)", "removed": \#(removed)}"#
        ).status
    }

    private func roles(_ client: PracticeClient) async throws -> [String] {
        let code = try await client.code(
            as: PracticePerson(Self.guest), tenant: Self.northgate, ["scope": "User.Read"])
        let answer = await client.redeem(code, tenant: Self.northgate).json
        return PracticeClient.claims(answer["access_token"])["wids"] as? [String] ?? []
    }

    /// The page that asks the guest for permissions.
    private func consentPage(_ client: PracticeClient) async throws -> String {
        let address = PracticeClient.authorize(tenant: Self.northgate, ["scope": "User.Read"])
        let path = "/entra/\(Self.northgate)"
        let fields = ["account": Self.guest, "password": "gatehouse-practice"]
        let first = PracticeClient.flow(in: await client.get(address).text)
        let mfa = await client.post("\(path)/signin", fields.merging(["flow": first]) { $1 })
        return await client.post(
            "\(path)/mfa", ["flow": PracticeClient.flow(in: mfa.text), "code": "123456"]
        ).text
    }

    @Test(arguments: ["globalAdministrator", "cloudApplicationAdministrator"])
    func `a guest with such a role may consent for everybody in the tenant`(role: String) async throws {
        let client = try await invited()
        #expect(try await !consentPage(client).contains(Self.tick))
        #expect(await assign(role, client) == 200)
        #expect(try await consentPage(client).contains(Self.tick))
        let person = PracticePerson(Self.guest, consentsForOrganization: true)
        let scope = "User.Read Group.Read.All"
        _ = try await client.code(as: person, tenant: Self.northgate, ["scope": scope])
        let colleague = PracticePerson("user@northgate.example", consents: false)
        #expect(try await !client.code(as: colleague, tenant: Self.northgate, ["scope": scope]).isEmpty)
    }

    @Test func `roles come on top of a guest's own, each once, and go again`() async throws {
        let client = try await invited()
        let reader = "F2EF992C-3AFB-46B9-B7CF-A126EE74C451"
        #expect(try await roles(client) == [Self.guestUser])
        #expect(await assign("globalAdministrator", client) == 200)
        #expect(await assign(reader, client) == 200)
        #expect(await assign(Self.globalAdministrator, client) == 200)
        #expect(
            try await Set(roles(client)) == [Self.guestUser, Self.globalAdministrator, reader.lowercased()])
        #expect(try await roles(client).count == 3)
        #expect(await assign("globalAdministrator", client, removed: true) == 200)
        #expect(try await roles(client) == [Self.guestUser, reader.lowercased()])
        #expect(await client.control("reset", "").status == 200)
        #expect(await assign("globalAdministrator", client) == 404)
    }

    @Test func `a guest is named by the object id too, before the redemption, and in one tenant only`() async throws {
        let client = try await PracticeClient()
        let link = try #require(
            try client.sandbox.invite(Self.guest, to: Self.northgate, redirectURL: "https://portal.example/"))
        let token = try await client.graphToken(tenant: Self.northgate)
        let found = await client.graph(.get, "users?$filter=mail eq '\(Self.guest)'", token).texts("id")
        let id = try #require(found.first)
        #expect(
            try client.sandbox.assign(role: "globalAdministrator", toGuest: id.uppercased(), in: "northgate.example"))
        _ = try await PracticePerson(Self.guest).signIn(at: link, in: client.sandbox)
        #expect(try await roles(client).contains(Self.globalAdministrator))
        let elsewhere = "directories/\(PracticeClient.harbor)/roles"
        let json = #"{"user": "\#(id)", "role": "globalAdministrator"}"#
        #expect(await client.control(elsewhere, json).status == 404)
    }

    @Test(arguments: [
        (#"{"user": "guest@acmecloud.example", "role": "emperor"}"#, 400),
        (#"{"user": "guest@acmecloud.example"}"#, 400),
        (#"{"user": "admin@northgate.example", "role": "globalAdministrator"}"#, 404),
        (#"{"user": "clerk@acmecloud.example", "role": "globalAdministrator"}"#, 404),
        (#"{"role": "globalAdministrator"}"#, 404),
        (#"{"user": "guest@acmecloud.example", "role": "globalAdministrator", "removed": "later"}"#, 400),
    ])
    func `a role that can't be meant so is refused`(json: String, status: Int) async throws {
        let client = try await invited()
        #expect(await client.control("directories/northgate.example/roles", json).status == status)
        #expect(await client.control("directories/nowhere.example/roles", json).status == 404)
        #expect(try await roles(client) == [Self.guestUser])
    }
}
