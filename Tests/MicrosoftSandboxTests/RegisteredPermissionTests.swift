import Foundation
import MicrosoftSandbox
import Testing

/// What `.default` of a consent gives, against what exists.
@Suite struct RegisteredPermissionTests {
    private static let northgate = PracticeClient.northgate
    private static let administrator = PracticePerson("admin@northgate.example")
    private static let roles: Set = [
        "User.Invite.All", "User.Read.All", "Organization.Read.All", "SecurityEvents.Read.All",
        "DelegatedPermissionGrant.Read.All",
    ]
    private static let scopes: Set = ["User.Read.All", "Organization.Read.All", "SecurityEvents.Read.All"]

    private func roles(_ client: PracticeClient) async -> Set<String> {
        let answer = await client.clientCredentials(tenant: Self.northgate).json
        return Set(PracticeClient.claims(answer["access_token"])["roles"] as? [String] ?? [])
    }

    private func scopes(_ client: PracticeClient) async throws -> Set<String> {
        let scope = "\(PracticeClient.graph)/.default openid"
        let code = try await client.code(as: Self.administrator, tenant: Self.northgate, ["scope": scope])
        let answer = await client.redeem(code, tenant: Self.northgate).json
        let scp = PracticeClient.claims(answer["access_token"])["scp"] as? String ?? ""
        return Set(scp.split(separator: " ").map(String.init))
    }

    private func consent(_ client: PracticeClient, old: Bool = false) async throws {
        _ = try await Self.administrator.signIn(
            at: PracticeClient.adminConsent(tenant: Self.northgate, old: old), in: client.sandbox)
    }

    @Test(arguments: [false, true])
    func `an administrator's consent gives what the application is registered with, and no more`(old: Bool) async throws
    {
        let client = try await PracticeClient()
        try await consent(client, old: old)
        #expect(await roles(client) == Self.roles)
        #expect(try await scopes(client) == Self.scopes)
    }

    @Test func `the page of the consent names what is registered alone`() async throws {
        let client = try await PracticeClient()
        let fields = ["account": "admin@northgate.example", "password": "gatehouse-practice"]
        let address = PracticeClient.adminConsent(tenant: Self.northgate)
        var flow = PracticeClient.flow(in: await client.get(address).text)
        let mfa = await client.post("/entra/\(Self.northgate)/signin", fields.merging(["flow": flow]) { $1 })
        flow = PracticeClient.flow(in: mfa.text)
        let page = await client.post("/entra/\(Self.northgate)/mfa", ["flow": flow, "code": "123456"]).text
        #expect(page.contains("<code>User.Invite.All</code>"))
        #expect(page.contains("Read which permissions applications were given"))
        #expect(!page.contains("<code>User.Read</code>"))
        #expect(!page.contains("Directory.Read.All"))
    }

    @Test func `what is not registered is still there, by name and by the control`() async throws {
        let client = try await PracticeClient()
        try await consent(client)
        _ = try await Self.administrator.signIn(
            at: PracticeClient.adminConsent(tenant: Self.northgate, ["scope": "Group.Read.All"]), in: client.sandbox)
        #expect(try await scopes(client) == Self.scopes.union(["Group.Read.All"]))
        #expect(await client.control("consents", #"{"tenant": "northgate.example"}"#).status == 200)
        #expect(await roles(client).isStrictSuperset(of: Self.roles))
        #expect(try await scopes(client).isSuperset(of: ["User.Read", "Directory.ReadWrite.All"]))
    }

    @Test func `people consent to User.Read themselves, after the administrator's consent too`() async throws {
        let client = try await PracticeClient()
        try await consent(client)
        let address = PracticeClient.authorize(tenant: Self.northgate, ["scope": "User.Read User.Read.All"])
        let declined = try await PracticePerson("user@northgate.example", consents: false).signIn(
            at: address, in: client.sandbox)
        #expect(PracticeClient.parameters(of: declined)["error"] == "access_denied")
        let accepted = try await PracticePerson("user@northgate.example").signIn(at: address, in: client.sandbox)
        #expect(PracticeClient.parameters(of: accepted)["code"] != nil)
    }

    @Test func `what the registration leaves out is not given, until a reset`() async throws {
        let client = try await PracticeClient()
        let names = #"{"withheld": "SecurityEvents.Read.All  User.Invite.All"}"#
        #expect(await client.control("application/permissions", names).status == 200)
        #expect(await client.get("/").text.contains("value=\"SecurityEvents.Read.All User.Invite.All\""))
        try await consent(client)
        #expect(await roles(client) == ["User.Read.All", "Organization.Read.All", "DelegatedPermissionGrant.Read.All"])
        #expect(try await scopes(client) == ["User.Read.All", "Organization.Read.All"])
        for wrong in ["User.Read", "Directory.Read.All", "user.read.all", ".default"] {
            let json = #"{"withheld": "\#(wrong)"}"#
            #expect(await client.control("application/permissions", json).status == 400, "\(wrong)")
        }
        #expect(await roles(client).count == 3)
        #expect(await client.control("reset", "").status == 200)
        try await consent(client)
        #expect(await roles(client) == Self.roles)
    }

    @Test func `nothing is left out any more when none is named, and the next consent gives the rest`() async throws {
        let client = try await PracticeClient()
        try client.sandbox.withhold(permissions: Self.roles)
        try await consent(client)
        #expect(await client.clientCredentials(tenant: Self.northgate).status == 200)
        #expect(await roles(client).isEmpty)
        #expect(await client.post("/control/application/permissions", ["withheld": ""]).status == 303)
        try await consent(client)
        #expect(await roles(client) == Self.roles)
    }

    @Test func `what is left out outlives a restart`() async throws {
        let file = NSTemporaryDirectory() + "sandbox-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await PracticeClient(stateFile: file).sandbox.withhold(permissions: ["User.Invite.All"])
        let again = try await PracticeClient(stateFile: file)
        try await consent(again)
        #expect(await roles(again) == Self.roles.subtracting(["User.Invite.All"]))
    }
}
