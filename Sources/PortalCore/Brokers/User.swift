import Foundation
import PortalKit

/// A person who signs in.
struct User: Sendable, Hashable {
    let id: Key<User>
    let email: String
    let name: String
    let role: Role
    let brokerID: Key<Broker>?
    let organizationID: Key<Organization>?
    /// Of practice mode: everybody knows its password.
    var isDemo = false
}
