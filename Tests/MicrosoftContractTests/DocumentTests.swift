import HTTPTypes
import Testing

@testable import MicrosoftContract

@Suite struct DocumentTests {
    @Test(arguments: ContractService.allCases)
    func `a document loads, and every operation says what success is`(_ service: ContractService) throws {
        let document = try ContractDocument(service)
        #expect(!document.operations.isEmpty)
        for operation in document.operations {
            #expect(operation.responses.keys.contains { $0.hasPrefix("2") || $0.hasPrefix("3") }, "\(operation.name)")
            #expect(operation.responses["429"] != nil, "\(operation.name)")
            #expect(operation.response(to: 503) != nil, "\(operation.name)")
        }
    }

    /// Those that are left describe texts of no call: an event that is posted to us, and the claims of tokens.
    @Test(arguments: [
        (ContractService.partnerCenter, ["WebhookEvent"]), (.graph, []), (.azure, []),
        (.entra, ["ApplicationTokenClaims", "IDTokenClaims", "UserTokenClaims"]),
    ])
    func `every schema is used`(_ service: ContractService, _ free: [String]) throws {
        let document = try ContractDocument(service)
        var used: Set<String> = []
        var found = document.operations.reduce(into: Set<String>()) { $0.formUnion($1.references) }
        while let name = found.subtracting(used).first {
            used.insert(name)
            if let schema = document.schemas[name] { found.formUnion(schema.references) }
        }
        for name in free { found.formUnion(document.schemas[name]?.references ?? []) }
        #expect(Set(document.schemas.keys).subtracting(found).sorted() == free)
    }

    /// A document with one operation, and these parts.
    private func document(
        path: String = "/things/{id}", parameters: String = #"[{"name": "id", "in": "path", "schema": {}}]"#,
        operation: String = #"{"responses": {"200": {"description": "", "content": {"application/json": {}}}}}"#,
        components: String = "{}", more: String = ""
    ) throws -> ContractDocument {
        let json = #"""
            {"openapi": "3.1.0", "paths": {"\#(path)": {"parameters": \#(parameters), "get": \#(operation)}},
             "components": \#(components)\#(more)}
            """#
        return try ContractDocument(json: Array(json.utf8))
    }

    @Test func `a document of our own loads`() throws {
        #expect(try document().operationNames == ["GET /things/{id}"])
    }

    @Test func `what would not be checked is refused`() {
        let schema = ##"{"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/None"}}}}}"##
        #expect(throws: ContractError.self) { try document(operation: #"{"responses": \#(schema)}"#) }
        #expect(throws: ContractError.self) {
            try document(operation: ##"{"responses": {"200": {"$ref": "#/components/responses/None"}}}"##)
        }
        #expect(throws: ContractError.self) { try document(operation: #"{"responses": {}, "callbacks": {}}"#) }
        #expect(throws: ContractError.self) { try document(operation: "{}") }
        #expect(throws: ContractError.self) { try document(parameters: "[]") }
        #expect(throws: ContractError.self) { try document(path: "/things/{id}-{other}") }
        #expect(throws: ContractError.self) { try document(components: #"{"examples": {}}"#) }
        #expect(throws: ContractError.self) { try document(components: #"{"schemas": {"A": {"typ": "string"}}}"#) }
        #expect(throws: ContractError.self) { try document(more: #", "webhooks": {}"#) }
        #expect(throws: ContractError.self) { try document(more: #", "security": [{"key": []}]"#) }
    }

    @Test(arguments: [
        (ContractService.graph, HTTPRequest.Method.get, "/v1.0/users/delta?$deltatoken=x", "GET /v1.0/users/delta"),
        (.graph, .get, "/v1.0/users/ana%40a.example", "GET /v1.0/users/{userId}"),
        (
            .graph, .get, "/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='a.example')",
            "GET /v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='{domainName}')"
        ),
        (
            .graph, .get, "/v1.0/servicePrincipals%28appId=%27aaaaaaaa-0000-4000-8000-0000000000a1%27%29",
            "GET /v1.0/servicePrincipals(appId='{appId}')"
        ),
        (.graph, .post, "/v1.0/groups/g/members/$ref", "POST /v1.0/groups/{groupId}/members/$ref"),
        (.partnerCenter, .get, "/V1/Customers/RelationshipRequests", "GET /v1/customers/relationshiprequests"),
        (.partnerCenter, .get, "/v1/customers/c", "GET /v1/customers/{customerId}"),
        (
            .partnerCenter, .get, "/v1/customers/c/subscriptions/s/azureentitlements",
            "GET /v1/customers/{customerId}/subscriptions/{subscriptionId}/azureEntitlements"
        ),
    ])
    func `a path finds its operation`(
        _ service: ContractService, _ method: HTTPRequest.Method, _ path: String, _ name: String
    ) throws {
        #expect(try ContractDocument(service).operationName(method, path) == name)
    }

    @Test(arguments: [
        (ContractService.graph, HTTPRequest.Method.put, "/v1.0/users"), (.graph, .get, "/v1.0/Users"),
        (.graph, .get, "/v1.0/users/"), (.graph, .get, "/beta/users"), (.partnerCenter, .get, "/v1/customers/c/users"),
    ])
    func `a call that is not documented finds none`(
        _ service: ContractService, _ method: HTTPRequest.Method, _ path: String
    ) throws {
        #expect(try ContractDocument(service).operationName(method, path) == nil)
    }
}
