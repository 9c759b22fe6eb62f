import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct BillingExportTests {
    typealias Client = DelegatedAdminClient

    private static let path = "reports/partners/billing"

    @Test(arguments: [
        ("reconciliation/billed", #"{"invoiceId":"G000192601","attributeSet":"full"}"#, "SubscriptionDescription"),
        ("reconciliation/unbilled", #"{"currencyCode":"EUR","billingPeriod":"current"}"#, "Total"),
        ("usage/billed", #"{"invoiceId":"G000192601","attributeSet":"basic"}"#, "MeterCategory"),
        ("usage/unbilled", #"{"currencyCode":"EUR","billingPeriod":"last","attributeSet":"full"}"#, "MeterRegion"),
    ])
    func `an export runs, succeeds, and its files hold a line for each customer`(
        kind: String, json: String, attribute: String
    ) async throws {
        let admin = try await Client()
        let started = await admin.send(.post, "\(Self.path)/\(kind)/export", json)
        #expect(started.status == 202)
        #expect(started.body.isEmpty)
        let operation = started.header("Location")?.replacing("http://127.0.0.1:8090", with: "") ?? ""
        for status in ["notStarted", "running"] {
            let reply = await admin.get(operation)
            #expect(reply.json["status"] as? String == status)
            #expect(reply.json["@odata.type"] as? String == "#microsoft.graph.partners.billing.runningOperation")
            #expect(reply.header("Retry-After") == "10")
            try admin.sandbox.advanceClock(by: 1)
        }
        let done = await admin.get(operation).json
        #expect(done["@odata.type"] as? String == "#microsoft.graph.partners.billing.exportSuccessOperation")
        let manifest = done["resourceLocation"] as? [String: Any] ?? [:]
        #expect(manifest["dataFormat"] as? String == "compressedJSONLines")
        let again = await admin.get("\(Self.path)/manifests/\(manifest["id"] as? String ?? "")").json
        #expect(again["blobCount"] as? Int == 1)

        let lines = try await lines(admin, manifest)
        #expect(lines.count == 62)
        #expect(lines.first?["CustomerName"] as? String == "Northgate Bakery")
        #expect(lines.first?[attribute] != nil)
    }

    @Test func `a blob wants its signature, for a day, and no token`() async throws {
        let admin = try await Client()
        let manifest = try await self.manifest(admin)
        let address = try address(manifest)
        #expect(await admin.client.get(address).status == 200)
        #expect(await admin.get(address).status == 403)
        #expect(await admin.client.get(String(address.prefix { $0 != "?" })).status == 403)
        let other = try await self.manifest(admin)
        let mixed = address.prefix { $0 != "?" } + "?" + (other["sasToken"] as? String ?? "")
        #expect(await admin.client.get(String(mixed)).status == 403)
        let wrong = address.replacing(".json.gz", with: ".json")
        #expect(await admin.client.get(wrong).status == 404)
        try admin.sandbox.advanceClock(by: 86400)
        #expect(await admin.client.get(address).status == 403)
    }

    @Test func `thousands of customers come in several files`() async throws {
        let client = try await PracticeClient(customers: 2500)
        let liberty = try await Client.liberty(client)
        let manifest = try await self.manifest(liberty)
        #expect(manifest["blobCount"] as? Int == 3)
        let lines = try await lines(liberty, manifest)
        #expect(lines.count == 2500)
        #expect(Set(lines.compactMap { $0["CustomerId"] as? String }).count == 2500)
    }

    @Test func `an export fails for an invoice of nobody, and on demand`() async throws {
        let admin = try await Client()
        admin.sandbox.add(Fault(.refusal, service: .graph, call: .billingExports, form: "3042"))
        for (invoice, code) in [("G000192601", "3042"), ("G000292601", "InvoiceNotFound")] {
            let started = await admin.send(
                .post, "\(Self.path)/reconciliation/billed/export", #"{"invoiceId":"\#(invoice)"}"#)
            try admin.sandbox.advanceClock(by: 2)
            let operation = await admin.get(
                started.header("Location")?.replacing("http://127.0.0.1:8090", with: "") ?? ""
            ).json
            #expect(operation["status"] as? String == "failed")
            #expect((operation["error"] as? [String: Any])?["code"] as? String == code)
            #expect(operation["resourceLocation"] == nil)
        }
    }

    @Test(arguments: [
        ("reconciliation/billed", "{}"), ("reconciliation/billed", #"{"invoiceId":7}"#), ("usage/billed", ""),
        ("usage/billed", #"{"invoiceId":"G000192601","attributeSet":"some"}"#),
        ("usage/billed", #"{"invoiceId":"G000192601","currencyCode":"EUR"}"#),
        ("usage/unbilled", #"{"currencyCode":"euro","billingPeriod":"last"}"#),
        ("usage/unbilled", #"{"currencyCode":"EUR"}"#),
        ("reconciliation/unbilled", #"{"currencyCode":"EUR","billingPeriod":"never"}"#),
    ])
    func `an export that makes no sense is 400`(kind: String, json: String) async throws {
        #expect(await (try await Client()).send(.post, "\(Self.path)/\(kind)/export", json).status == 400)
    }

    @Test func `exports are the partner's own, and its admin agents'`() async throws {
        let admin = try await Client()
        let manifest = try await self.manifest(admin)
        let other = try await Client.liberty(admin.client)
        #expect(await other.get("\(Self.path)/manifests/\(manifest["id"] as? String ?? "")").status == 404)
        let clerk = try await Client(admin.client, as: PracticePerson("clerk@acmecloud.example"))
        let refused = await clerk.send(
            .post, "\(Self.path)/usage/billed/export", #"{"invoiceId":"G000192601"}"#)
        #expect(refused.status == 403)
        #expect(await admin.get("\(Self.path)/operations/nothing").status == 404)
    }

    /// Of an export that is done.
    private func manifest(_ admin: Client) async throws -> [String: Any] {
        let started = await admin.send(
            .post, "\(Self.path)/usage/unbilled/export", #"{"currencyCode":"EUR","billingPeriod":"last"}"#)
        try admin.sandbox.advanceClock(by: 2)
        let address = started.header("Location")?.replacing("http://127.0.0.1:8090", with: "") ?? ""
        return await admin.get(address).json["resourceLocation"] as? [String: Any] ?? [:]
    }

    private func address(_ manifest: [String: Any], blob index: Int = 0) throws -> String {
        let blobs = try #require(manifest["blobs"] as? [[String: String]])
        let root = try #require(manifest["rootDirectory"] as? String).replacing("http://127.0.0.1:8090", with: "")
        return "\(root)/\(blobs[index]["name"] ?? "")?\(manifest["sasToken"] as? String ?? "")"
    }

    private func lines(_ admin: Client, _ manifest: [String: Any]) async throws -> [[String: Any]] {
        var lines: [[String: Any]] = []
        for index in 0..<(manifest["blobCount"] as? Int ?? 0) {
            let reply = await admin.client.get(try address(manifest, blob: index))
            #expect(reply.status == 200)
            lines += try unpacked(reply.body).split(separator: 0x0a).compactMap {
                try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any]
            }
        }
        return lines
    }

    /// By the system's own gzip, which checks length and checksum.
    private func unpacked(_ file: [UInt8]) throws -> Data {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gz")
        try Data(file).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-dc", path.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return data
    }
}
