import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct ControlRouteTests {
    @Test func `the list of controls names each with its fields, and each is there`() async throws {
        let client = try await PracticeClient()
        let routes = try #require(await client.get("/control").json["routes"] as? [[String: Any]])
        let paths = routes.compactMap { $0["path"] as? String }
        for path in ["/control/faults", "/control/clock", "/control/relationships/:id", "/control/integration-sandbox"]
        {
            #expect(paths.contains(path))
        }
        let clock = try #require(
            routes.first { $0["path"] as? String == "/control/clock" && $0["method"] as? String == "POST" })
        #expect(clock["fields"] as? [String: String] == ["advance": "seconds"])
        for route in routes where !(route["path"] as? String ?? "").hasSuffix("reset") {
            let method = try #require(HTTPRequest.Method(route["method"] as? String ?? ""))
            let path = (route["path"] as? String ?? "").replacing(":", with: "")
            let reply = await client.send(method, path, headers: ["Content-Type": "application/json"], body: "")
            #expect([200, 400, 404].contains(reply.status) && !reply.json.isEmpty, "\(method) \(path)")
        }
    }

    @Test func `integration sandboxes let customers be deleted, until they are ordinary again`() async throws {
        let partner = try await PracticePartner()
        let customer = "customers/\(PracticePartner.northgate)"
        #expect(await partner.send(.delete, customer).status != 204)
        let client = partner.client
        #expect(await client.control("integration-sandbox", #"{"on": true}"#).status == 200)
        #expect(await partner.send(.delete, customer).status == 204)
        #expect(await client.control("integration-sandbox", #"{"on": "perhaps"}"#).status == 400)
        #expect(await client.control("integration-sandbox", "{}").status == 400)
        #expect(await client.get("/").text.contains("Make them ordinary accounts"))
        #expect(await client.post("/control/integration-sandbox", ["on": "false"]).status == 303)
        #expect(await client.get("/").text.contains("Make them integration sandboxes"))
    }

    @Test func `an Azure subscription is disabled by its id, and its plan can be suspended then`() async throws {
        let partner = try await PracticePartner()
        let plan = await partner.items("customers/\(PracticePartner.northgate)/subscriptions").last ?? [:]
        #expect(await partner.patch(plan, ["status": "suspended"]).status == 403)
        let path = "disabled-azure-subscriptions"
        #expect(await partner.client.control(path, #"{"id": "none"}"#).status == 400)
        let subscription = #"{"id": "CCCCCCCC-a021-4000-8000-000000000001"}"#
        #expect(await partner.client.control(path, subscription).status == 200)
        #expect(await partner.patch(plan, ["status": "suspended"]).status == 200)
    }

    @Test func `the page has the approval links that wait, and its buttons answer them`() async throws {
        let admin = try await DelegatedAdminClient()
        let id = try #require(await admin.create(DelegatedAdminClient.wanted("Care <i>"))["id"] as? String)
        #expect(!(await admin.client.get("/").text.contains("Relationships/\(id)\"")), "a draft waits for nobody")
        _ = await admin.request("lockForApproval", id)
        let page = await admin.client.get("/").text
        #expect(page.contains("href=\"/admin/partners/invitation/granularAdminRelationships/\(id)\""))
        #expect(page.contains("Care &lt;i&gt;"))
        let form = ["customer": DelegatedAdminClient.northgate, "decision": "approve"]
        #expect(await admin.client.post("/control/relationships/\(id)", form).status == 303)
        #expect(!(await admin.client.get("/").text.contains("Relationships/\(id)\"")))
        #expect(await admin.status(id) == "approved")
    }

    @Test func `an invitation waits on the page with its redeem link, until it is redeemed`() async throws {
        let client = try await PracticeClient()
        let json =
            #"{"email":"guest@acmecloud.example","tenant":"northgate.example","redirectUrl":"https://portal.example/"}"#
        let made = await client.control("invitations", json)
        let link = try #require(made.json["inviteRedeemUrl"] as? String)
        let page = await client.get("/").text
        #expect(page.contains(link.replacing("&", with: "&amp;")))
        let action = try #require(page.firstMatch(of: #/\/control\/invitations\/[0-9a-f-]+\/redemption/#)?.output)
        #expect(await client.send(.post, String(action)).status == 200)
        #expect(await client.send(.post, String(action)).status == 404)
        #expect(!(await client.get("/").text.contains(link.replacing("&", with: "&amp;"))))
        #expect(await client.get(link).header("Location") == "https://portal.example/")
        #expect(await client.control("invitations", #"{"email":"nobody"}"#).status == 400)
    }

    @Test func `what a customer's administrator does is in the log, without the flow or a password`() async throws {
        let admin = try await DelegatedAdminClient()
        let id = try #require(await admin.create()["id"] as? String)
        _ = await admin.request("lockForApproval", id)
        admin.sandbox.removeLoggedRequests()
        _ = try await PracticePerson("admin@northgate.example").answer(
            .approve, invitation: "/admin/partners/invitation/granularAdminRelationships/\(id)", in: admin.sandbox)
        _ = await admin.client.get("/admin/partners")
        let log = admin.sandbox.loggedRequests
        #expect(log.allSatisfy { $0.service == .admin && $0.status == 200 })
        #expect(log.map(\.call) == [.approval, .adminSignin, .adminSignin, .approval, .partnerList])
        #expect(log[3].changes == ["relationship \(id) approved by customer \(DelegatedAdminClient.northgate)"])
        #expect(!(await admin.client.get("/control/requests").text.contains("gatehouse-practice")))
    }

    @Test func `faults reach the admin center too`() async throws {
        let client = try await PracticeClient()
        client.sandbox.add(Fault(.truncated, service: .admin, call: .partnerList))
        #expect(!(await client.get("/admin/partners").text.contains("</html>")))
        #expect(await client.get("/admin/partners").text.contains("</html>"))
    }

    @Test func `the log shows how lists were asked for, and not what may be a name`() async throws {
        let client = try await PracticeClient()
        for query in [
            "$search=%22displayName:a%22", "%24orderby=displayName", "%24top=3", "mpn_id=1", "period=current",
            "currencycode=EUR", "invoicelineitemtype=usagelineitems", "agreementType=*", "segment=commercial",
        ] {
            _ = await client.get("/graph/v1.0/users?\(query)&hint=secret&%24skiptoken=hidden")
            let path = try #require(client.sandbox.loggedRequests.last).path
            #expect(path == "/graph/v1.0/users?\(query)&hint=…&%24skiptoken=…")
        }
    }
}
