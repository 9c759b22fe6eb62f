import PortalKit

/// Why a change of a person is refused, although whoever asks for it may make such changes.
enum PersonRefusal: Error, Equatable {
    case oneself
    case lastOwner
    case lastAdministrator
    case cannotBeLimited(Role)
    case isOfCustomer
    case isDisabled
    case isNotDisabled
    case isInvited
    case hasSignedIn

    var text: String {
        switch self {
        case .oneself: "This is you. Ask somebody else who looks after people here to change it."
        case .lastOwner:
            "This is the last owner who can sign in. Nobody could look after the broker any more; make somebody else an owner first, and see that they have signed in."
        case .lastAdministrator:
            "This is the last portal administrator who can sign in. Nobody could look after the portal any more; make another one first, and see that they have signed in."
        case .cannotBeLimited(let role):
            "The role \(role.title) can't be limited to organizations: it answers for the whole. Change the role first."
        case .isOfCustomer: "Groups are for the broker's own people, and this is somebody of a customer."
        case .isDisabled: "This person is disabled. Enable it first."
        case .isNotDisabled: "This person is not disabled."
        case .isInvited: "This person has no password yet. Send a new invitation."
        case .hasSignedIn:
            "This person has something to sign in with already, and what it did keeps its name: it is neither invited anew nor deleted. Send a link to set a new password, or disable it."
        }
    }
}

extension DatabaseConnection {
    /// Makes a change that could take away the last person in charge: a broker's owner, or the portal's administrator.
    /// The judgement is part of the transaction, so that two changes at once can't take away the last two.
    ///
    /// - Throws: ``PersonRefusal/lastOwner``, ``PersonRefusal/lastAdministrator``; the transaction then ends without effect.
    mutating func keepingSomebodyInCharge(
        of broker: Key<Broker>?, _ change: (inout DatabaseConnection) throws -> Void
    ) throws {
        let before = try countInCharge(of: broker)
        try change(&self)
        guard before > 0, try countInCharge(of: broker) == 0 else { return }
        throw broker == nil ? PersonRefusal.lastAdministrator : PersonRefusal.lastOwner
    }

    /// Enabled people with a way to sign in, who look after a broker or, for `nil`, after the portal.
    private mutating func countInCharge(of broker: Key<Broker>?) throws -> Int {
        let place: SQL = if let broker { "broker_id = \(broker)" } else { "broker_id IS NULL" }
        let role: Role = broker == nil ? .portalAdministrator : .brokerOwner
        return try count(
            """
            SELECT COUNT(*) FROM portal_user
            WHERE \(place) AND role = \(role) AND disabled_at IS NULL AND \(Person.wayIn)
            """)
    }
}
