import Foundation
import HTTPTypes
import Microsoft
import Testing

@Suite struct GraphTests {
    @Test func `a relationship is read with dates that are empty, null or absent`() async throws {
        let relationship = try await Wire(SampleCall.relationshipAnswer).graph.relationship("r1")
        #expect(relationship.etag == #"W/"e1""# && relationship.accessDetails?.roles == ["88d8"])
        #expect(relationship.activatedDateTime == nil && relationship.endDateTime == nil)
        #expect(relationship.createdDateTime == MicrosoftDate.date("2026-01-15T18:00:00Z"))
    }

    private func update(_ wire: Wire) async throws -> Graph.Update<Graph.AccessAssignment> {
        try await wire.graph.update(accessAssignment: "a1", ofRelationship: "r1", etag: "e", roles: ["88d8"])
    }

    @Test func `a change is done, done without a word, or under way`() async throws {
        guard case .done(let assignment?) = try await update(Wire(#"{"id":"a1"}"#)) else {
            Issue.record("It is not done.")
            return
        }
        #expect(assignment.id == "a1")
        #expect(try await update(Wire("", status: .noContent)) == .done(nil))
        let location = "https://graph.example/v1.0/o/1"
        #expect(
            try await update(Wire("", status: .accepted, ["Location": location, "Retry-After": "10"]))
                == .underWay(LongRunning(location: location, retryAfter: .seconds(10))))
        await #expect(throws: MicrosoftFault.self) { try await update(Wire("", status: .accepted)) }
    }

    @Test(arguments: [
        (HTTPResponse.Status.noContent, "", Creation.created),
        (
            .badRequest,
            #"{"error":{"code":"Request_BadRequest","message":"One or more added object references already exist for the following modified properties: 'members'."}}"#,
            .alreadyThere
        ),
    ])
    func `a member that is there already is a success`(
        status: HTTPResponse.Status, body: String, result: Creation
    ) async throws {
        #expect(try await Wire(body, status: status).graph.add(member: "u1", toGroup: "g1") == result)
    }

    @Test func `an application that is not in the tenant is nil`() async throws {
        let missing = Wire(#"{"error":{"code":"Request_ResourceNotFound"}}"#, status: .notFound)
        #expect(try await missing.graph.servicePrincipal(applicationID: "app") == nil)
        await #expect(throws: MicrosoftFault.self) {
            try await Wire("", status: .forbidden).graph.servicePrincipal(applicationID: "app")
        }
    }

    @Test func `a round of changes ends with a delta link, and says what changed`() async throws {
        let wire = Wire(
            #"{"value":[{"id":"u1","displayName":null},{"id":"u2","@removed":{"reason":"deleted"}},{"id":"u3","@removed":{}}],"@odata.deltaLink":"https://graph.example/v1.0/users/delta?$deltatoken=D"}"#
        )
        let page = try await wire.graph.userChanges(after: nil)
        #expect(page.next == nil && page.delta == "https://graph.example/v1.0/users/delta?$deltatoken=D")
        #expect(page.items.map(\.removed) == [nil, .deleted, .deleted])
        #expect(page.items.first?.members == ["id", "displayName"])
        _ = try await wire.graph.userChanges(after: page.delta)
        #expect(wire.sent.last?.request.path == "/v1.0/users/delta?$deltatoken=D")
    }

    @Test func `a round of changes without an end is a fault`() async throws {
        await #expect(throws: MicrosoftFault.self) {
            try await Wire(#"{"value":[]}"#).graph.userChanges(after: nil)
        }
    }

    @Test func `a tenant that names nobody is a fault`() async throws {
        await #expect(throws: MicrosoftFault.self) { try await Wire(#"{"value":[]}"#).graph.organization() }
    }

