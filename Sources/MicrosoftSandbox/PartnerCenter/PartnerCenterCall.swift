import Foundation
import HTTPTypes
import Hummingbird

/// One authenticated request to Partner Center.
struct PartnerCenterCall: Sendable {
    let request: Request
    let context: SandboxContext
    let partner: Partner
    let query: FormFields

    /// Not negative, or nil when not sent.
    func number(_ name: String) throws(PartnerCenterFault) -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text), number >= 0 else { throw .invalidProperty(name) }
        return number
    }
}
