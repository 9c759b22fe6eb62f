import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

extension Visit {
    /// What surrounds a page for this person, here.
    func frame(_ title: String, _ purpose: String? = nil, above breadcrumbs: [(title: String, path: String)] = [])
        -> PageFrame
    {
        PageFrame(
            title: title, breadcrumbs: breadcrumbs, purpose: purpose, menu: menu,
            brokerName: session.broker?.name ?? "Gatehouse",
            regionChip: regionChip, searchPath: may(.seeTenants) ? "/search" : may(.seeUsers) ? "/users" : nil,
            user: (name: user.name, email: user.email), csrfToken: session.formToken,
            ribbons: ribbons, notice: Done(rawValue: query("done")).map { Notice(kind: .good, text: $0.text) })
    }

    func show(_ frame: PageFrame, status: HTTPResponse.Status = .ok, _ content: HTML) -> Response {
        .page(page(frame, content), status: status)
    }

    private var regionChip: String? {
        if case .region(let region) = place { return region.label }
        return session.broker.map { portal.addresses.home(of: $0).label }
    }

    private var menu: [MenuGroup] {
        let groups: [(String?, [(String, String, Permission)])] = [
            (nil, [("Home", "/", .seeHome)]),
            (
                "Services",
                [
                    ("Marketplace", "/marketplace", .seeServices), ("My Services", "/services", .seeServices),
                    ("E-Store", "/store", .seeStore),
                ]
            ),
            (
                "Customers",
                [
                    ("Organizations", "/organizations", .seeOrganizations), ("Tenants", "/tenants", .seeTenants),
                    ("Customers", "/customers", .seeTenants), ("Approvals", "/approvals", .seeSetups),
                    ("My organization", "/organization", .seeOwnOrganization),
                ]
            ),
            ("Work", [("Jobs", "/jobs", .seeJobs), ("Needs attention", "/attention", .seeAttention)]),
            (
                "Administration",
                [
                    ("Brokers", "/brokers", .manageBrokers), ("Security", "/security", .seeSecurity),
                    ("Users", "/users", .seeUsers), ("Groups", "/groups", .seeGroups),
                    ("Plugins", "/plugins", .managePlugins), ("Addresses", "/addresses", .seeAddresses),
                    ("Mail", "/mail", .seeMail),
                    ("Audit", "/audit", .seeAudit),
                ]
            ),
        ]
        let path = request.uri.path
        return groups.compactMap { title, items in
            let allowed = items.filter { may($0.2) }
            guard !allowed.isEmpty else { return nil }
            return MenuGroup(
                title: title,
                items: allowed.map { name, target, _ in
                    MenuItem(
                        title: name, path: target,
                        isCurrent: path == target || (target != "/" && path.hasPrefix(target + "/")),
                        count: target == "/attention" ? context.surroundings?.attentionCount : nil)
                })
        }
    }
}

extension Portal {
    /// On every page while their cause lasts.
    var ribbons: [Ribbon] {
        configuration.isPractice
            ? [
                Ribbon(
                    kind: .practice,
                    text: "Practice mode: all companies and tenants here are made up, and no real provider is called.",
                    action: #"<a href="/practice/mail">Practice mailbox</a>"#)
            ]
            : []
    }
}
