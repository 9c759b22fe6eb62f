import Foundation
import MicrosoftSandbox
import Testing

/// The enterprise application is deleted by its tenant's administrator.
@Suite struct RemovedConsentTests {
    private static let northgate = PracticeClient.northgate

    @Test func `where the consent was taken back, nothing of the application is known any more`() async throws {
        let client = try await PracticeClient()
        try client.sandbox.consent(forTenant: Self.northgate)
        let scope = "\(PracticeClient.graph)/.default offline_access"
        let person = PracticePerson("user@northgate.example", consents: false)
        let code = try await client.code(as: person, tenant: Self.northgate, ["scope": scope])
        let refresh = await client.redeem(code, tenant: Self.northgate).json["refresh_token"] as? String ?? ""
        let unused = try await client.code(as: person, tenant: Self.northgate, ["scope": scope])
        let removal = #"{"tenant": "northgate.example", "removed": true}"#
        #expect(await client.control("consents", removal).status == 200)

        expectRefusal(await client.clientCredentials(tenant: Self.northgate), 700_016, "unauthorized_client")
        expectRefusal(
            await client.refresh(refresh, tenant: Self.northgate, scope: scope), 700_016, "unauthorized_client")
        expectRefusal(await client.redeem(unused, tenant: Self.northgate), 700_016, "unauthorized_client")
        let stuck = try await #require(throws: PracticePerson.Stuck.self) {
            try await PracticePerson("user@northgate.example").signIn(
                at: PracticeClient.authorize(tenant: Self.northgate, ["scope": scope]), in: client.sandbox)
        }
        #expect(stuck.page.contains("AADSTS90094"))

        #expect(await client.control("consents", removal).status == 200)
        #expect(await client.control("consents", #"{"tenant": "nowhere", "removed": true}"#).status == 400)
        #expect(await client.control("consents", #"{"tenant": "northgate.example"}"#).status == 200)
        #expect(await client.refresh(refresh, tenant: Self.northgate, scope: scope).status == 200)
    }

    @Test func `the page takes a consent back by a button`() async throws {
        let client = try await PracticeClient()
        try client.sandbox.consent(forTenant: Self.northgate)
        #expect(await client.get("/").text.contains("Take the consent back"))
        let form = ["tenant": "northgate.example", "removed": "true"]
        #expect(await client.post("/control/consents", form).status == 303)
        expectRefusal(await client.clientCredentials(tenant: Self.northgate), 700_016, "unauthorized_client")
    }
}
