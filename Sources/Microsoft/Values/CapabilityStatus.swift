/// Of a licence, in Partner Center and in Graph.
public struct CapabilityStatus: MicrosoftWord {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static let enabled: Self = "Enabled"
    public static let warning: Self = "Warning"
    public static let suspended: Self = "Suspended"
    public static let deleted: Self = "Deleted"
    public static let lockedOut: Self = "LockedOut"
}
