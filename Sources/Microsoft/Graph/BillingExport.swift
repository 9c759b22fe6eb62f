public import Foundation
import HTTPTypes

extension Graph {
    /// Begins an export of what is on an invoice. "billedReconciliation: export", "billedUsage: export". May be repeated:
    /// it begins another export of the same.
    public func exportBilled(
        _ kind: BillingExportKind, invoice: String, attributes: BillingAttributes = .full
    ) async throws -> LongRunning {
        try await export(
            kind.path + "/billed/export", ["invoiceId": invoice, "attributeSet": attributes.rawValue])
    }

    /// Begins an export of what is on no invoice yet. "unbilledReconciliation: export", "unbilledUsage: export". May be
    /// repeated.
    public func exportUnbilled(
        _ kind: BillingExportKind, currencyCode: String, period: BillingPeriod, attributes: BillingAttributes = .full
    ) async throws -> LongRunning {
        try await export(
            kind.path + "/unbilled/export",
            [
                "currencyCode": currencyCode, "billingPeriod": period.rawValue, "attributeSet": attributes.rawValue,
            ])
    }

    /// How far an export is. "Get operation".
    public func billingExport(at location: LongRunning) async throws -> BillingExport {
        let answer = try await service.answer(Call(.get, .link(location.location)))
        let operation = try answer.read(Operation.self)
        switch operation.kind {
        case "runningOperation", "notStarted", "running": return .running(retryAfter: answer.retryAfter)
        case "exportSuccessOperation", "succeeded":
            guard let manifest = operation.resourceLocation else {
                throw answer.unreadable("The export has ended, and has no manifest.")
            }
            return .succeeded(manifest)
        case "failedOperation", "failed": return .failed(answer.fault())
        default: throw answer.unreadable("The state of the export is not known: \(operation.kind.prefix(100))")
        }
    }

    private func export(_ path: Path, _ body: [String: String]) async throws -> LongRunning {
        try longRunning(try await service.answer(Call(.post, path, body: body)))
    }

    public enum BillingExportKind: Sendable {
        case reconciliation
        /// Daily rated usage.
        case usage

        fileprivate var path: Path {
            switch self {
            case .reconciliation: "/v1.0/reports/partners/billing/reconciliation"
            case .usage: "/v1.0/reports/partners/billing/usage"
            }
        }
    }

    public enum BillingAttributes: String, Sendable {
        case full
        case basic
    }

    public enum BillingPeriod: String, Sendable {
        case current
        case last
    }

    public enum BillingExport: Sendable, Equatable {
        case running(retryAfter: Duration?)
        case succeeded(BillingManifest)
        case failed(MicrosoftFault)
    }

    /// Where the files of an export are: in another service, which wants the manifest's own signature and must not get a
    /// token.
    public struct BillingManifest: Sendable, Decodable, Equatable, CustomStringConvertible {
        public let id: String?
        public let rootDirectory: String
        /// A secret: it opens the files.
        public let sasToken: String
        @Lenient public private(set) var blobCount: Int?
        public let blobs: [Blob]?
        /// `compressedJSONLines`: gzip, one JSON object a line.
        public let dataFormat: String?
        public let schemaVersion: String?
        public let eTag: String?
        @Lenient public private(set) var createdDateTime: Date?

        public struct Blob: Sendable, Decodable, Equatable {
            public let name: String
            public let partitionValue: String?
        }

        public func address(of blob: Blob) -> String { "\(rootDirectory)/\(blob.name)?\(sasToken)" }

        public var description: String { "\(blobs?.count ?? 0) files below \(rootDirectory)" }
    }

    private struct Operation: Decodable {
        let type: String?
        let status: String?
        let resourceLocation: BillingManifest?

        /// The documentation decides by the type; the status says the same.
        var kind: String { type?.split(separator: ".").last.map(String.init) ?? status ?? "" }

        private enum CodingKeys: String, CodingKey {
            case status, resourceLocation
            case type = "@odata.type"
        }
    }
}
