import HTTPTypes
import Hummingbird

/// What throttling counts for calls of directory objects. Source: Microsoft Learn, "Microsoft Graph service-specific
/// throttling limits", "Identity and access service limits".
extension GraphCall {
    /// Nil for the services that don't tell.
    func resourceUnits(of call: ServiceCall) -> Int? {
        guard let base = call.resourceUnits else { return nil }
        guard request.method == .get else { return 1 }
        var units = context.parameters.get("id") == nil ? base : 1
        for (name, value) in query.pairs {
            switch name.lowercased() {
            case "$select": units -= 1
            case "$expand": units += 1
            case "$top": if Int(value).map({ $0 < 20 }) ?? false { units -= 1 }
            default: break
            }
        }
        return max(1, units)
    }
}

extension ServiceCall {
    /// Of a request without options; nil where no units are counted.
    fileprivate var resourceUnits: Int? {
        switch self {
        case .subscribedSkus, .contracts, .members: 3
        case .users, .usersDelta, .servicePrincipals, .appRoleAssignments, .permissionGrants: 2
        case .me, .organization, .groups, .invitations: 1
        default: nil
        }
    }
}

extension HTTPField.Name {
    static let resourceUnit = Self("x-ms-resource-unit")!
}
