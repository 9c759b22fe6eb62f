import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct GraphBatchTests {
    private struct Part {
        let status: Int
        let headers: [String: String]
        let body: [String: Any]
    }

    private func batch(_ requests: String, _ client: PracticeClient, _ token: String) async -> [String: Part] {
        let reply = await client.graph(.post, "$batch", token, body: #"{"requests":[\#(requests)]}"#)
        #expect(reply.status == 200, "\(reply.text)")
        let responses = reply.json["responses"] as? [[String: Any]] ?? []
        return Dictionary(
            uniqueKeysWithValues: responses.map { response in
                (
                    response["id"] as? String ?? "",
                    Part(
                        status: response["status"] as? Int ?? 0,
                        headers: response["headers"] as? [String: String] ?? [:],
                        body: response["body"] as? [String: Any] ?? [:])
                )
            })
    }

    @Test func `parts are answered each alone, in another order than asked`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        client.sandbox.add(Fault(.throttle, service: .graph, call: .subscribedSkus, retryAfter: "10"))
        let requests = """
            {"requests":[{"id":"1","method":"GET","url":"/organization"},
            {"id":"2","method":"GET","url":"subscribedSkus"},
            {"id":"3","method":"GET","url":"/users?$filter=startswith(displayName,'Ada Ad')&$select=displayName"},
            {"id":"4","method":"GET","url":"/nonsense"},
            {"id":"5","method":"POST","url":"/groups","headers":{"Content-Type":"application/json"},
            "body":{"displayName":"B","mailEnabled":false,"mailNickname":"b","securityEnabled":true}},
            {"id":"6","method":"POST","url":"/$batch","headers":{"Content-Type":"application/json"},
            "body":{"requests":[]}}]}
            """
        let reply = await client.graph(.post, "$batch", token, body: requests)
        let responses = try #require(reply.json["responses"] as? [[String: Any]])
        #expect(responses.compactMap { $0["id"] as? String } == ["6", "5", "4", "3", "2", "1"])
        #expect(responses.compactMap { $0["status"] as? Int } == [400, 201, 400, 200, 429, 200])
        #expect((responses[4]["headers"] as? [String: String])?["Retry-After"] == "10")
        let users = (responses[3]["body"] as? [String: Any])?["value"] as? [[String: String]]
        #expect(users == [["displayName": "Ada Admin"]])
        let entry = try #require(client.sandbox.loggedRequests.last)
        #expect(entry.path == "/graph/v1.0/$batch")
        #expect(entry.changes.count == 1)
    }

    @Test func `a part waits for those that it depends on, and fails with them`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let clerk = "aaaaaaaa-0000-4000-8000-0000000000b3"
        let members = "/groups/aaaaaaaa-0b01-4000-8000-000000000001/members"
        let parts = await batch(
            """
            {"id":"read","method":"GET","url":"\(members)","dependsOn":["add"]},
            {"id":"add","method":"POST","url":"\(members)/$ref","headers":{"content-type":"application/json"},
            "body":{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/\(clerk)"}},
            {"id":"bad","method":"GET","url":"/users/nobody"},
            {"id":"after","method":"GET","url":"/organization","dependsOn":["bad","add"]},
            {"id":"last","method":"GET","url":"/organization","dependsOn":["after"]}
            """, client, token)
        #expect(parts["add"]?.status == 204)
        #expect((parts["read"]?.body["value"] as? [[String: Any]])?.count == 3)
        #expect(parts["bad"]?.status == 404)
        #expect(parts["after"]?.status == 424)
        #expect(parts["last"]?.status == 424)
    }

    @Test func `a part's own header and the batch's token count`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(scope: "\(PracticeClient.graph)/User.Read.All")
        let parts = await batch(
            """
            {"id":"1","method":"GET","url":"/users?$count=true","headers":{"ConsistencyLevel":"eventual"}},
            {"id":"2","method":"GET","url":"/groups","headers":{"Authorization":"Bearer x"}},
            {"id":"3","method":"GET","url":"/users","headers":{"Authorization":"Bearer x"}}
            """, client, token)
        #expect(parts["1"]?.body["@odata.count"] is Int)
        #expect(parts["2"]?.status == 403)
        #expect(parts["3"]?.status == 200)
        #expect(await client.graph(.post, "$batch", nil, body: #"{"requests":[]}"#).status == 401)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"requests":{}}"#, #"{"requests":[]}"#, #"{"requests":[5]}"#,
        #"{"requests":[{"id":"1","method":"GET"}]}"#, #"{"requests":[{"method":"GET","url":"/me"}]}"#,
        #"{"requests":[{"id":1,"method":"GET","url":"/me"}]}"#,
        #"{"requests":[{"id":"1","method":"TRACE","url":"/me"}]}"#,
        #"{"requests":[{"id":"1","method":"GET","url":"https://evil.example/me"}]}"#,
        #"{"requests":[{"id":"1","method":"GET","url":"//evil.example/me"}]}"#,
        #"{"requests":[{"id":"1","method":"GET","url":"/me"},{"id":"1","method":"GET","url":"/me"}]}"#,
        #"{"requests":[{"id":"1","method":"GET","url":"/me","dependsOn":["2"]}]}"#,
        #"{"requests":[{"id":"1","method":"GET","url":"/me","dependsOn":["1"]}]}"#,
        #"{"requests":[{"id":"1","method":"GET","url":"/me","dependsOn":"1"}]}"#,
        #"{"requests":[{"id":"1","method":"GET","url":"/me","headers":{"X\n":"y"}}]}"#,
        #"{"requests":[{"id":"1","method":"GET","url":"/me","headers":{"X":"y\r\nz"}}]}"#,
        #"{"requests":[{"id":"1","method":"POST","url":"/groups","body":{}}]}"#,
    ])
    func `a malformed batch is refused as a whole`(body: String) async throws {
        let client = try await PracticeClient()
        let reply = await client.graph(.post, "$batch", try await client.graphToken(), body: body)
        #expect(reply.status == 400, "\(reply.text)")
        #expect(reply.errorCode == "BadRequest")
    }

    @Test func `twenty requests are a batch, twenty-one are not`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let requests = (0..<21).map { #"{"id":"\#($0)","method":"GET","url":"/me"}"# }
        #expect(await batch(requests.dropLast().joined(separator: ","), client, token).count == 20)
        let body = #"{"requests":[\#(requests.joined(separator: ","))]}"#
        #expect(await client.graph(.post, "$batch", token, body: body).status == 400)
    }

    @Test func `strange addresses in a batch are answered, not failed at`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let parts = await batch(
            #"""
            {"id":"1","method":"GET","url":"/users/日本 %zz?$filter=\"<>"},
            {"id":"2","method":"GET","url":"/../../control/world"},{"id":"3","method":"DELETE","url":"?"}
            """#, client, token)
        for part in parts.values { #expect((400..<500).contains(part.status)) }
        #expect(parts.count == 3)
    }

    @Test func `bodies that are huge, deep or no text are refused`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let nested =
            #"{"requests":["# + String(repeating: #"{"id":"#, count: 300) + "1" + String(repeating: "}", count: 300)
        for body in [deep, nested + "]}", "{\"requests\":\u{0}}", "\u{FEFF}"] {
            #expect(await client.graph(.post, "$batch", token, body: body).status == 400)
        }
        let huge = String(repeating: " ", count: 5 << 20)
        #expect(await client.graph(.post, "$batch", token, body: huge).status == 413)
    }
}
