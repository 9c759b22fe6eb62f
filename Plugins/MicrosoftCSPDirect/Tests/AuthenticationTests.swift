import Foundation
import HTTPTypes
import MicrosoftSandbox
import TestPortal
import Testing

/// Signing in at Microsoft, and every way in which that can go wrong (security checks 29, 45 to 51).
@Suite struct AuthenticationTests {
    @Test func `the rehearsal tells the exact redirect address, the requirements and where the Microsoft ID is found`()
        async throws
    {
        let broker = try await SignedInBroker()
        let page = try await broker.owner.get("\(SignedInBroker.path)/authentication")
        for words in [
            "http://eu.gatehouse.localhost:8080/connections/return", "Microsoft CSP Authentication",
            "Multifactor authentication", "Single sign-on",
            "The account's roles", "Where do I find it?", "Microsoft Entra ID profile", "Update",
        ] {
            #expect(page.words.contains(words), "\(words)")
        }
    }

    @Test func `a sign-in with MFA is proved line by line, and only then connected`() async throws {
        let broker = try await SignedInBroker()
        let page = try await broker.connect()
        #expect(page.words.contains("Every check has passed"))
        #expect(page.words.contains("Partner Center confirms the MFA claim"))
        #expect(page.words.contains("admin@acmecloud.example belongs to that tenant."))
        #expect(page.words.contains("62 customers can be read."))
    }

    @Test func `without MFA the cause is told, and nothing is kept`() async throws {
        let broker = try await SignedInBroker()
        let page = try await broker.connect(as: "nomfa@acmecloud.example")
        #expect(page.words.contains("The sign-in had no multifactor authentication"))
        #expect(try await broker.owner.get(SignedInBroker.path).words.contains("Microsoft CSP Authentication To do"))
    }

    @Test func `an account that is no Admin Agent is told what it lacks`() async throws {
        let broker = try await SignedInBroker()
        let page = try await broker.connect(as: "clerk@acmecloud.example")
        #expect(page.words.contains("The account may not do this in Partner Center"))
        #expect(page.words.contains("Admin agent"))
    }

    @Test func `refused consent is a plain ending, and an earlier connection stays`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let page = try await broker.connect(consents: false)
        #expect(page.words.contains("Consent was refused"))
        #expect(page.words.contains("AADSTS65004"))
        #expect(
            try await broker.owner.get("\(SignedInBroker.path)/authentication").words.contains(
                "The connection Connected"))
    }

    @Test func `a forged answer is refused, calls nobody and is audited`() async throws {
        let broker = try await SignedInBroker()
        let page = try await broker.owner.get("/connections/return?code=stolen&state=forged")
        #expect(page.status == .badRequest && page.words.contains("does not belong to a sign-in of yours"))
        #expect(broker.tokenRequests == 0)
        #expect(await broker.portal.runJobs() == 0)
        #expect(try await broker.owner.get("/audit").words.contains("connection.answer"))
    }

    @Test func `an answer in another browser is refused, and the right one still works`() async throws {
        let broker = try await SignedInBroker()
        let (path, address) = try await broker.depart()
        let back = try await PracticePerson().signIn(at: address, in: broker.sandbox)
        let elsewhere = try await broker.portal.client(signedInAs: "owner@acme.example")
        let refused = try await elsewhere.open(back)
        #expect(refused.status == .badRequest && broker.tokenRequests == 0)
        _ = try await broker.owner.open(back)
        await broker.portal.runJobs()
        #expect(try await broker.owner.get(path).words.contains("Every check has passed"))
    }

    @Test func `the same answer twice is one exchange, and shows the finished state`() async throws {
        let broker = try await SignedInBroker()
        let (path, address) = try await broker.depart()
        let back = try await PracticePerson().signIn(at: address, in: broker.sandbox)
        _ = try await broker.owner.open(back)
        _ = try await broker.owner.open(back)
        await broker.portal.runJobs()
        let exchanges = broker.sandbox.loggedRequests.filter { $0.note?.contains("authorization_code") == true }.count
        #expect(exchanges == 1)
        let again = try await broker.owner.open(back)
        #expect(again.words.contains("Every check has passed"))
        #expect(try await broker.owner.get(path).words == again.words)
        #expect(broker.sandbox.loggedRequests.filter { $0.note?.contains("authorization_code") == true }.count == 1)
    }

    @Test func `an id that Microsoft does not know is told as that`() async throws {
        let broker = try await SignedInBroker()
        let (path, _) = try await broker.depart(microsoftID: "99999999-0000-4000-8000-000000000009")
        let page = try await broker.owner.get(path)
        let state = try #require(page.text.firstMatch(of: /state=([A-Za-z0-9_-]+)/)?.output.1)
        _ = try await broker.owner.get("/connections/return?code=whatever&state=\(state)")
        await broker.portal.runJobs()
        #expect(try await broker.owner.get(path).words.contains("There is no such tenant"))
    }

    @Test func `the answer's code and the state are nowhere in a page, and only sealed in the database`() async throws {
        let broker = try await SignedInBroker()
        let (path, address) = try await broker.depart()
        let back = try await PracticePerson().signIn(at: address, in: broker.sandbox)
        let code = try #require(back.firstMatch(of: /code=([^&]+)/)?.output.1)
        let landed = try await broker.owner.open(back)
        #expect(!landed.text.contains(code))
        for file in ["gatehouse.sqlite", "gatehouse.sqlite-wal"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(broker.portal.folder)/\(file)"))
            #expect(bytes.range(of: Data(code.utf8)) == nil, "\(file)")
        }
        #expect(try await broker.owner.get(path).status == .ok)
    }

    @Test func `a token that dies breaks the connection with Microsoft's own facts beside the words`() async throws {
        let broker = try await SignedInBroker()
        try await broker.connect()
        broker.sandbox.add(Fault(.tokenRevoked, service: .entra, call: .token, times: 5))
        broker.portal.clock.advance(by: 3 * 3_600)
        let owner = try await broker.portal.client(signedInAs: "owner@acme.example")
        _ = try await owner.get("\(SignedInBroker.path)/tenants")
        _ = try await owner.post("\(SignedInBroker.path)/discoveries")
        await broker.portal.runJobs()
        let page = try await owner.get("\(SignedInBroker.path)/authentication")
        #expect(page.words.contains("The password was changed or the sessions were revoked"))
        #expect(page.words.contains("AADSTS50173") && page.words.contains("Correlation id"))
    }
}
