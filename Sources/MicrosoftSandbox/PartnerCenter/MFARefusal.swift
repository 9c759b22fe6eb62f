/// How Partner Center says that MFA is missing.
public enum MFARefusal: String, Sendable, CaseIterable, Codable {
    /// 401 with code 900421.
    case withBody
    /// 401 with `WWW-Authenticate` and nothing else. Microsoft's status line adds "- MFA required", which SwiftNIO's
    /// server does not send for a status that it knows.
    case withoutBody
}
