import HTTPTypes
import MicrosoftContract
import Testing

@Suite struct EntraContractTests {
    private let document: ContractDocument

    init() throws { document = try ContractDocument(.entra) }

    private let token = SampleExchange(
        method: .post, path: "/10000000-0000-4000-8000-000000000001/oauth2/v2.0/token",
        requestHeaders: ["Content-Type": "application/x-www-form-urlencoded"],
        requestBody: "grant_type=refresh_token&client_id=20000000-0000-4000-8000-000000000001&client_secret=s"
            + "&refresh_token=r&scope=https%3A%2F%2Fgraph.example%2F.default+offline_access",
        status: 200, responseHeaders: ["Content-Type": "application/json; charset=utf-8"],
        responseBody: #"""
            {"token_type": "Bearer", "scope": "s", "expires_in": 4500, "ext_expires_in": 4500, "access_token": "a",
             "refresh_token": "r2"}
            """#)

    private let refusal = #"""
        {"error": "invalid_grant", "suberror": "bad_token", "error_codes": [700082],
         "error_description": "AADSTS700082: Dead.\r\nTrace ID: t\r\nCorrelation ID: c\r\nTimestamp: 2026-11-01",
         "timestamp": "2026-11-01 10:00:00Z", "trace_id": "eeeeeeee-0000-4000-8000-000000000031",
         "correlation_id": "eeeeeeee-0000-4000-8000-000000000032"}
        """#

    @Test func `a refreshed token is as documented`() {
        #expect(token.violations(document) == [])
        #expect(
            token.answering("\"expires_in\": 4500", with: "\"expires_in\": \"4500\"").violations(document).count == 1)
        #expect(token.answering("Bearer", with: "bearer").violations(document).count == 1)
    }

    @Test func `each grant has its own fields`() {
        let grant = "grant_type=refresh_token"
        let credentials = token.with {
            $0.requestBody = $0.requestBody.replacing(grant, with: "grant_type=client_credentials")
        }
        #expect(credentials.violations(document) != [])
        #expect(token.with { $0.requestBody += "&code=c" }.violations(document) != [])
        #expect(
            token.with { $0.requestBody += "&scope=again" }.violations(document)
                == ["POST /{tenant}/oauth2/v2.0/token: request body cannot be read: a field stands twice"])
        #expect(token.with { $0.requestHeaders["Content-Type"] = "application/json" }.violations(document).count == 1)
    }

    @Test func `the first version has numbers as texts`() {
        let old = token.with {
            $0.path = "/common/oauth2/token"
            $0.requestBody = "grant_type=refresh_token&client_id=20000000-0000-4000-8000-000000000001&refresh_token=r"
            $0.responseBody = #"""
                {"token_type": "Bearer", "expires_in": "4500", "ext_expires_in": "4500", "expires_on": "1790000000",
                 "not_before": "1780000000", "resource": "https://graph.example", "access_token": "a"}
                """#
        }
        #expect(old.violations(document) == [])
        #expect(old.answering("\"1790000000\"", with: "1790000000").violations(document).count == 1)
    }

    @Test func `a refusal has all that support asks for`() {
        let refused = token.with {
            $0.status = 400
            $0.responseBody = refusal
        }
        #expect(refused.violations(document) == [])
        #expect(refused.answering("AADSTS700082: ", with: "").violations(document).count == 1)
        #expect(refused.answering("[700082]", with: "[\"700082\"]").violations(document).count == 1)
        #expect(refused.answering("\"trace_id\"", with: "\"traceId\"").violations(document).count == 2)
        #expect(refused.with { $0.status = 403 }.violations(document).count == 1)
    }

    @Test func `more than one signing key is given`() {
        let key = #"""
            {"kty": "RSA", "use": "sig", "kid": "k", "x5t": "k", "n": "AQAB", "e": "AQAB", "x5c": ["MII="],
             "issuer": "https://login.example/{tenantid}/v2.0"}
            """#
        let keys = SampleExchange(
            path: "/common/discovery/v2.0/keys", responseHeaders: ["Content-Type": "application/json"],
            responseBody: #"{"keys": [\#(key), \#(key)]}"#)
        #expect(keys.violations(document) == [])
        #expect(keys.with { $0.responseBody = #"{"keys": [\#(key)]}"# }.violations(document).count == 1)
        #expect(keys.answering("{tenantid}", with: "common").violations(document).count == 2)
    }

    @Test func `a sign-in ends in a page or in another address`() {
        let signIn = SampleExchange(
            path: "/common/oauth2/v2.0/authorize?client_id=20000000-0000-4000-8000-000000000001&response_type=code"
                + "&redirect_uri=https%3A%2F%2Fportal.example%2Freturn&scope=openid&nonce=n",
            status: 302, responseHeaders: ["Location": "https://portal.example/return?code=c"])
        #expect(signIn.violations(document) == [])
        #expect(signIn.with { $0.responseHeaders = [:] }.violations(document).count == 1)
        let page = signIn.with {
            $0.status = 200
            $0.responseHeaders = ["Content-Type": "text/html; charset=utf-8"]
            $0.responseBody = "<!doctype html>"
        }
        #expect(page.violations(document) == [])
        #expect(page.with { $0.path += "&response_mode=json" }.violations(document).count == 1)
    }
}
