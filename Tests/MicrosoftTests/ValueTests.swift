import Foundation
import Microsoft
import Testing

@Suite struct ValueTests {
    @Test(arguments: [
        ("2026-01-15T21:28:19.3058617Z", 1_768_512_499.305_861_7), ("2026-01-15T21:28:19", 1_768_512_499),
        ("2026-01-15T21:28:19Z", 1_768_512_499), ("2026-01-15T23:28:19+02:00", 1_768_512_499),
        ("2026-01-15T19:58:19-0130", 1_768_512_499), ("2026-01-15T21:28", 1_768_512_480),
        ("2026-01-15 21:28:19Z", 1_768_512_499), ("2026-01-15", 1_768_435_200), ("2024-02-29", 1_709_164_800),
        ("1970-01-01", 0), ("1969-12-31T23:59:59Z", -1), ("2000-03-01", 951_868_800),
        ("9999-12-31T23:59:59.9999999", 253_402_300_799.999_999_9),
    ])
    func `dates are read in each of Microsoft's forms`(text: String, seconds: Double) throws {
        let date = try #require(MicrosoftDate.date(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_01)
    }

    @Test(arguments: ["", "0001-01-01", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z"])
    func `no date has several forms`(text: String) async throws {
        #expect(MicrosoftDate.date(text) == nil)
        let body = #"{"id":"G1","invoiceDate":"\#(text)"}"#
        #expect(try await Wire(body).partnerCenter.invoice("G1").invoiceDate == nil)
    }

    @Test(arguments: ["2026-13-01", "yesterday", "2026-01-15T25:00:00", "２０２６-01-15", "2026-01-15T10:00:00Zx"])
    func `what is not a date makes the answer unreadable`(text: String) async throws {
        let body = #"{"id":"G1","invoiceDate":"\#(text)"}"#
        let fault = try await faultOf { _ = try await Wire(body).partnerCenter.invoice("G1") }
        #expect(fault?.reason == .unreadable)
    }

    @Test(arguments: [
        ("1234.56", "1234.56"), (#""1234.56""#, "1234.56"), ("0.1", "0.1"), (#""-7""#, "-7"), ("1e2", "100"),
        ("4.80", "4.8"), ("9007199254740993", "9007199254740993"), ("0.0000001", "0.0000001"),
    ])
    func `money is exact, written as a number or as a text`(written: String, exact: String) async throws {
        let invoice = try await Wire(#"{"id":"G1","totalCharges":\#(written)}"#).partnerCenter.invoice("G1")
        #expect(invoice.totalCharges?.description == exact)
    }

    @Test(arguments: ["null", #""""#])
    func `no number is nil`(written: String) async throws {
        let invoice = try await Wire(#"{"id":"G1","totalCharges":\#(written)}"#).partnerCenter.invoice("G1")
        #expect(invoice.totalCharges == nil)
        #expect(try await Wire(#"{"id":"G1"}"#).partnerCenter.invoice("G1").totalCharges == nil)
    }

    @Test(arguments: [#""12abc""#, #""NaN""#, #""1,5""#, "true", "{}", "1e400", #""١٢""#])
    func `what is not a number makes the answer unreadable`(written: String) async throws {
        let wire = Wire(#"{"id":"G1","totalCharges":\#(written)}"#)
        #expect(try await faultOf { _ = try await wire.partnerCenter.invoice("G1") }?.reason == .unreadable)
    }

    @Test func `only the id is needed, and more than is known does no harm`() async throws {
        #expect(try await Wire(#"{"id":"c1"}"#).partnerCenter.customer("c1").companyProfile == nil)
        #expect(try await Wire(#"{"id":"u1","unheardOf":{"a":[1]}}"#).graph.user("u1").displayName == nil)
        #expect(try await faultOf { _ = try await Wire("{}").graph.user("u1") }?.reason == .unreadable)
    }

    @Test func `an unknown word survives`() async throws {
        let customer = try await Wire(#"{"id":"c1","relationshipToPartner":"friend"}"#).partnerCenter.customer("c1")
        #expect(customer.relationshipToPartner == "friend" && customer.relationshipToPartner != .reseller)
    }

    @Test(arguments: [
        ("created", Graph.DelegatedAdminRelationship.Phase.waitingForUs), ("approvalPending", .waitingForCustomer),
        ("approved", .beingSetUp), ("activating", .beingSetUp), ("active", .usable), ("expiring", .overOrEnding),
        ("expired", .overOrEnding), ("terminationRequested", .overOrEnding), ("terminating", .overOrEnding),
        ("terminated", .overOrEnding), ("unknownFutureValue", .overOrEnding), ("paused", .overOrEnding),
    ])
    func `every status of a relationship has its phase`(word: String, phase: Graph.DelegatedAdminRelationship.Phase)
        async throws
    {
        let relationship = try await Wire(#"{"id":"r1","status":"\#(word)"}"#).graph.relationship("r1")
        #expect(relationship.status?.rawValue == word && relationship.status?.phase == phase)
    }

    @Test func `secrets are not part of a description`() async throws {
        let customer = try await Wire(
            #"{"id":"c1","userCredentials":{"userName":"admin","password":"Fake-Passw0rd"}}"#
        ).partnerCenter.customer("c1")
        #expect(customer.userCredentials?.password == "Fake-Passw0rd" && !"\(customer)".contains("Passw0rd"))
    }
}
