import Foundation

extension JSON {
    /// UTC with milliseconds; null when there is none.
    static func dateTime(_ date: Date?) -> JSON {
        guard let date else { return .null }
        return .string(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }

    /// Source: Microsoft Learn, "delegatedAdminAccessDetails resource type".
    static func accessDetails(_ roles: [String]) -> JSON {
        ["unifiedRoles": .array(roles.map { ["roleDefinitionId": .string($0)] })]
    }

    /// A member of an evolvable enumeration, or its sentinel. Source: Microsoft Learn, "Best practices for working with
    /// Microsoft Graph".
    static func member(_ name: String, unless isHidden: Bool) -> JSON {
        isHidden ? "unknownFutureValue" : .string(name)
    }
}
