import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct PartnerCenterBillingTests {
    @Test func `an invoice is found by both its names, with a statement as PDF`() async throws {
        let partner = try await PracticePartner()
        for id in ["G000192601", "OneTime-G000192601"] {
            #expect(await partner.get("invoices/\(id)").json["totalCharges"] as? Double == 1234.56)
        }
        let statement = await partner.get("invoices/G000192601/documents/statement")
        #expect(statement.header("Content-Type") == "application/pdf")
        #expect(statement.text.hasPrefix("%PDF-1.4") && statement.text.hasSuffix("%%EOF\n"))
        #expect(await partner.get("invoices/G000192500").code == "1000")
        #expect(try await partner.ofLiberty().get("invoices/G000192601").code == "1000")
    }

    @Test func `a summary has dates without a zone, and the year 1 for none`() async throws {
        let partner = try await PracticePartner()
        let summary = await partner.items("invoices/summaries").first ?? [:]
        #expect(summary["lastPaymentDate"] as? String == "0001-01-01T00:00:00")
        #expect(summary["latestInvoiceDate"] as? String == "2026-01-08T00:00:00")
        #expect(summary["balanceAmount"] as? Double == 1234.56)
    }

    static let unbilled =
        "invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&currencycode=EUR"
        + "&period=current"

    @Test func `unbilled lines come in pages that cut customers in two, and none twice`() async throws {
        let partner = try await PracticePartner()
        let whole = await partner.items(Self.unbilled)
        #expect(whole.count > 62)
        var ids: [String] = []
        var token: String?
        repeat {
            let reply = await partner.get(
                "\(Self.unbilled)&size=7\(token == nil ? "" : "&seekOperation=Next")",
                headers: token.map { ["MS-ContinuationToken": $0] } ?? [:])
            #expect(reply.status == 200)
            ids += (reply.json["items"] as? [[String: Any]] ?? []).compactMap { $0["subscriptionId"] as? String }
            token = reply.header("MS-ContinuationToken")
        } while token != nil && ids.count <= whole.count
        #expect(ids == whole.compactMap { $0["subscriptionId"] as? String })
        #expect(Set(ids).count == ids.count)
    }

    @Test func `numbers are text in some lines, and some customers have a prefix`() async throws {
        let partner = try await PracticePartner()
        let lines = await partner.items(Self.unbilled)
        #expect(lines.contains { $0["quantity"] is String } && lines.contains { $0["quantity"] is Int })
        #expect(lines.contains { ($0["customerId"] as? String)?.hasPrefix("org:") == true })
        #expect(lines.allSatisfy { $0["pcToBCExchangeRateDate"] as? String == "0001-01-01T00:00:00" })
    }

    @Test func `billed lines stand under the address in the invoice too`() async throws {
        let partner = try await PracticePartner()
        let invoice = await partner.get("invoices/G000192601").json
        let detail = (invoice["invoiceDetails"] as? [[String: Any]])?.first
        let uri = ((detail?["links"] as? [String: [String: Any]])?["self"]?["uri"] as? String ?? "").dropFirst()
        let lines = await partner.items(String(uri))
        #expect(!lines.isEmpty)
        #expect(lines.allSatisfy { $0["invoiceNumber"] as? String == "G000192601" })
    }

    @Test(arguments: [
        "size=2001", "size=0", "currencycode=XXX", "period=next", "provider=none", "invoicelineitemtype=none",
    ])
    func `a parameter of the line items that makes no sense is 400`(parameter: String) async throws {
        let partner = try await PracticePartner()
        let name = parameter.prefix { $0 != "=" }
        let kept = Self.unbilled.split(separator: "?")[1].split(separator: "&").filter { !$0.hasPrefix(name) }
        let reply = await partner.get(
            "invoices/unbilled/lineitems?\(kept.joined(separator: "&"))&\(parameter)")
        #expect(reply.status == 400)
        #expect(reply.code == "3000")
    }

    @Test func `what is done is on record, for the partner that did it`() async throws {
        let partner = try await PracticePartner()
        let id = "eeeeeeee-0000-4000-8000-0000000000c1"
        let reply = await partner.send(
            .post, "customers", PartnerCenterCustomerTests.customer("tulip"), headers: ["MS-CorrelationId": id])
        let path = "auditrecords?startDate=2026-01-15&endDate=2026-01-15"
        let records = await partner.items(path)
        #expect(records.map { $0["operationType"] as? String } == ["add_customer"])
        #expect(records.first?["customerId"] as? String == reply.json["id"] as? String)
        #expect(records.first?["originalCorrelationId"] as? String == id)
        #expect(records.first?["userPrincipalName"] as? String == "admin@acmecloud.example")
        #expect(try await partner.ofLiberty().items(path).isEmpty)
    }

    @Test func `records of earlier days are the same each time, and come in pages`() async throws {
        let partner = try await PracticePartner()
        let path = "auditrecords?startDate=2025-11-01&endDate=2026-01-14"
        let first = await partner.get(path)
        #expect(first.json["totalCount"] as? Int == 50)
        #expect(first.header("MS-ContinuationToken") != nil)
        let ids = (first.json["items"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        #expect(await partner.items(path).compactMap { $0["id"] as? String } == ids)
        for query in ["", "?startDate=yesterday", "?startDate=2026-01-15&endDate=2026-01-01"] {
            #expect(await partner.get("auditrecords\(query)").code == "3000")
        }
    }
}
