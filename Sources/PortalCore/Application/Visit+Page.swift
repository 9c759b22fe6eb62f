import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

/// What the last action did, named in the address of the page that follows it.
enum Done: String {
    case serviceAdded = "service-added"
    case serviceRemoved = "service-removed"
    case tenantLinked = "tenant-linked"
    case organizationCreated = "organization-created"
    case tenantUnlinked = "tenant-unlinked"
    case tenantExcluded = "tenant-excluded"
    case tenantIncluded = "tenant-included"
    case pluginEnabled = "plugin-enabled"
    case pluginDisabled = "plugin-disabled"
    case jobCancelled = "job-cancelled"
    case jobRetried = "job-retried"

    var text: String {
        switch self {
        case .serviceAdded: "The service was added. Your customers see it in the e-store."
        case .serviceRemoved: "The service was removed, and its sign-in is forgotten. Tenants and links were kept."
        case .tenantLinked: "The tenant was linked."
        case .organizationCreated: "The organization was created, and the tenant is linked to it."
        case .tenantUnlinked: "The link was removed. The organization was kept."
        case .tenantExcluded: "The tenant was excluded: it is no longer counted as unlinked."
        case .tenantIncluded: "The tenant counts again."
        case .pluginEnabled: "The plugin is enabled. Its jobs go on."
        case .pluginDisabled: "The plugin is disabled. No call to its provider is under way."
        case .jobCancelled: "The job was cancelled. What was done before stays done."
        case .jobRetried: "The job was started again at the step where it stood."
        }
    }
}

extension Visit {
    /// What surrounds a page for this person, here.
    func frame(_ title: String, _ purpose: String? = nil, above breadcrumbs: [(title: String, path: String)] = []) -> PageFrame {
        PageFrame(
            title: title, breadcrumbs: breadcrumbs, purpose: purpose, menu: menu, brokerName: session.broker?.name ?? "Gatehouse",
            regionChip: regionChip, searchPath: may(.seeTenants) ? "/search" : nil, user: (name: user.name, email: user.email), csrfToken: session.formToken,
            ribbons: portal.ribbons, notice: Done(rawValue: query("done")).map { Notice(kind: .good, text: $0.text) })
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
            ("Services", [("Marketplace", "/marketplace", .seeServices), ("My Services", "/services", .seeServices), ("E-Store", "/store", .seeStore)]),
            (
                "Customers",
                [
                    ("Organizations", "/organizations", .seeOrganizations), ("Tenants", "/tenants", .seeTenants),
                    ("My organization", "/organization", .seeOwnOrganization),
                ]
            ),
            ("Work", [("Jobs", "/jobs", .seeJobs)]),
            ("Administration", [("Plugins", "/plugins", .managePlugins), ("Audit", "/audit", .seeAudit)]),
        ]
        let path = request.uri.path
        return groups.compactMap { title, items in
            let allowed = items.filter { may($0.2) }
            guard !allowed.isEmpty else { return nil }
            return MenuGroup(
                title: title,
                items: allowed.map { name, target, _ in
                    MenuItem(title: name, path: target, isCurrent: path == target || (target != "/" && path.hasPrefix(target + "/")))
                })
        }
    }
}

extension Portal {
    /// On every page while their cause lasts.
    var ribbons: [Ribbon] {
        configuration.isPractice
            ? [Ribbon(kind: .practice, text: "Practice mode: all companies and tenants here are made up, and no real provider is called.")]
            : []
    }
}

extension Problem {
    /// The whole of it, with what the provider said, to read and to copy.
    func box(reference: String? = nil, action: HTML? = nil) -> HTML {
        problemBox(
            title: title, explanation: explanation, nextStep: nextStep, facts: facts.map { ($0.name, $0.value) },
            reference: reference, action: action)
    }
}

extension Actor {
    /// Who that is, for the broker's people.
    var words: String {
        switch self {
        case .broker: "You"
        case .partnerAdministrator: "Your administrator at the provider"
        case .customer: "The customer's administrator"
        case .portalAdministrator: "The administrator of this portal"
        case .provider: "The provider"
        case .portal: "The portal, by itself"
        }
    }
}
