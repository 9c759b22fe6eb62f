import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct PartnerCenterConsentTests {
    static let path = "customers/\(PracticePartner.northgate)/applicationconsents"
    static let graph = "00000003-0000-0000-c000-000000000000"

    static func consent(
        _ scope: String = "User.Read.All, Directory.Read.All", resource: String = graph,
        application: String = PracticeClient.clientID
    ) -> [String: Any] {
        [
            "ApplicationId": application, "displayName": "Gatehouse",
            "ApplicationGrants": [["EnterpriseApplicationId": resource, "Scope": scope]],
        ]
    }

    /// Whether the partner gets tokens for Graph in the customer's tenant.
    static func isOpen(_ partner: PracticePartner) async throws -> Bool {
        let token = try await partner.client.refreshToken()
        let scope = "https://graph.microsoft.com/.default"
        return await partner.client.refresh(token, tenant: PracticePartner.northgate, scope: scope).status == 200
    }

    @Test(arguments: ["User.Read.All,Directory.Read.All", "User.Read.All, Directory.Read.All"])
    func `a consent opens the customer's tenant to the application`(scope: String) async throws {
        let partner = try await PracticePartner()
        let reply = await partner.send(.post, Self.path, Self.consent(scope))
        #expect(reply.status == 201)
        let grant = (reply.json["applicationGrants"] as? [[String: String]])?.first
        #expect(grant?["scope"] == "User.Read.All, Directory.Read.All")
        #expect(try await Self.isOpen(partner))
        #expect(await partner.get(Self.path).status == 404)
        #expect(partner.lastChange?.contains("graph.microsoft.com/User.Read.All") == true)
        #expect(partner.lastChange?.contains(PracticePartner.northgate) == true)
    }

    @Test func `a second consent to the same API is a conflict, to another API it isn't`() async throws {
        let partner = try await PracticePartner()
        let key = ["MS-RequestId": "one"]
        let first = await partner.send(.post, Self.path, Self.consent("User.Read"), headers: key)
        let again = await partner.send(.post, Self.path, Self.consent("User.Read"), headers: key)
        #expect(again.status == 201)
        #expect(again.body == first.body)
        let second = await partner.send(.post, Self.path, Self.consent("User.Read.All"))
        #expect(second.status == 409)
        #expect(second.json["description"] as? String == "Permission entry already exists.")
        let other = Self.consent("user_impersonation", resource: "797f4846-ba00-4fd7-ba43-dac1f8f63013")
        #expect(await partner.send(.post, Self.path, other).status == 201)
    }

    @Test func `taken back, it can be given anew with more`() async throws {
        let partner = try await PracticePartner()
        #expect(await partner.send(.post, Self.path, Self.consent("User.Read")).status == 201)
        let consent = "\(Self.path)/\(PracticeClient.clientID)"
        let deleted = await partner.send(.delete, consent)
        #expect(deleted.status == 200)
        #expect(deleted.body.isEmpty)
        let again = await partner.send(.delete, consent)
        #expect(again.status == 404)
        #expect(again.code == "1000")
        #expect(try await !Self.isOpen(partner))
        #expect(await partner.send(.post, Self.path, Self.consent()).status == 201)
    }

    @Test func `wrong application, unknown API, application permission, unknown scope: all refused`() async throws {
        let partner = try await PracticePartner()
        let stranger = Self.consent(application: "bbbbbbbb-0000-4000-8000-000000000001")
        #expect(await partner.send(.post, Self.path, stranger).status == 403)
        let resource = await partner.send(
            .post, Self.path, Self.consent(resource: "bbbbbbbb-0000-4000-8000-000000000002"))
        #expect(resource.status == 400)
        #expect((resource.json["description"] as? String)?.contains("service principal") == true)
        for scope in ["Nothing.Read", "User.Read.All User.Read", "User.Read,,User.Read.All", ""] {
            let reply = await partner.send(.post, Self.path, Self.consent(scope))
            #expect(reply.status == 400)
            #expect(reply.code == "3000")
        }
        #expect(try await !Self.isOpen(partner))
    }

    @Test func `an application alone, another partner and somebody without roles get nothing`() async throws {
        let partner = try await PracticePartner()
        #expect(await partner.appOnly().send(.post, Self.path, Self.consent()).code == "900329")
        #expect(try await partner.ofLiberty().send(.post, Self.path, Self.consent()).code == "20002")
        let clerk = PracticePartner(
            partner.client, token: try await partner.client.accessToken(as: PracticePerson("clerk@acmecloud.example")))
        #expect(await clerk.send(.post, Self.path, Self.consent()).code == "900150")
        #expect(try await !Self.isOpen(partner))
    }
}
