import PortalKit

extension DatabaseConnection {
    /// What the page of a person shows to whoever visits it.
    mutating func rows(for person: Person, _ visit: Visit, search: String, _ limits: SessionLimits) throws
        -> UserPage.Rows
    {
        let user = person.user
        let isOfBroker = user.role.realm == .broker
        var chosen: [Organization] = []
        var offered: [Organization] = []
        var all = 0
        if isOfBroker, visit.may(.seeOrganizations) {
            let scope = try visit.scope
            chosen = try self.limits(of: user.id)
            if visit.looksAfter(person) {
                offered = try organizations(of: scope, like: search, limit: InvitationRoutes.offered)
                all = try countOrganizations(of: scope, like: search)
            }
        }
        return try UserPage.Rows(
            person: person, groups: isOfBroker ? user.brokerID.map { try groups(of: $0) } ?? [] : [],
            memberships: isOfBroker ? memberships(of: user.id) : [], limits: chosen, organizations: offered,
            countOrganizations: all,
            sessions: visit.may(.manageUsers) ? countSessions(of: user.id, limits, now: visit.now) : 0)
    }
}
