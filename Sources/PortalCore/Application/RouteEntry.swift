package import HTTPTypes

/// A line of `gatehouse routes`.
package struct RouteEntry: Sendable {
    package let method: HTTPRequest.Method
    package let path: String
    private let permission: Permission?
    private let rules: RouteRules

    init(method: HTTPRequest.Method, path: String, permission: Permission?, rules: RouteRules) {
        self.method = method
        self.path = path
        self.permission = permission
        self.rules = rules
    }

    /// The permission's name, or `public`.
    package var access: String { permission?.rawValue ?? "public" }

    /// Whether it asks for a step-up.
    package var needsRecentProof: Bool { rules.contains(.recentProof) }
}
