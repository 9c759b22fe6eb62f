import Foundation
import PortalKit
import Testing

@testable import PortalCore

/// docs/roles.md says what the code does.
@Suite struct RoleTableTests {
    static let words: [String: String] = [
        "seeHome": "See the start page",
        "seeServices": "See the marketplace and the broker's services",
        "manageServices": "Add and remove services",
        "seeConnections": "See how a service is signed in at its provider",
        "manageConnections": "Sign in at a provider",
        "seeOrganizations": "See organizations",
        "seeTenants": "See tenants and totals, and search",
        "linkTenants": "Read lists, link, create and exclude tenants, one by one and in bulk",
        "seeSetups": "See how tenants are set up, and what customers are asked",
        "setUpTenants": "Add tenants, set them up, ask customers, disable and remove them",
        "seeJobs": "See jobs",
        "manageJobs": "Cancel and retry jobs",
        "seeStore": "See the E-Store",
        "seeOwnOrganization": "See the own organization and its tenants",
        "seeUsers": "See the people one looks after",
        "manageUsers": "Invite, change, disable and sign out people",
        "seeGroups": "See groups",
        "manageGroups": "Make groups, choose their members, limit people to organizations",
        "seeSecurity": "See how the broker's people sign in",
        "manageSecurity": "Set up, require and pause single sign-on",
        "managePlugins": "Enable, disable, set up and test plugins",
        "manageBrokers": "Make, change, disable and erase brokers",
        "seeAttention": "See what needs a person",
        "manageAttention": "Snooze what needs a person, and wake it",
        "seeMail": "See the outbox",
        "seeAddresses": "See the addresses to register at providers",
        "seeAudit": "See the audit",
    ]

    /// The tables of the page, made of the code.
    static var tables: String {
        var lines = ["| may | " + Role.allCases.map(\.title).joined(separator: " | ") + " | limited people |"]
        lines.append("|---|" + Role.allCases.map { _ in ":-:" }.joined(separator: "|") + "|:-:|")
        for permission in Permission.allCases {
            let cells = Role.allCases.map { $0.permissions.contains(permission) ? "yes" : "" }
            let isLeft =
                !permission.isBrokerWide
                && Role.allCases.contains { $0.canBeLimited && $0.permissions.contains(permission) }
            lines.append(
                "| \(words[permission.rawValue] ?? "?") (`\(permission.rawValue)`) | " + cells.joined(separator: " | ")
                    + " | \(isLeft ? "if the role may" : "") |")
        }
        lines += [
            "", "| role | gives and takes the roles | needs a second step | can be limited, or given by a group |",
            "|---|---|:-:|:-:|",
        ]
        for role in Role.allCases {
            lines.append(
                "| \(role.title) | \(role.grants.map(\.title).joined(separator: ", ")) | \(role.needsSecondFactor ? "yes" : "") | \(role.canBeLimited ? "yes" : "") |"
            )
        }
        return lines.joined(separator: "\n")
    }

    @Test func `docs/roles.md shows the table of roles as it is`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let page = try String(contentsOf: root.appending(path: "docs/roles.md"), encoding: .utf8)
        for permission in Permission.allCases {
            #expect(
                Self.words[permission.rawValue] != nil, "say in RoleTableTests.words what \(permission.rawValue) means")
        }
        #expect(page.contains(Self.tables), "docs/roles.md is stale. Its tables are now:\n\(Self.tables)")
    }

    @Test func `nobody gives a role that reaches beyond the giver's own place`() {
        for role in Role.allCases {
            for given in role.grants {
                let places: [Role.Realm] = [.organization, .broker, .portal]
                let own = places.firstIndex(of: role.realm) ?? 0
                #expect((places.firstIndex(of: given.realm) ?? 9) <= own, "\(role) gives \(given)")
            }
        }
        #expect(Role.brokerManager.grants.isEmpty && Role.customerUser.grants.isEmpty)
        #expect(!Role.allCases.contains { $0.canBeOfGroup && $0.needsSecondFactor })
    }

    @Test func `limited people keep nothing that concerns the whole broker`() {
        let left = Role.allCases.filter(\.canBeLimited).reduce(into: Set<Permission>()) { all, role in
            all.formUnion(PersonAccess(role: role, organizations: ["one"]).permissions)
        }
        #expect(left == [.seeHome, .seeServices, .seeOrganizations, .seeTenants, .seeStore])
        #expect(PersonAccess(role: .brokerOwner, organizations: ["one"]).organizations == nil)
    }
}
