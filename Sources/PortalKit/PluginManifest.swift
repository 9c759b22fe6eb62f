/// Facts about a plugin, from which screens, documentation and error messages are made.
public struct PluginManifest: Sendable {
    /// Lowercase with hyphens; stable for ever, since rows name it.
    public let id: Key<PluginManifest>
    public let version: String
    /// The company behind the service, in its own spelling.
    public let provider: String
    /// Plugins of one provider share the tenants of one namespace.
    public let namespace: String
    public let listing: Listing
    /// What the operator of the portal sets once for all brokers.
    public let settings: Form
    /// What a sign-in asks for, each with the reason that a person is shown.
    public let permissions: [Permission]

    public init(
        id: Key<PluginManifest>, version: String, provider: String, namespace: String, listing: Listing, settings: Form,
        permissions: [Permission]
    ) {
        self.id = id
        self.version = version
        self.provider = provider
        self.namespace = namespace
        self.listing = listing
        self.settings = settings
        self.permissions = permissions
    }

    /// The words of the marketplace, and those that the provider's users know its pages by.
    public struct Listing: Sendable {
        public let name: String
        /// One sentence: what the service does for the broker.
        public let summary: String
        /// What it does, a line each.
        public let does: [String]
        /// What a broker needs before it starts, a line each.
        public let needs: [String]
        /// Who it is for, one sentence.
        public let audience: String
        /// Where its tenants come from, as it stands in the tenants' *Source* column.
        public let source: String
        /// The title of the page that signs in at the provider.
        public let connectionTitle: String
        /// The title of the page that links tenants.
        public let linkTitle: String
        /// What the broker's customers read in the e-store, one sentence.
        public let offer: String
        /// The name by which the provider's users know the role that connects, sets up and links tenants.
        public let accessRole: String?

        public init(
            name: String, summary: String, does: [String], needs: [String], audience: String, source: String,
            connectionTitle: String, linkTitle: String, offer: String,
            accessRole: String? = nil
        ) {
            self.name = name
            self.summary = summary
            self.does = does
            self.needs = needs
            self.audience = audience
            self.source = source
            self.connectionTitle = connectionTitle
            self.linkTitle = linkTitle
            self.offer = offer
            self.accessRole = accessRole
        }
    }

    /// A permission, in the provider's word and in plain ones.
    public struct Permission: Sendable {
        public let name: String
        public let reason: String

        public init(name: String, reason: String) {
            self.name = name
            self.reason = reason
        }
    }
}
