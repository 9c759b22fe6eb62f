import HTTPTypes
import MicrosoftContract
import Testing

@Suite struct PartnerCenterContractTests {
    private let document: ContractDocument

    init() throws { document = try ContractDocument(.partnerCenter) }

    private let customers = SampleExchange.partnerCenter(.get, "/v1/customers?size=1").with {
        $0.responseBody = #"""
            {"totalCount": 1, "items": [{"id": "10000000-0000-4000-8000-000000000001",
              "companyProfile": {"tenantId": "10000000-0000-4000-8000-000000000001", "domain": "a.onmicrosoft.com",
                "companyName": "Aalto", "links": {"self": {"uri": "/c", "method": "GET", "headers": []}},
                "attributes": {"objectType": "CustomerCompanyProfile"}},
              "relationshipToPartner": "reseller",
              "links": {"self": {"uri": "/customers/1", "method": "GET", "headers": []}},
              "attributes": {"objectType": "Customer"}}],
             "links": {"self": {"uri": "/customers?size=1", "method": "GET", "headers": []},
                "next": {"uri": "/customers?size=1&seekOperation=Next", "method": "GET",
                "headers": [{"key": "MS-ContinuationToken", "value": "t"}]}},
             "attributes": {"objectType": "Collection"}}
            """#
    }

    private let consent = SampleExchange.partnerCenter(
        .post, "/v1/customers/10000000-0000-4000-8000-000000000001/applicationconsents"
    ).with {
        $0.requestBody = #"""
            {"applicationId": "20000000-0000-4000-8000-000000000001", "applicationGrants": [
              {"enterpriseApplicationId": "00000003-0000-0000-c000-000000000000",
               "scope": "User.Read.All,Group.Read.All"}]}
            """#
        $0.status = 409
        $0.responseBody = #"{"code": "409", "description": "Permission entry already exists."}"#
    }

    @Test func `a page of customers is as documented`() {
        #expect(customers.violations(document) == [])
        #expect(customers.with { $0.responseBody = "\u{feff}" + $0.responseBody }.violations(document) == [])
        #expect(customers.with { $0.path = "/V1/CUSTOMERS?SIZE=1&seekoperation=next" }.violations(document) == [])
        let filter = "%7B%22field%22%3A%22Domain%22%2C%22Value%22%3A%22a%22%2C%22Operator%22%3A%22starts_with%22%7D"
        #expect(customers.with { $0.path += "&filter=\(filter)" }.violations(document) == [])
    }

    @Test func `an answer that strays is told`() {
        let list = "GET /v1/customers: response"
        #expect(
            customers.answering("\"reseller\"", with: "\"Reseller\"").violations(document)
                == ["\(list) 200 body /items/0/relationshipToPartner is not one of the documented values: \"Reseller\""]
        )
        #expect(
            customers.answering("\"companyName\": \"Aalto\", ", with: "").violations(document)
                == ["\(list) 200 body /items/0/companyProfile/companyName is missing"])
        #expect(
            customers.answering("\"totalCount\": 1", with: "\"totalCount\": 1.0").violations(document)
                == ["\(list) 200 body /totalCount is of type number, not integer"])
        #expect(
            customers.answering("\"totalCount\"", with: "\"pageCount\": 1, \"totalCount\"").violations(document)
                == ["\(list) 200 body /pageCount is not a documented property"])
        #expect(
            customers.with { $0.status = 418 }.violations(document) == ["\(list) status 418 is not documented"])
        #expect(
            customers.with { $0.responseBody = "" }.violations(document) == ["\(list) 200 body is missing"])
        #expect(
            customers.with { $0.responseBody = "<p>" }.violations(document)
                == ["\(list) 200 body cannot be read: not a JSON value at byte 0"])
    }

    @Test func `the ids of a request come back`() {
        let other = "eeeeeeee-0000-4000-8000-0000000000ff"
        let sent = "eeeeeeee-0000-4000-8000-000000000011"
        #expect(customers.with { $0.responseHeaders["MS-RequestId"] = "\(sent),\(sent)" }.violations(document) == [])
        let unasked = customers.with {
            $0.requestHeaders["MS-RequestId"] = nil
            $0.responseHeaders["MS-RequestId"] = "\(other), \(other)"
        }
        #expect(unasked.violations(document) == [])
        #expect(
            unasked.with { $0.responseHeaders["MS-RequestId"] = "\(other),\(sent)" }.violations(document).count == 1)
        #expect(
            customers.with { $0.responseHeaders["MS-RequestId"] = other }.violations(document)
                == ["GET /v1/customers: response 200 header MS-RequestId is not the request's \(sent): \(other)"])
        #expect(
            customers.with { $0.responseHeaders["MS-CorrelationId"] = nil }.violations(document)
                == ["GET /v1/customers: response 200 header MS-CorrelationId is missing"])
    }

    @Test func `a request that strays is told`() {
        let list = "GET /v1/customers: request"
        #expect(
            customers.with { $0.requestHeaders["Authorization"] = nil }.violations(document)
                == ["\(list) header Authorization has no bearer token"])
        #expect(
            customers.with { $0.path += "&page=2" }.violations(document)
                == ["\(list) query page is not a documented parameter"])
        #expect(
            customers.with { $0.path = "/v1/customers?size=one" }.violations(document)
                == ["\(list) query size is of type string, not integer"])
        #expect(
            customers.with { $0.path += "&size=2" }.violations(document)
                == ["\(list) query size stands more than once"])
        #expect(customers.with { $0.path += "&filter=a" }.violations(document).count == 1)
        #expect(
            customers.with { $0.requestHeaders["MS-RequestId"] = "1" }.violations(document).first
                == "\(list) header MS-RequestId is not a uuid: \"1\"")
        #expect(customers.with { $0.requestBody = "{}" }.violations(document) == ["\(list) body is not documented"])
        #expect(
            customers.with { $0.path = "/v1/users" }.violations(document)
                == ["GET /v1/users: request path is of no documented operation"])
    }

    @Test func `a refusal has the service's shape`() {
        #expect(consent.violations(document) == [])
        #expect(consent.answering("\"409\"", with: "409").violations(document).count == 1)
        let path = "POST /v1/customers/{customerId}/applicationconsents"
        let spaces = consent.with { $0.requestBody = $0.requestBody.replacing(",Group", with: " Group") }
        #expect(spaces.violations(document).count == 1)
        #expect(
            consent.with { $0.requestBody = "" }.violations(document) == ["\(path): request body is missing"])
    }

    @Test func `throttling has a shape of its own, and a refused token may have none`() {
        let throttled = customers.with {
            $0.status = 429
            $0.responseHeaders = ["Content-Type": "application/json", "Retry-After": "57"]
            $0.responseBody = #"{"statusCode": 429, "message": "Rate limit is exceeded."}"#
        }
        #expect(throttled.violations(document) == [])
        #expect(throttled.with { $0.responseHeaders["Retry-After"] = "soon" }.violations(document).count == 1)
        let refused = customers.with {
            $0.status = 401
            $0.responseHeaders = ["WWW-Authenticate": #"Bearer error="invalid_token""#]
            $0.responseBody = ""
        }
        #expect(refused.violations(document) == [])
    }

    @Test func `a domain is asked for without a body`() {
        let domain = SampleExchange.partnerCenter(.head, "/v1/domains/a.onmicrosoft.com").with { $0.status = 404 }
        #expect(domain.violations(document) == [])
        #expect(domain.with { $0.responseBody = "{}" }.violations(document).count == 1)
    }

    @Test func `an event is described as well`() throws {
        let event = #"""
            {"EventName": "test-created", "ResourceName": "test", "AuditUri": null,
             "ResourceChangeUtcDate": "2026-11-01T10:00:00.1234567+00:00"}
            """#
        #expect(try document.violations(of: Array(event.utf8), asSchema: "WebhookEvent") == [])
        let unknown = event.replacing("test-created", with: "made-up")
        #expect(try document.violations(of: Array(unknown.utf8), asSchema: "WebhookEvent").count == 1)
        #expect(throws: ContractError.self) { try document.violations(of: [], asSchema: "None") }
    }
}
