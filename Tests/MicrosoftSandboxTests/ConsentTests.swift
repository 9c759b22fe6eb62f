import Foundation
import MicrosoftSandbox
import Testing

@Suite struct ConsentTests {
    private static let northgate = PracticeClient.northgate

    @Test func `an administrator's consent says so, with the tenant, the scope and the state`() async throws {
        let client = try await PracticeClient()
        let person = PracticePerson("admin@northgate.example")
        let address = try await person.signIn(
            at: PracticeClient.adminConsent(tenant: Self.northgate), in: client.sandbox)
        let answer = PracticeClient.parameters(of: address)
        #expect(answer["admin_consent"] == "True")
        #expect(answer["tenant"] == Self.northgate)
        #expect(answer["scope"] == "\(PracticeClient.graph)/.default")
        #expect(answer["state"] == "s&1")
        #expect(answer["error"] == nil)
        #expect(await client.clientCredentials(tenant: Self.northgate).status == 200)
        let changes = client.sandbox.loggedRequests.flatMap(\.changes)
        #expect(changes.contains { $0.hasPrefix("consent in \(Self.northgate) for everybody") })
    }

    @Test(arguments: ["organizations", "northgate.example"])
    func `the tenant may be a domain, or the account's`(tenant: String) async throws {
        let client = try await PracticeClient()
        let address = try await PracticePerson("admin@northgate.example").signIn(
            at: PracticeClient.adminConsent(tenant: tenant), in: client.sandbox)
        #expect(PracticeClient.parameters(of: address)["tenant"] == Self.northgate)
    }

    @Test func `common is no tenant to consent for`() async throws {
        let reply = try await PracticeClient().get(PracticeClient.adminConsent(tenant: "common"))
        #expect(reply.status == 400)
        #expect(reply.header("Location") == nil)
    }

    @Test func `a refusal says admin_consent=True as well`() async throws {
        let client = try await PracticeClient()
        let person = PracticePerson("admin@northgate.example", consents: false)
        let address = try await person.signIn(
            at: PracticeClient.adminConsent(tenant: Self.northgate), in: client.sandbox)
        let answer = PracticeClient.parameters(of: address)
        #expect(answer["admin_consent"] == "True")
        #expect(answer["error"] == "consent_required")
        #expect(answer["error_description"]?.hasPrefix("AADSTS65004") == true)
        #expect(answer["tenant"] == nil)
        #expect(answer["state"] == "s&1")
        expectRefusal(await client.clientCredentials(tenant: Self.northgate), 700_016, "unauthorized_client")
    }

    @Test(arguments: [true, false])
    func `the old address has no scope, and other words for a refusal`(consents: Bool) async throws {
        let client = try await PracticeClient()
        let person = PracticePerson("admin@northgate.example", consents: consents)
        let address = try await person.signIn(
            at: PracticeClient.adminConsent(tenant: Self.northgate, old: true), in: client.sandbox)
        let answer = PracticeClient.parameters(of: address)
        #expect(answer["scope"] == nil)
        #expect(answer["state"] == "s&1")
        #expect(answer["admin_consent"] == (consents ? "True" : nil))
        #expect(answer["error"] == (consents ? nil : "permission_denied"))
        #expect(answer["error_description"] == (consents ? nil : "The admin canceled the request"))
    }

    @Test func `who is no administrator is told so, and can go back`() async throws {
        let client = try await PracticeClient()
        let address = PracticeClient.adminConsent(tenant: Self.northgate)
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("user@northgate.example").signIn(at: address, in: client.sandbox)
        }
        #expect(stuck.page.contains("AADSTS90094"))
        // A forged press of a button that isn't there.
        let forged = await client.post(
            "/entra/\(Self.northgate)/consent",
            ["flow": PracticeClient.flow(in: stuck.page), "decision": "accept"])
        #expect(forged.redirect["error"] == "consent_required")
        expectRefusal(await client.clientCredentials(tenant: Self.northgate), 700_016, "unauthorized_client")
        let back = try await PracticePerson("user@northgate.example", consents: false).signIn(
            at: address, in: client.sandbox)
        #expect(PracticeClient.parameters(of: back)["error"] == "consent_required")
    }

    @Test func `an administrator of the application's home can't consent for another organization`() async throws {
        let client = try await PracticeClient()
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("clerk@acmecloud.example").signIn(
                at: PracticeClient.adminConsent(tenant: Self.northgate), in: client.sandbox)
        }
        #expect(stuck.page.contains("AADSTS50020"))
    }

    @Test func `single scopes ask for delegated permissions alone`() async throws {
        let client = try await PracticeClient()
        _ = try await PracticePerson("admin@northgate.example").signIn(
            at: PracticeClient.adminConsent(tenant: Self.northgate, ["scope": "User.Read.All"]), in: client.sandbox)
        let access = PracticeClient.claims(await client.clientCredentials(tenant: Self.northgate).json["access_token"])
        #expect(access["roles"] == nil)
    }

    @Test(arguments: [["redirect_uri": "http://attacker.example/"], ["client_id": "nobody"]])
    func `a forged address is a page and never a redirect`(changes: [String: String]) async throws {
        let reply = try await PracticeClient().get(PracticeClient.adminConsent(tenant: Self.northgate, changes))
        #expect(reply.status == 400)
        #expect(reply.header("Location") == nil)
    }

    @Test func `what only administrators may give, others can't accept`() async throws {
        let client = try await PracticeClient()
        let address = PracticeClient.authorize(
            tenant: Self.northgate, ["scope": "\(PracticeClient.graph)/Directory.Read.All"])
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("user@northgate.example").signIn(at: address, in: client.sandbox)
        }
        #expect(stuck.page.contains("Need admin approval"))
        let forged = await client.post(
            "/entra/\(Self.northgate)/consent",
            ["flow": PracticeClient.flow(in: stuck.page), "decision": "accept"])
        #expect(forged.redirect["error"] == "access_denied")
        #expect(forged.redirect["error_description"]?.hasPrefix("AADSTS90094") == true)

        let administrator = PracticePerson("admin@northgate.example", consentsForOrganization: true)
        _ = try await administrator.signIn(at: address, in: client.sandbox)
        let code = try await client.code(
            as: PracticePerson("user@northgate.example"), tenant: Self.northgate,
            ["scope": "\(PracticeClient.graph)/Directory.Read.All"])
        #expect(await client.redeem(code, tenant: Self.northgate).status == 200)
    }

    @Test func `a delegated administrator can't bring in an application that the customer doesn't know`() async throws {
        let client = try await PracticeClient()
        try client.sandbox.delegate(in: Self.northgate)
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson().signIn(
                at: PracticeClient.authorize(tenant: Self.northgate), in: client.sandbox)
        }
        #expect(stuck.page.contains("AADSTS90099"))
    }
}
