/// A provider that lists the broker's tenants.
public protocol TenantSource: ProviderPlugin {
    /// One page, in any order; a tenant may appear twice. `nil` asks for the first.
    func tenants(after cursor: Cursor?, _ access: any Access) async throws -> Page<DiscoveredTenant>

    /// All that is known of one tenant, its verified domains above all. Asked only where matching needs more than the
    /// list tells.
    func details(of tenant: TenantKey, _ access: any Access) async throws -> DiscoveredTenant
}

/// A place in a list, in the provider's own words; resumes after a restart.
public typealias Cursor = Key<any TenantSource>

public struct Page<Item: Sendable>: Sendable {
    public let items: [Item]
    /// `nil` at the end.
    public let next: Cursor?

    public init(items: [Item], next: Cursor?) {
        self.items = items
        self.next = next
    }
}

/// A tenant's identity. Never its name or domain.
public struct TenantKey: Sendable, Hashable, Codable {
    public let namespace: String
    public let id: String

    public init(namespace: String, id: String) {
        self.namespace = namespace
        self.id = id
    }
}

/// A tenant as the provider tells of it.
public struct DiscoveredTenant: Sendable, Hashable, Codable {
    public let id: String
    public let name: String
    /// Lower case.
    public let domains: [Domain]

    public init(id: String, name: String, domains: [Domain]) {
        self.id = id
        self.name = name
        self.domains = domains
    }

    public struct Domain: Sendable, Hashable, Codable {
        public let name: String
        /// The provider has checked that the tenant owns it.
        public let isVerified: Bool

        public init(name: String, isVerified: Bool) {
            self.name = name
            self.isVerified = isVerified
        }
    }
}
