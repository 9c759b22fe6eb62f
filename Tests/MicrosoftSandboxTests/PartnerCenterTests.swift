import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MicrosoftSandbox
import Testing

@Suite struct PartnerCenterTests {
    @Test func `sixty-two customers come in three pages of twenty-five`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken()
        var ids: [String] = []
        var counts: [Int] = []
        var continuation: String?
        repeat {
            let reply = await client.partnerCenter(
                continuation == nil ? "customers?size=25" : "customers?size=25&seekOperation=Next", token,
                headers: continuation.map { ["MS-ContinuationToken": $0] } ?? [:])
            #expect(reply.status == 200)
            #expect(reply.body.starts(with: [0xef, 0xbb, 0xbf]))
            let items = reply.json["items"] as? [[String: Any]] ?? []
            counts.append(reply.json["totalCount"] as? Int ?? 0)
            ids += items.compactMap { $0["id"] as? String }
            let next = (reply.json["links"] as? [String: [String: Any]])?["next"]
            let header = (next?["headers"] as? [[String: String]])?.first
            continuation = header?["value"]
            #expect(next == nil || header?["key"] == "MS-ContinuationToken")
            #expect(next == nil || next?["uri"] as? String == "/customers?size=25&seekOperation=Next")
            #expect(reply.header("MS-ContinuationToken") == continuation)
        } while continuation != nil && counts.count < 9
        #expect(counts == [25, 25, 12])
        #expect(Set(ids).count == 62)
        #expect(ids.first == "cccccccc-0000-4000-8000-000000000001")
        #expect(ids.last == "cccccccc-0000-4000-8000-000000000062")
    }

    @Test func `size 0 is everything, and no size is five hundred`() async throws {
        let client = try await PracticeClient(customers: 1200)
        let token = try await client.accessToken(
            as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty)
        #expect(await client.partnerCenter("customers?size=0", token).json["totalCount"] as? Int == 1200)
        #expect(await client.partnerCenter("customers", token).json["totalCount"] as? Int == 500)
        #expect(await client.partnerCenter("customers?size=9999", token).json["totalCount"] as? Int == 500)
    }

    @Test(arguments: [
        "customers?size=x", "customers?size=-1", "customers?seekOperation=Next", "customers?seekOperation=Last",
        "customers?filter=x", "invoices?size=0", "invoices?offset=-1",
    ])
    func `a parameter that makes no sense is 400`(path: String) async throws {
        let client = try await PracticeClient()
        let reply = await client.partnerCenter(path, try await client.accessToken())
        #expect(reply.status == 400)
        #expect(reply.json["code"] as? String == "3000")
    }

    @Test func `customers are found by the beginning of name or domain`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken()
        for (field, value) in [("CompanyName", "northg"), ("Domain", "northgate.")] {
            let filter = PracticeClient.encoded(
                ["filter": #"{"Field":"\#(field)","Value":"\#(value)","Operator":"starts_with"}"#])
            let reply = await client.partnerCenter("customers?size=0&\(filter)", token)
            #expect(reply.json["totalCount"] as? Int == 1)
        }
    }

    @Test func `a customer alone shows its domains and its billing profile`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken()
        let customer = await client.partnerCenter("customers/cccccccc-0000-4000-8000-000000000001", token).json
        #expect(customer["customDomains"] as? [String] == ["northgatebakery.onmicrosoft.com", "northgate.example"])
        #expect((customer["billingProfile"] as? [String: Any])?["companyName"] as? String == "Northgate Bakery")
        #expect((customer["companyProfile"] as? [String: Any])?["tenantId"] as? String == customer["id"] as? String)
    }

    @Test(arguments: [
        ("dddddddd-0000-4000-8000-000000000001", 403, "20002"), ("cccccccc-0000-4000-8000-000000000063", 404, "60003"),
        ("northgate", 400, "900118"),
    ])
    func `a customer of somebody else, of nobody, or misspelt is refused`(id: String, status: Int, code: String)
        async throws
    {
        let client = try await PracticeClient()
        let reply = await client.partnerCenter("customers/\(id)", try await client.accessToken())
        #expect(reply.status == status)
        #expect(reply.json["code"] as? String == code)
    }

    @Test func `a partner sees its own profile and its own customers`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken(
            as: PracticePerson("admin@libertyit.example"), tenant: PracticeClient.liberty)
        let profile = await client.partnerCenter("profiles/legalbusiness?vettingVersion=Current", token).json
        #expect(profile["companyName"] as? String == "Liberty IT")
        #expect(await client.partnerCenter("profiles/mpn", token).json["mpnId"] as? String == "7654321")
        let organization = await client.partnerCenter("profiles/organization", token).json
        #expect(organization["tenantId"] as? String == PracticeClient.liberty)
        let items = await client.partnerCenter("customers?size=1", token).json["items"] as? [[String: Any]]
        #expect(items?.first?["id"] as? String == "dddddddd-0000-4000-8000-000000000001")
    }

    @Test func `invoices page by offset`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken()
        var ids: Set<String> = []
        var path: String? = "/invoices?size=3&offset=0"
        while let current = path, ids.count < 9 {
            let reply = await client.partnerCenter(String(current.dropFirst()), token).json
            #expect(reply["totalCount"] as? Int == 4)
            ids.formUnion((reply["items"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
            path = (reply["links"] as? [String: [String: Any]])?["next"]?["uri"] as? String
        }
        #expect(ids.count == 4)
        #expect(ids.contains("G000192601"))
    }

    @Test func `who asks whether MFA was used is told in a header`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken()
        let asked = await client.partnerCenter("profiles/mpn", token, headers: ["ValidateMfa": "true"])
        #expect(asked.header("isMfaCompliant") == "true")
        #expect(await client.partnerCenter("profiles/mpn", token).header("isMfaCompliant") == nil)
    }

    @Test func `without MFA the call is refused, in either form`() async throws {
        let client = try await PracticeClient()
        let token = try await client.accessToken(as: PracticePerson("nomfa@acmecloud.example"))
        let reply = await client.partnerCenter("customers", token, headers: ["ValidateMfa": "true"])
        #expect(reply.status == 401)
        #expect(reply.json["code"] as? String == "900421")
        #expect(reply.header("WWW-Authenticate") == #"Bearer error="invalid_token""#)
        #expect(reply.header("isMfaCompliant") == "false")
        #expect(await client.control("mfa-refusal", #"{"form": "withoutBody"}"#).status == 200)
        let bare = await client.partnerCenter("customers", token)
        #expect(bare.status == 401)
        #expect(bare.body.isEmpty)
    }

    @Test func `tokens are verified: missing, forged, expired, for another service, without the group`() async throws {
        let client = try await PracticeClient()
        #expect(await client.partnerCenter("customers", nil).json["code"] as? String == "800001")
        let token = try await client.accessToken()
        let forged = String(token.dropLast(8)) + "AAAAAAAA"
        #expect(await client.partnerCenter("customers", forged).status == 401)
        let parts = token.split(separator: ".")
        let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.\(parts[1])."
        #expect(await client.partnerCenter("customers", unsigned).status == 401)
        let clerk = await client.partnerCenter(
            "customers", try await client.accessToken(as: PracticePerson("clerk@acmecloud.example")))
        #expect(clerk.status == 403)
        #expect(clerk.json["code"] as? String == "900150")
        let graph = await client.redeem(try await client.code(["scope": "https://graph.microsoft.com/User.Read"])).json
        let audience = await client.partnerCenter("customers", graph["access_token"] as? String)
        #expect(audience.status == 401)
        #expect(audience.json["code"] as? String == "900420")
        #expect(await client.partnerCenter("customers", token).status == 200)
        try client.sandbox.advanceClock(by: 5400)
        let expired = await client.partnerCenter("customers", token)
        #expect(expired.status == 401)
        #expect(expired.header("WWW-Authenticate") == #"Bearer error="invalid_token""#)
    }

    @Test func `an application alone may list customers and not read profiles`() async throws {
        let client = try await PracticeClient()
        let reply = await client.token(
            ["grant_type": "client_credentials", "scope": "\(PracticeClient.partnerCenter)/.default"])
        let token = reply.json["access_token"] as? String
        #expect(await client.partnerCenter("customers?size=1", token).status == 200)
        let profile = await client.partnerCenter("profiles/mpn", token)
        #expect(profile.status == 403)
        #expect(profile.json["code"] as? String == "900329")
    }

    @Test func `request and correlation id come back, or are made`() async throws {
        let client = try await PracticeClient()
        let ids = [
            "MS-RequestId": "eeeeeeee-0000-4000-8000-000000000001",
            "MS-CorrelationId": "eeeeeeee-0000-4000-8000-000000000002",
        ]
        let reply = await client.partnerCenter("nothing", nil, headers: ids)
        #expect(reply.status == 404)
        #expect(reply.json["code"] as? String == "1000")
        for (name, value) in ids { #expect(reply.header(name) == value) }
        let made = await client.partnerCenter("customers", nil)
        for name in ["MS-RequestId", "MS-CorrelationId", "MS-CV", "MS-ServerId"] { #expect(made.header(name) != nil) }
    }
}
