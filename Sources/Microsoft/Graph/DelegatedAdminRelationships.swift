import HTTPTypes

extension Graph {
    private static let relationships: Path = "/v1.0/tenantRelationships/delegatedAdminRelationships"

    /// "Create delegatedAdminRelationship". A repeated name is refused, so that a second one isn't made unnoticed.
    public func createRelationship(
        _ relationship: NewDelegatedAdminRelationship
    ) async throws -> DelegatedAdminRelationship {
        try await service.value(Call(.post, Self.relationships, body: relationship))
    }

    /// "Get delegatedAdminRelationship".
    public func relationship(_ id: String) async throws -> DelegatedAdminRelationship {
        try await service.value(.get(Self.relationships + "/\(id)"))
    }

    /// A page of the partner's relationships. "List delegatedAdminRelationships".
    ///
    /// - Parameters:
    ///   - tenant: of that customer only.
    ///   - top: at most 300.
    public func relationships(
        status: DelegatedAdminRelationship.Status? = nil, tenant: String? = nil, top: Int? = nil, after cursor: String?
    ) async throws -> MicrosoftPage<DelegatedAdminRelationship> {
        let conditions = [
            status.map { "status eq \(ODataText($0.rawValue))" },
            tenant.map { "customer/tenantId eq \(ODataText($0))" },
        ].compactMap { $0 }
        return try await page(
            Self.relationships,
            [
                "$filter": conditions.isEmpty ? nil : conditions.joined(separator: " and "),
                "$top": top.map { "\($0)" },
            ], after: cursor)
    }

    /// "Update delegatedAdminRelationship".
    ///
    /// - Parameter etag: of the relationship as it was read; else ``MicrosoftFault/isStaleETag``.
    public func update(
        relationship id: String, etag: String, _ change: DelegatedAdminRelationshipChange
    ) async throws -> Update<DelegatedAdminRelationship> {
        try await update(Self.relationships + "/\(id)", etag, change)
    }

    /// Only while it is `created`. "Delete delegatedAdminRelationship".
    public func deleteRelationship(_ id: String, etag: String) async throws {
        _ = try await service.answer(Call(.delete, Self.relationships + "/\(id)", fields: [.ifMatch: etag]))
    }

    /// How a change was taken.
    public enum Update<Value: Sendable & Equatable>: Sendable, Equatable {
        /// Done at once; without a value when the answer has none.
        case done(Value?)
        case underWay(LongRunning)
    }

    func update<Value: Decodable & Sendable & Equatable>(
        _ path: Path, _ etag: String, _ body: any Encodable & Sendable
    ) async throws -> Update<Value> {
        let answer = try await service.answer(Call(.patch, path, fields: [.ifMatch: etag], body: body))
        if answer.response.status == .accepted { return .underWay(try longRunning(answer)) }
        return .done(answer.body.isEmpty ? nil : try answer.read(Value.self))
    }
}

/// A text in an OData filter.
struct ODataText: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        description = "'\(text.replacing("'", with: "''"))'"
    }
}
