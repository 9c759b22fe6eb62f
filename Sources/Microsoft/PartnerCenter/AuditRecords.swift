public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// Who did what in Partner Center. "Get a record of Partner Center activity by user".
    ///
    /// - Parameters:
    ///   - first: its day in UTC; `last` is included.
    public func auditRecords(
        from first: Date, through last: Date, size: Int = 50, after cursor: String?
    ) async throws -> MicrosoftPage<AuditRecord> {
        try await seek(
            "/v1/auditrecords",
            ["startDate": MicrosoftDate.day(first), "endDate": MicrosoftDate.day(last), "size": "\(size)"],
            after: cursor)
    }

    public struct AuditRecord: Sendable, Decodable, Equatable {
        public let id: String
        public let partnerId: String?
        public let customerId: String?
        public let customerName: String?
        public let userPrincipalName: String?
        public let applicationId: String?
        public let resourceType: String?
        /// JSON, as a text.
        public let resourceNewValue: String?
        /// For example `add_customer`.
        public let operationType: String?
        public let operationStatus: String?
        @Lenient public private(set) var operationDate: Date?
        public let originalCorrelationId: String?
    }

    /// How often each application called with the MFA claim. "Get API request summary".
    public func mfaAdoption() async throws -> [MFAAdoption] {
        try await service.value(.get("/v1/applicationmfaadoptionstatus"))
    }

    public struct MFAAdoption: Sendable, Decodable, Equatable {
        public let applicationId: String
        public let applicationName: String?
        @Lenient public private(set) var loginDate: Date?
        @Lenient public private(set) var totalRequestCount: Int?
        @Lenient public private(set) var mfaCompliantRequestCount: Int?
    }
}
