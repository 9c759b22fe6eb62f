import HTTPTypes
import MicrosoftContract
import Testing

@Suite struct GraphContractTests {
    private let document: ContractDocument

    init() throws { document = try ContractDocument(.graph) }

    private let relationship = SampleExchange.graph(.post, "/tenantRelationships/delegatedAdminRelationships").with {
        $0.requestBody = #"""
            {"displayName": "Aalto", "duration": "P730D", "autoExtendDuration": "PT0S",
             "accessDetails": {"unifiedRoles": [{"roleDefinitionId": "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"}]}}
            """#
        $0.status = 201
        $0.responseHeaders["Location"] = "https://graph.example/v1.0/tenantRelationships/delegatedAdminRelationships/r"
        $0.responseBody = #"""
            {"@odata.context": "https://graph.example/v1.0/$metadata#c", "@odata.etag": "W/\"1\"",
             "id": "r", "displayName": "Aalto", "duration": "P730D",
             "accessDetails": {"unifiedRoles": [{"roleDefinitionId": "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"}]},
             "status": "created", "autoExtendDuration": "PT0S", "createdDateTime": "2026-11-01T10:00:00Z",
             "lastModifiedDateTime": "2026-11-01T10:00:00.123Z", "activatedDateTime": "", "endDateTime": null}
            """#
    }

    private let changes = SampleExchange.graph(.get, "/users/delta?$deltaToken=latest").with {
        $0.responseBody = #"""
            {"@odata.context": "https://graph.example/v1.0/$metadata#c",
             "@odata.deltaLink": "https://graph.example/v1.0/users/delta?$deltatoken=d",
             "value": [{"id": "30000000-0000-4000-8000-000000000001", "@removed": {"reason": "deleted"}}]}
            """#
    }

    private let error = #"""
        {"error": {"code": "Request_ResourceNotFound", "message": "There is none.", "innerError": {
           "date": "2026-11-01T10:00:00", "request-id": "eeeeeeee-0000-4000-8000-000000000022",
           "client-request-id": "eeeeeeee-0000-4000-8000-000000000021"}}}
        """#

    @Test func `a relationship is as documented`() {
        #expect(relationship.violations(document) == [])
    }

    @Test func `a relationship that strays is told`() {
        let path = "POST /v1.0/tenantRelationships/delegatedAdminRelationships"
        #expect(
            relationship.answering("\"status\": \"created\"", with: "\"status\": \"made\"").violations(document)
                == ["\(path): response 201 body /status is not one of the documented values: \"made\""])
        #expect(
            relationship.answering("10:00:00Z", with: "10:00:00").violations(document)
                == ["\(path): response 201 body /createdDateTime is not a date-time: \"2026-11-01T10:00:00\""])
        #expect(
            relationship.answering("\"activatedDateTime\": \"\"", with: "\"activatedDateTime\": \"-\"")
                .violations(document).first?.contains("/activatedDateTime is none of 2 alternatives") == true)
        #expect(
            relationship.with { $0.responseHeaders["Location"] = nil }.violations(document)
                == ["\(path): response 201 header Location is missing"])
        let long = relationship.with {
            $0.requestBody = $0.requestBody.replacing("Aalto", with: String(repeating: "a", count: 51))
        }
        #expect(
            long.violations(document) == ["\(path): request body /displayName has 51 characters, out of 1 to 50"])
        #expect(
            relationship.with { $0.requestBody = $0.requestBody.replacing("displayName", with: "DisplayName") }
                .violations(document).count == 2)
    }

    @Test func `a change of a relationship says what it saw`() {
        let change = relationship.with {
            $0.method = .patch
            $0.path += "/r"
            $0.requestBody = #"{"autoExtendDuration": "P180D"}"#
            $0.requestHeaders["If-Match"] = "W/\"1\""
            $0.status = 200
        }
        #expect(change.violations(document) == [])
        #expect(
            change.with { $0.requestHeaders["If-Match"] = nil }.violations(document) == [
                "PATCH /v1.0/tenantRelationships/delegatedAdminRelationships/{relationshipId}: "
                    + "request header If-Match is missing"
            ])
    }

    @Test func `a round of changes ends with a link for the next one`() {
        #expect(changes.violations(document) == [])
        let both = changes.answering(
            "\"value\"", with: "\"@odata.nextLink\": \"https://graph.example/v1.0/users/delta?$skiptoken=s\", \"value\""
        )
        #expect(both.violations(document) != [])
        let neither = changes.answering("@odata.deltaLink", with: "@odata.link")
        #expect(neither.violations(document) != [])
        #expect(changes.with { $0.path += "&$top=5" }.violations(document).count == 1)
    }

    @Test func `a selection has what it asked for, and all has the defaults`() {
        let page = #"{"@odata.context": "https://graph.example/v1.0/$metadata#c", "value": [{"displayName": "Ana"}]}"#
        let selected = SampleExchange.graph(.get, "/users?$select=displayName").with { $0.responseBody = page }
        #expect(selected.violations(document) == [])
        #expect(
            selected.with { $0.path += ",mail" }.violations(document)
                == ["GET /v1.0/users: response 200 body /value/0/mail is missing"])
        let whole = SampleExchange.graph(.get, "/users").with { $0.responseBody = page }
        #expect(whole.violations(document).count == 10)
    }

    @Test func `an error tells its request`() {
        let missing = SampleExchange.graph(.get, "/users/nobody").with {
            $0.status = 404
            $0.responseBody = error
        }
        #expect(missing.violations(document) == [])
        #expect(missing.answering("10:00:00\"", with: "10:00:00Z\"").violations(document).count == 1)
        #expect(missing.answering("\"code\"", with: "\"kind\"").violations(document).count == 2)
        #expect(missing.with { $0.status = 204 }.violations(document).count == 1)
        #expect(
            missing.with { $0.responseHeaders["request-id"] = nil }.violations(document)
                == ["GET /v1.0/users/{userId}: response 404 header request-id is missing"])
    }

    @Test func `each part of a batch is held against its own call`() {
        let batch = SampleExchange.graph(.post, "/$batch").with {
            $0.requestBody = #"""
                {"requests": [{"id": "1", "method": "GET", "url": "/users?$select=id"},
                   {"id": "2", "method": "POST", "url": "/groups/30000000-0000-4000-8000-000000000002/members/$ref",
                    "headers": {"Content-Type": "application/json"}, "body": {"@odata.id": "https://graph.example/a"}}]}
                """#
            $0.responseBody = #"""
                {"responses": [{"id": "2", "status": 204},
                   {"id": "1", "status": 200, "headers": {"Content-Type": "application/json"}, "body": {
                      "@odata.context": "https://graph.example/v1.0/$metadata#c",
                      "value": [{"id": "30000000-0000-4000-8000-000000000001"}]}}]}
                """#
        }
        #expect(batch.violations(document) == [])
        #expect(
            batch.answering("\"value\"", with: "\"values\"").violations(document) == [
                "GET /v1.0/users: response 200 body /value is missing",
                "GET /v1.0/users: response 200 body /values is not a documented property",
            ])
        #expect(
            batch.answering("204", with: "201").violations(document)
                == ["POST /v1.0/groups/{groupId}/members/$ref: response status 201 is not documented"])
        #expect(
            batch.answering("\"id\": \"2\"", with: "\"id\": \"3\"").violations(document)
                == ["POST /v1.0/$batch: response part 3 was not asked for"])
        let failed = batch.with {
            $0.requestBody = $0.requestBody.replacing("/users", with: "users")
            $0.responseBody = $0.responseBody.replacing("\"status\": 204", with: "\"status\": 424, \"body\": \(error)")
        }
        #expect(failed.violations(document) == [])
        let unknown = batch.with { $0.requestBody = $0.requestBody.replacing("/users", with: "/applications") }
        #expect(
            unknown.violations(document)
                == ["GET /applications?$select=id: response part 1 is of no documented operation"])
    }

    @Test func `an export is one of three`() {
        let running = SampleExchange.graph(.get, "/reports/partners/billing/operations/o").with {
            $0.responseBody = #"""
                {"@odata.type": "#microsoft.graph.partners.billing.runningOperation", "id": "o", "status": "running",
                 "createdDateTime": "2026-11-01T10:00:00Z", "lastActionDateTime": "2026-11-01T10:00:00Z"}
                """#
        }
        #expect(running.violations(document) == [])
        #expect(running.answering("runningOperation", with: "exportSuccessOperation").violations(document) != [])
    }
}
