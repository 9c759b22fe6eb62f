public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// One page of the partner's customers. "Get a list of customers": the continuation travels in a header.
    ///
    /// - Parameter cursor: ``MicrosoftPage/next`` of the page before.
    public func customers(
        size: Int, filter: CustomerFilter? = nil, after cursor: String?
    ) async throws -> MicrosoftPage<Customer> {
        let filter = try filter.map { String(decoding: try service.encoded($0), as: UTF8.self) }
        return try await seek("/v1/customers", ["size": "\(size)", "filter": filter], after: cursor)
    }

    /// All that Partner Center tells of one customer. "Get a customer by ID".
    public func customer(_ id: String) async throws -> Customer {
        try await service.value(.get("/v1/customers/\(id)"))
    }

    /// Creates a customer and its tenant; ``Customer/userCredentials`` are shown this once. "Create a customer".
    public func createCustomer(_ customer: NewCustomer, requestID: UUID) async throws -> Customer {
        try await service.value(Call(.post, "/v1/customers", body: customer, requestID: requestID))
    }

    /// Ends the reseller relationship; every subscription must have been suspended. "Remove a reseller relationship with a
    /// customer".
    public func endRelationship(withCustomer id: String, requestID: UUID) async throws -> Customer {
        let body: JSON = .object([
            "relationshipToPartner": .string("none"), "attributes": .object(["objectType": .string("Customer")]),
        ])
        return try await service.value(Call(.patch, "/v1/customers/\(id)", body: body, requestID: requestID))
    }

    /// Whether a domain, `….onmicrosoft.com`, is free. "Verify domain availability": 404 is the good news.
    public func isDomainFree(_ domain: String) async throws -> Bool {
        let answer = try await service.sent(Call(.head, "/v1/domains/\(domain)"))
        if answer.isSuccess { return false }
        guard answer.response.status == .notFound else { throw answer.fault() }
        return true
    }

    /// The address of the page on which a customer's administrator accepts the reseller relationship.
    /// "Request a reseller relationship".
    public func relationshipRequest() async throws -> String {
        let request: RelationshipRequest = try await service.value(.get("/v1/customers/relationshiprequests"))
        return request.url
    }

    private struct RelationshipRequest: Decodable {
        let url: String
    }
}
