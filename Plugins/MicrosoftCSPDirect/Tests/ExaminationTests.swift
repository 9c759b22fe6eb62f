import Foundation
import MicrosoftSandbox
import PortalCore
import TestPortal
import Testing

/// The administrator's Test, against the sandbox.
@Suite struct ExaminationTests {
    private static let page = "/plugins/microsoft-csp-direct"

    private func test(_ broker: SignedInBroker) async throws -> String {
        let admin = try await broker.portal.client(signedInAs: "admin@gatehouse.example")
        _ = try await admin.get(Self.page)
        _ = try await admin.post("\(Self.page)/examinations")
        await broker.portal.runJobs()
        return try await admin.get(Self.page).words
    }

    @Test func `right settings pass, and without the application's tenant the secret is not known`() async throws {
        let words = try await test(try await SignedInBroker())
        #expect(words.contains("4 passed, 1 not known."))
        #expect(words.contains("Microsoft Entra ID Passed") && words.contains("Partner Center Passed"))
        #expect(words.contains("Microsoft Graph Passed") && words.contains("Not known until a broker signs in"))
    }

    @Test(arguments: [("practice-secret", "All 5 checks passed."), ("another", "The application's secret is wrong")])
    func `with the application's tenant the secret is proved`(secret: String, words: String) async throws {
        let broker = try await SignedInBroker(settings: [
            "application-secret": secret, "application-tenant": SignedInBroker.acme,
        ])
        #expect(try await test(broker).contains(words))
    }

    @Test func `a wrong cloud and a service that is away are told line by line`() async throws {
        let broker = try await SignedInBroker()
        broker.sandbox.add(Fault(.reset, service: .partnercenter))
        let words = try await test(broker)
        #expect(words.contains("Partner Center Failed Microsoft did not answer"))
        #expect(words.contains("Microsoft Graph Passed"))
        let lost = try await SignedInBroker(settings: ["cloud": "http://127.0.0.1:8090/elsewhere"])
        let other = try await test(lost)
        #expect(other.contains("Microsoft Entra ID Failed Microsoft Entra ID does not answer as documented"))
    }

    @Test func `check 61: a disable while a list is read, a return comes in and a sign-in is proved stops every call`()
        async throws
    {
        let broker = try await SignedInBroker()
        try await broker.connect()
        let admin = try await broker.portal.client(signedInAs: "admin@gatehouse.example")
        for round in 0..<4 {
            broker.portal.clock.advance(by: 1)
            _ = try await broker.owner.get("\(SignedInBroker.path)/tenants")
            _ = try await broker.owner.post("\(SignedInBroker.path)/discoveries")
            let (_, address) = try await broker.depart()
            let back = try await PracticePerson("admin@acmecloud.example").signIn(at: address, in: broker.sandbox)
            _ = try await admin.get("\(Self.page)/disabling")
            let first = Task { await broker.portal.runJobs() }
            let returning = Task { try await broker.owner.open(back) }
            let second = Task { await broker.portal.runJobs() }
            for _ in 0..<round * 20 { await Task.yield() }
            let answer = try await admin.post("\(Self.page)/disabling")
            let calls = broker.sandbox.loggedRequests.count
            #expect(answer.location == "/plugins?done=plugin-disabled")
            _ = await (first.value, second.value)
            _ = try await returning.value
            await broker.portal.runJobs()
            #expect(broker.sandbox.loggedRequests.count == calls, "round \(round)")
            _ = try await admin.get("/plugins")
            _ = try await admin.post("\(Self.page)/enabling")
            await broker.portal.runJobs()
        }
        #expect(try await broker.words(at: "\(SignedInBroker.path)/tenants").contains("62 at Microsoft"))
    }
}
