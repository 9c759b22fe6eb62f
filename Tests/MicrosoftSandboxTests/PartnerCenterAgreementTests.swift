import Foundation
import HTTPTypes
import Testing

@Suite struct PartnerCenterAgreementTests {
    static let template = "117a77b0-9360-443b-8795-c6dedc750cf9"
    static var agreement: [String: Any] {
        [
            "primaryContact": [
                "firstName": "Ana", "lastName": "Example", "email": "ana@example.com", "phoneNumber": "2065550100",
            ],
            "templateId": template, "dateAgreed": "2026-01-15T00:00:00", "type": "MicrosoftCustomerAgreement",
        ]
    }

    @Test func `templates are found by type`() async throws {
        let partner = try await PracticePartner()
        let found = await partner.items("agreements?agreementType=MicrosoftCustomerAgreement")
        #expect(found.map { $0["templateId"] as? String } == [Self.template])
        #expect(await partner.items("agreements").count == 2)
        #expect(await partner.get("agreements?agreementType=Other").code == "3000")
    }

    @Test func `a confirmed agreement is listed with a zone that wasn't sent`() async throws {
        let partner = try await PracticePartner()
        let path = "customers/\(PracticePartner.withoutAgreement)/agreements"
        #expect(await partner.items(path).isEmpty)
        let reply = await partner.send(.post, path, Self.agreement)
        #expect(reply.status == 201)
        #expect(reply.json["dateAgreed"] as? String == "2026-01-15T00:00:00Z")
        #expect(reply.json["userId"] as? String == "aaaaaaaa-0000-4000-8000-0000000000b1")
        #expect(await partner.items(path).count == 1)
        #expect(partner.lastChange?.contains(PracticePartner.withoutAgreement) == true)
    }

    @Test(arguments: ["templateId", "type", "dateAgreed", "primaryContact"])
    func `an agreement without one of its parts, or with another, is refused`(name: String) async throws {
        let partner = try await PracticePartner()
        for value in [NSNull(), 7, "2030-01-01"] as [Any] {
            let body = Self.agreement.merging([name: value]) { $1 }
            let reply = await partner.send(.post, "customers/\(PracticePartner.northgate)/agreements", body)
            #expect(reply.status == 400)
            #expect(reply.code == "3000")
        }
    }

    @Test(arguments: [
        ("2026-01-15", "2026-01-15T00:00:00Z"), ("2026-01-14T23:00:00.1234567Z", "2026-01-14T23:00:00Z"),
        ("2026-01-15T02:00:00+02:00", "2026-01-15T00:00:00Z"), ("2026-01-14T18:00:00-06:00", "2026-01-15T00:00:00Z"),
    ])
    func `dates are read in every form that clients send`(sent: String, shown: String) async throws {
        let partner = try await PracticePartner()
        let body = Self.agreement.merging(["dateAgreed": sent]) { $1 }
        let reply = await partner.send(.post, "customers/\(PracticePartner.northgate)/agreements", body)
        #expect(reply.json["dateAgreed"] as? String == shown)
    }

    @Test func `a customer may have signed directly`() async throws {
        let partner = try await PracticePartner()
        for (number, isSigned) in [("01", false), ("14", true)] {
            let id = "cccccccc-0000-4000-8000-0000000000\(number)"
            let status = await partner.get("customers/\(id)/directsignedmicrosoftcustomeragreementstatus").json
            #expect(status["isSigned"] as? Bool == isSigned)
        }
    }

    @Test(arguments: [
        "profiles/billing", "profiles/support", "nonMfaCompliantPartnerPrincipals", "partnerRequests",
        "agreements", "customers/cccccccc-0000-4000-8000-000000000001/agreements",
    ])
    func `profiles and MFA reports are for people of the partner only`(path: String) async throws {
        let partner = try await PracticePartner()
        let reply = await partner.get(path)
        #expect(reply.status == 200)
        #expect((reply.json["attributes"] as? [String: Any])?["objectType"] != nil)
        let refused = await partner.appOnly().get(path)
        #expect(refused.status == 403)
        #expect(refused.code == "900329")
    }

    @Test func `MFA adoption is a bare list`() async throws {
        let partner = try await PracticePartner()
        let body = await partner.get("applicationMfaAdoptionStatus").body
        let list = try JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]]
        #expect(list?.count == 7)
        #expect(list?.first?["mfaCompliantRequestCount"] as? Int == 100)
        let people = await partner.items("nonmfacompliantpartnerprincipals")
        #expect(people.map { $0["upn"] as? String } == ["nomfa@acmecloud.example"])
    }

    @Test func `some answers say their ids twice`() async throws {
        let partner = try await PracticePartner()
        let reply = await partner.get("profiles/organization", headers: ["MS-RequestId": "r", "MS-CorrelationId": "c"])
        #expect(reply.header("MS-RequestId") == "r,r")
        #expect(reply.header("MS-CorrelationId") == "c,c")
    }
}
