import Foundation
import HTML
import Hummingbird
import PortalKit

/// The people whom somebody looks after: the list, and the page of each.
enum UserRoutes {
    private static let pageLength = 50

    static func add(to routes: inout RouteTable) {
        routes.get("/users", .seeUsers, list)
        routes.get("/users/:user", .seeUsers, person)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let scope = visit.people
        let filter = visit.peopleFilter
        let start = visit.pageStart
        let (rows, total, brokers) = try visit.portal.database.read { db in
            (
                try db.people(in: scope, filter, limit: pageLength, offset: start),
                try db.countPeople(in: scope, filter), scope == .portal ? try db.brokerNames() : []
            )
        }
        var frame = visit.frame("Users", scope.purpose(visit.session.broker))
        frame.primaryAction = when(visit.may(.manageUsers), linkButton("Invite somebody", path: "/users/new"))
        let path = "/users?\(filter.query)"
        let page = UserListPage(
            scope: scope, filter: filter, rows: rows, brokers: brokers, roles: scope.roles,
            plugins: visit.portal.plugins,
            maySeeGroups: visit.may(.seeGroups), now: visit.now)
        return visit.show(
            frame,
            """
            \(page.content)
            \(when(total > pageLength, pager(
                first: start + 1, last: start + rows.count, total: total,
                previousPath: start > 0 ? "\(path)&from=\(max(0, start - pageLength))" : nil,
                nextPath: start + rows.count < total ? "\(path)&from=\(start + pageLength)" : nil)))
            """)
    }

    private static func person(_ visit: Visit) throws -> Response {
        try visit.showPerson(visit.parameter("user"))
    }
}

extension PeopleScope {
    /// The roles of the people in it.
    var roles: [Role] {
        switch self {
        case .portal: Role.allCases
        case .broker: Role.all(of: .broker) + Role.all(of: .organization)
        case .organization: Role.all(of: .organization)
        }
    }

    fileprivate func purpose(_ broker: Broker?) -> String {
        switch self {
        case .portal: "The portal's administrators, and the people of every broker."
        case .broker: "The people of \(broker?.name ?? "") and of its customers, and what each may do."
        case .organization: "The people of your organization."
        }
    }
}

extension Visit {
    fileprivate var peopleFilter: PeopleFilter {
        var filter = PeopleFilter()
        filter.search = query("q").trimmingCharacters(in: .whitespacesAndNewlines)
        filter.role = Role(rawValue: query("role"))
        filter.state = Person.State(rawValue: query("state"))
        if people == .portal, !query("broker").isEmpty { filter.broker = Key(query("broker")) }
        return filter
    }

    /// Whether this person gives and takes roles like that one's.
    func looksAfter(_ person: Person) -> Bool {
        may(.manageUsers) && person.user.id != user.id && user.role.grants.contains(person.user.role)
    }

    /// A person's page.
    ///
    /// - Parameter problem: what was wrong with one of its forms.
    /// - Throws: ``PageError/notFound``.
    func showPerson(_ id: Key<User>, problem: UserPage.Problem? = nil) throws -> Response {
        let search = query("q")
        let people = people
        let limits = portal.configuration.sessionLimits
        let rows = try portal.database.read { db -> UserPage.Rows? in
            guard let person = try db.person(id, in: people) else { return nil }
            return try db.rows(for: person, self, search: search, limits)
        }
        guard let rows else { throw PageError.notFound }
        let page = UserPage(
            visit: self, rows: rows, search: search, link: try freshLink().map(freshLinkBox), problem: problem)
        var frame = frame(rows.person.user.name, above: [(title: "Users", path: "/users")])
        frame.hasErrors = problem != nil
        return show(frame, status: problem == nil ? .ok : .unprocessableContent, page.content)
    }
}

extension PeopleFilter {
    fileprivate var query: String {
        "q=\(search.queryEncoded)&role=\(role?.rawValue ?? "")&state=\(state?.rawValue ?? "")&broker=\(broker?.rawValue.queryEncoded ?? "")"
    }
}
