import Foundation
import HTML
import Hummingbird
import PortalKit

/// A broker's owners as far as the portal's administrator is concerned: inviting, and inviting again.
enum BrokerOwnerRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/brokers/:broker/owners/new", .manageBrokers) { visit in
            try visit.newOwnerPage(NewBrokerForm([:]))
        }
        routes.post("/brokers/:broker/owners", .manageBrokers, needs: .recentProof, invite)
        routes.post("/brokers/:broker/invitations", .manageBrokers, needs: .recentProof, renew)
        routes.get("/brokers/:broker/withdrawals", .manageBrokers, withdrawalPreview)
        routes.post("/brokers/:broker/withdrawals", .manageBrokers, withdraw)
    }

    private static func invite(_ visit: Visit) throws -> Response {
        let broker = try visit.enabledBroker()
        var form = NewBrokerForm(visit.form)
        let link = try visit.portal.database.write { db -> FreshLink? in
            form.problems = [:]
            try form.checkOwner(&db)
            guard form.problems.isEmpty else { return nil }
            return try visit.makeOwner(form, of: broker, &db)
        }
        guard let link else { return try visit.newOwnerPage(form) }
        return .seeOther(
            try visit.path("/brokers/\(broker.id)", showing: link, .ownerInvited))
    }

    /// The earlier link works no more.
    private static func renew(_ visit: Visit) throws -> Response {
        let broker = try visit.enabledBroker()
        let user: Key<User> = Key(visit.form["user"] ?? "")
        let renewed = try visit.portal.database.write { db -> FreshLink? in
            guard let owner = try db.owners(of: broker.id).first(where: { $0.id == user }), !owner.hasAccepted,
                !owner.isDisabled
            else { return nil }
            let person = User(
                id: owner.id, email: owner.email, name: owner.name, role: .brokerOwner, brokerID: broker.id,
                organizationID: nil)
            var line = visit.auditLine(of: broker, "user.invite-again", ["email": owner.email])
            line.object = "user:\(owner.id)"
            try db.audit(line, at: visit.now)
            return try db.send(
                .invitation, to: person, of: broker, by: visit.user, visit.portal, at: visit.now)
        }
        guard let renewed else { throw Self.answered }
        return .seeOther(try visit.path("/brokers/\(broker.id)", showing: renewed, .invitationRenewed))
    }

    private static func withdrawalPreview(_ visit: Visit) throws -> Response {
        let record = try visit.changeableBroker()
        let user: Key<User> = Key(visit.query("user"))
        let found = try visit.portal.database.read { db in
            try db.owners(of: record.broker.id).first { $0.id == user && !$0.hasAccepted }.map { owner in
                (owner: owner, memberships: try db.memberships(of: owner.id).count)
            }
        }
        guard let (owner, memberships) = found else { throw Self.answered }
        let frame = visit.frame(
            "Withdraw the invitation of \(owner.name)",
            above: [(title: "Brokers", path: "/brokers"), (title: record.broker.name, path: record.path)])
        return visit.show(
            frame,
            withdrawalPage(
                owner.name, owner.email, memberships: memberships,
                linkUntil: owner.linkUntil.flatMap { $0 > visit.now ? $0 : nil },
                form: FormPage(
                    action: "\(record.path)/withdrawals", csrfToken: visit.session.formToken, fields: [],
                    submit: "Withdraw the invitation", cancel: (title: "Keep it", path: record.path),
                    hidden: [(name: "user", value: owner.id.rawValue)], style: .danger), now: visit.now))
    }

    /// For an invitation that went to a wrong address.
    private static func withdraw(_ visit: Visit) throws -> Response {
        let broker = try visit.changeableBroker().broker
        let user: Key<User> = Key(visit.form["user"] ?? "")
        let done = try visit.portal.database.write { db -> Bool in
            let email = try db.owners(of: broker.id).first { $0.id == user }?.email
            guard try db.withdrawInvitation(of: user, broker: broker.id) else { return false }
            var line = visit.auditLine(of: broker, "user.invitation-withdraw", ["email": email ?? ""])
            line.object = "user:\(user)"
            try db.audit(line, at: visit.now)
            return true
        }
        guard done else { throw Self.answered }
        return .seeOther("/brokers/\(broker.id)?done=\(Done.invitationWithdrawn.rawValue)")
    }

    private static let answered = PageError.stale("The invitation was accepted or withdrawn in the meantime.")
}

extension Visit {
    /// Only people of an enabled broker can follow a link.
    fileprivate func enabledBroker() throws -> Broker {
        let record = try changeableBroker()
        guard record.disabledAt == nil else {
            throw PageError.stale("The broker is disabled, and its people's links do not work. Enable it first.")
        }
        return record.broker
    }

    fileprivate func newOwnerPage(_ new: NewBrokerForm) throws -> Response {
        let broker = try brokerRecord().broker
        let page = FormPage(
            action: "/brokers/\(broker.id)/owners", csrfToken: session.formToken,
            lead: "<p>An owner manages the people, the services and the connections of \(broker.name).</p>",
            fields: new.ownerFields, submit: "Invite", cancel: (title: "Cancel", path: "/brokers/\(broker.id)"))
        var frame = frame(
            "Invite an owner",
            above: [(title: "Brokers", path: "/brokers"), (title: broker.name, path: "/brokers/\(broker.id)")])
        frame.hasErrors = page.hasErrors
        return show(frame, status: page.hasErrors ? .unprocessableContent : .ok, PortalCore.form(page))
    }
}

func ownersSection(_ page: BrokerPage) -> HTML {
    section(
        "Owners", intro: "They invite the broker's other people themselves.",
        action: page.record.state == .disabled
            ? nil : linkButton("Invite an owner", path: "\(page.path)/owners/new", style: .secondary),
        page.owners.isEmpty
            ? emptyState(
                title: "Nobody owns this broker", text: "Invite somebody, who then invites the others.", level: .h3)
            : table(
                caption: "Owners",
                columns: [
                    Column(title: "Owner"), Column(title: "State"), Column(title: "Actions", labelHidden: true),
                ],
                rows: page.owners.map { owner in
                    [
                        twoLines(name(owner.name), "\(owner.email)"), ownerBadge(owner, now: page.now),
                        ownerActions(owner, page),
                    ]
                }))
}

private func ownerBadge(_ owner: BrokerOwner, now: Date) -> HTML {
    switch owner.state(now: now) {
    case .active: stateBadge(.good, "Active")
    case .disabled: stateBadge(.idle, "Disabled")
    case .invited(let until): "\(stateBadge(.wait, "Invited")) the link works until \(timestamp(until, now: now))"
    case .linkExpired: "\(stateBadge(.warn, "Link expired")) a new one is needed"
    }
}

private func ownerActions(_ owner: BrokerOwner, _ page: BrokerPage) -> HTML {
    guard !owner.hasAccepted, !owner.isDisabled, page.record.state != .disabled else { return HTML() }
    let user = [("user", owner.id.rawValue)]
    return """
        \(postButton("New link", action: "\(page.path)/invitations", csrfToken: page.csrf, hidden: user))\
        \(linkButton("Withdraw…", path: "\(page.path)/withdrawals?user=\(owner.id.rawValue.queryEncoded)", style: .quiet))
        """
}
