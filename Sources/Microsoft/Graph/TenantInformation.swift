extension Graph {
    /// The customers that the partner reaches by GDAP. "List delegatedAdminCustomers".
    public func delegatedAdminCustomers(
        top: Int? = nil, after cursor: String?
    ) async throws -> MicrosoftPage<DelegatedAdminCustomer> {
        try await page(
            "/v1.0/tenantRelationships/delegatedAdminCustomers", ["$top": top.map { "\($0)" }], after: cursor)
    }

    /// What is public about any tenant. "tenantRelationship: findTenantInformationByTenantId".
    public func tenantInformation(tenantID: String) async throws -> TenantInformation {
        try await service.value(
            .get("/v1.0/tenantRelationships/findTenantInformationByTenantId(tenantId='\(tenantID)')"))
    }

    /// What is public about the tenant of a domain. "tenantRelationship: findTenantInformationByDomainName".
    public func tenantInformation(domain: String) async throws -> TenantInformation {
        try await service.value(
            .get("/v1.0/tenantRelationships/findTenantInformationByDomainName(domainName='\(domain)')"))
    }

    /// The partner's contracts with customers. "List contracts".
    public func contracts(top: Int? = nil, after cursor: String?) async throws -> MicrosoftPage<Contract> {
        try await page("/v1.0/contracts", ["$top": top.map { "\($0)" }], after: cursor)
    }

    public struct DelegatedAdminCustomer: Sendable, Decodable, Equatable {
        public let id: String
        public let tenantId: String?
        public let displayName: String?
    }

    public struct TenantInformation: Sendable, Decodable, Equatable {
        public let tenantId: String
        public let displayName: String?
        public let defaultDomainName: String?
        public let federationBrandName: String?
    }

    public struct Contract: Sendable, Decodable, Equatable {
        public let id: String
        /// The customer's tenant.
        public let customerId: String?
        public let displayName: String?
        public let defaultDomainName: String?
        /// For example `ResellerPartner`.
        public let contractType: String?
    }
}
