import Foundation
import MicrosoftSandbox
import Testing

@Suite struct DelegatedAdminPortalTests {
    typealias Client = DelegatedAdminClient

    @Test func `the customer's administrator reads what is asked for and approves it`() async throws {
        let admin = try await Client()
        let id = try await asked(admin, Client.wanted("Care <b>& more", autoExtend: "P180D"))
        let page = try await signedIn(admin, PracticePerson("admin@northgate.example"), link(id))
        for text in [
            "<strong>Acme Cloud</strong>", "<strong>Northgate Bakery</strong>", "Care &lt;b&gt;&amp; more",
            "730 days", "another 180 days", "Directory Readers", "Global Reader", "value=\"approve\"",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        let done = try await PracticePerson("admin@northgate.example").answer(
            .approve, invitation: link(id), in: admin.sandbox)
        #expect(done.contains("<h1>Approved</h1>"))
        #expect(await admin.status(id) == "approved")
        let again = try await PracticePerson("admin@northgate.example").answer(
            .reject, invitation: link(id), in: admin.sandbox)
        #expect(again.contains("<h1>Already approved</h1>"))
        #expect(await admin.status(id) == "approved")
    }

    @Test func `who rejects it ends it`() async throws {
        let admin = try await Client()
        let id = try await asked(admin)
        let person = PracticePerson("admin@northgate.example")
        let done = try await person.answer(.reject, invitation: link(id), in: admin.sandbox)
        #expect(done.contains("<h1>Rejected</h1>"))
        #expect(await admin.status(id) == "terminated")
        let again = try await person.answer(.approve, invitation: link(id), in: admin.sandbox)
        #expect(again.contains("<h1>This request is over</h1>"))
    }

    @Test(arguments: [
        ("user@northgate.example", "Only a Global Administrator can answer"),
        ("admin@acmecloud.example", "This account is not at a customer"),
        ("admin@harbordental.onmicrosoft.com", "This request is for another organization"),
    ])
    func `nobody else can answer, and nobody else reads it`(account: String, title: String) async throws {
        let admin = try await Client()
        let id = try await asked(admin)
        let page = try await PracticePerson(account).answer(.approve, invitation: link(id), in: admin.sandbox)
        #expect(page.contains("<h1>\(title)</h1>"))
        #expect(!page.contains("Northgate Bakery"))
        #expect(await admin.status(id) == "approvalPending")
    }

    @Test func `a link to nothing, to what is not sent yet, or too old, is explained`() async throws {
        let admin = try await Client()
        let person = PracticePerson("admin@northgate.example")
        let draft = await admin.create()["id"] as? String ?? ""
        for id in ["nothing", draft, "%3Cscript%3E"] {
            let page = try await person.answer(.approve, invitation: link(id), in: admin.sandbox)
            #expect(page.contains("<h1>There is no such request</h1>"))
            #expect(!page.contains("<script"))
        }
        let old = try await asked(admin, Client.wanted("Old"))
        try admin.sandbox.advanceClock(by: 90 * 86400)
        let lapsed = try await person.answer(.approve, invitation: link(old), in: admin.sandbox)
        #expect(lapsed.contains("<h1>This request has lapsed</h1>"))
        let withdrawn = try await asked(try await admin.signedInAgain(), Client.wanted("Withdrawn"))
        try admin.sandbox.terminate(relationship: withdrawn, customer: Client.northgate)
        let over = try await person.answer(.approve, invitation: link(withdrawn), in: admin.sandbox)
        #expect(over.contains("<h1>This request is over</h1>"))
    }

    @Test func `a wrong password or code asks again, and a made-up flow starts over`() async throws {
        let admin = try await Client()
        let id = try await asked(admin)
        let wrong = try await PracticePerson("admin@northgate.example", password: "x").answer(
            .approve, invitation: link(id), in: admin.sandbox)
        #expect(wrong.contains("role=\"alert\""))
        let code = try await PracticePerson("admin@northgate.example", mfaCode: "000000").answer(
            .approve, invitation: link(id), in: admin.sandbox)
        #expect(code.contains("That code is not right"))
        for action in ["signin", "mfa", "decision", "removal", "partners"] {
            for flow in ["", "made-up", String(repeating: "a", count: 5000)] {
                let reply = await admin.client.post("/admin/\(action)", ["flow": flow, "decision": "approve"])
                #expect(reply.status == 400)
                #expect(reply.text.contains("<h1>Please start again</h1>"))
            }
        }
        let unproved = await afterPassword(admin, link(id))
        let reply = await admin.client.post("/admin/decision", ["flow": unproved, "decision": "approve"])
        #expect(reply.status == 400)
        #expect(await admin.status(id) == "approvalPending")
    }

    @Test func `the customer sees its partners and removes one, after being asked`() async throws {
        let admin = try await Client()
        let id = try admin.sandbox.delegate(in: Client.northgate)
        let waiting = try await asked(admin, Client.wanted("Waiting"))
        let list = try await signedIn(admin, PracticePerson("admin@northgate.example"), "/admin/partners")
        #expect(list.contains("15 January 2028"))
        #expect(list.contains("/admin/partners/invitation/granularAdminRelationships/\(waiting)"))
        let fields = ["flow": flow(in: list), "relationship": id]
        let question = await admin.client.post("/admin/removal", fields)
        #expect(question.text.contains("<h1>Remove this relationship?</h1>"))
        #expect(await admin.status(id) == "active")
        let done = await admin.client.post("/admin/removal", fields.merging(["confirmed": "yes"]) { $1 })
        #expect(done.text.contains("is being removed"))
        #expect(await admin.status(id) == "terminationRequested")

        let theirs = try admin.sandbox.delegate(in: Client.harbor)
        _ = await admin.client.post(
            "/admin/removal", ["flow": flow(in: list), "relationship": theirs, "confirmed": "yes"])
        #expect(await admin.status(theirs) == "active")
    }

    @Test func `tests do the same by HTTP`() async throws {
        let admin = try await Client()
        let made = await admin.client.control(
            "relationships", #"{"customer":"northgate.example","roles":"\#(Client.globalReader)"}"#)
        #expect(made.status == 200)
        let id = made.json["id"] as? String ?? ""
        #expect(await admin.status(id) == "active")
        let assignments = await admin.items("\(Client.relationships)/\(id)/accessAssignments")
        #expect(assignments.map { $0["status"] as? String } == ["active"])
        let other = try await asked(admin)
        let decide = #"{"decision":"approve","customer":"\#(Client.northgate)"}"#
        #expect(await admin.client.control("relationships/\(other)", decide).status == 200)
        #expect(await admin.status(other) == "approved")
        #expect(await admin.client.control("relationships/\(other)", decide).status == 400)
        for (path, json) in [
            ("relationships", #"{"customer":"nobody.example"}"#), ("relationships", "{}"), ("relationships", "[]"),
            ("relationships", #"{"customer":"northgate.example","roles":"reader"}"#),
            ("relationships/nothing", decide), ("relationships/\(id)", #"{"decision":"maybe"}"#),
            ("relationships/\(id)", #"{"decision":"terminate","customer":"\#(Client.harbor)"}"#),
        ] {
            #expect(await admin.client.control(path, json).status == 400)
        }
        #expect(await admin.client.control("reset", "").status == 200)
        #expect(await (try await admin.signedInAgain()).items(Client.relationships).isEmpty)
    }

    private func link(_ id: String) -> String {
        "http://127.0.0.1:8090/admin/partners/invitation/granularAdminRelationships/\(id)"
    }

    /// The id of a relationship that waits for approval.
    private func asked(_ admin: Client, _ json: String = Client.wanted()) async throws -> String {
        let id = await admin.create(json)["id"] as? String ?? ""
        #expect(await admin.request("lockForApproval", id).status == 201)
        return id
    }

    private func afterPassword(_ admin: Client, _ address: String) async -> String {
        let first = await admin.client.get(String(address.replacing("http://127.0.0.1:8090", with: ""))).text
        let second = await admin.client.post(
            "/admin/signin",
            ["flow": flow(in: first), "account": "admin@northgate.example", "password": "gatehouse-practice"])
        return flow(in: second.text)
    }

    private func signedIn(_ admin: Client, _ person: PracticePerson, _ address: String) async throws -> String {
        let flow = await afterPassword(admin, address)
        return await admin.client.post("/admin/mfa", ["flow": flow, "code": person.mfaCode]).text
    }

    private func flow(in page: String) -> String {
        page.firstRange(of: #"name="flow" value=""#).map { String(page[$0.upperBound...].prefix { $0 != "\"" }) } ?? ""
    }
}