    @Test(
        arguments: [
            (#"{"enabled":10,"warning":1}"#, "6", 5), (#"{"enabled":"10"}"#, "12", -2), ("null", "6", nil),
            (#"{"enabled":9223372036854775807,"warning":1}"#, "0", nil),
            (#"{"enabled":-9223372036854775807}"#, "9", nil),
        ] as [(String, String, Int?)])
    func `available licences are counted as Partner Center does`(units: String, used: String, available: Int?)
        async throws
    {
        let wire = Wire(#"{"value":[{"id":"x","consumedUnits":\#(used),"prepaidUnits":\#(units)}]}"#)
        #expect(try await wire.graph.subscribedSKUs().first?.availableUnits == available)
    }

    @Test func `the parts of a batch are judged alone, by their ids`() async throws {
        let wire = Wire(
            #"{"responses":[{"id":"2","status":429,"headers":{"Retry-After":"10","request-id":"q2"},"body":{"error":{"code":"TooManyRequests","message":"Too many"}}},{"id":"1","status":200,"body":{"value":[{"id":"c1"}]}},{"id":"1","status":500},{"id":"9","status":200}]}"#
        )
        let answers = try await wire.graph.batch([
            Graph.BatchPart(id: "1", .get, "/organization"), Graph.BatchPart(id: "2", .get, "/subscribedSkus"),
            Graph.BatchPart(id: "3", .post, "/groups", body: .object([:])),
        ])
        #expect(Set(answers.keys) == ["1", "2", "3"])
        let first = try #require(try answers["1"]?.get())
        #expect(try wire.graph.page(of: Graph.Organization.self, in: first).items.map(\.id) == ["c1"])
        #expect(throws: MicrosoftFault.self) { try first.value(Graph.User.self) }
        guard case .failure(let second) = answers["2"], case .failure(let third) = answers["3"] else {
            Issue.record("A part that failed did not fail.")
            return
        }
        #expect(second.status == 429 && second.code == "TooManyRequests" && second.requestID == "q2")
        #expect(second.retryAfter == .seconds(10))
        #expect(third.reason == .unreadable)
        #expect(
            wire.sent.first?.json?["requests"]?.array?.last?["headers"]?["Content-Type"]?.text == "application/json")
    }

    @Test(arguments: [
        [], (0..<21).map { Graph.BatchPart(id: "\($0)", .get, "/users") },
        [Graph.BatchPart(id: "1", .get, "/users"), Graph.BatchPart(id: "1", .get, "/groups")],
        [Graph.BatchPart(id: "1", .get, "https://evil.example/")], [Graph.BatchPart(id: "1", .get, "//evil.example/")],
        [Graph.BatchPart(id: "1", .get, "/../x")], [Graph.BatchPart(id: "", .get, "/users")],
        [Graph.BatchPart(id: "1", .get, "/users?a b")],
    ])
    func `a batch that can't be one is not sent`(parts: [Graph.BatchPart]) async throws {
        let wire = Wire(#"{"responses":[]}"#)
        let fault = try await faultOf { _ = try await wire.graph.batch(parts) }
        #expect(fault?.reason == .unsendable && wire.sent.isEmpty)
    }

    private func export(_ body: String) async throws -> Graph.BillingExport {
        try await Wire(body, ["Retry-After": "10"]).graph.billingExport(
            at: LongRunning(location: "https://graph.example/v1.0/o/1"))
    }

    @Test func `an export runs, succeeds or fails`() async throws {
        let running = ##"{"@odata.type":"#microsoft.graph.partners.billing.runningOperation","id":"o"}"##
        #expect(try await export(running) == .running(retryAfter: .seconds(10)))
        guard
            case .succeeded(let manifest) = try await export(
                #"{"status":"succeeded","resourceLocation":{"rootDirectory":"https://f.example/x","sasToken":"secret","blobs":[{"name":"p.gz"}]}}"#
            ),
            case .failed(let fault) = try await export(
                ##"{"@odata.type":"#microsoft.graph.partners.billing.failedOperation","error":{"code":"2000","message":"No."}}"##
            )
        else {
            Issue.record("The export has another state.")
            return
        }
        #expect(manifest.blobs.map { $0.map(manifest.address(of:)) } == ["https://f.example/x/p.gz?secret"])
        #expect(!"\(manifest)".contains("secret"))
        #expect(fault.code == "2000" && fault.message == "No.")
        await #expect(throws: MicrosoftFault.self) { try await export(#"{"status":"asleep"}"#) }
        await #expect(throws: MicrosoftFault.self) { try await export(#"{"status":"succeeded"}"#) }
    }
}
