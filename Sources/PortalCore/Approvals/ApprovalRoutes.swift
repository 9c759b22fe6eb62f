import Foundation
import HTML
import Hummingbird
import PortalKit

/// What a broker's people see and do of what customers and guests are asked.
enum ApprovalRoutes {
    private static let pageLength = 50
    static let longestSubject = 200
    static let longestBody = 5_000

    static func add(to routes: inout RouteTable) {
        routes.get("/approvals", .seeSetups, list)
        routes.get("/approvals/:approval", .seeSetups, approval)
        routes.get("/approvals/:approval/messages/new", .setUpTenants, compose)
        routes.post("/approvals/:approval/messages", .setUpTenants, send)
        routes.post("/approvals/:approval/withdrawal", .setUpTenants, withdraw)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let state = StoredApproval.State(rawValue: visit.query("state"))
        let start = visit.pageStart
        let (rows, total, all) = try visit.portal.database.read { db in
            (
                try db.approvals(of: broker.id, state, limit: pageLength, offset: start),
                try db.countApprovals(of: broker.id, state), try db.countApprovals(of: broker.id, nil)
            )
        }
        let frame = visit.frame("Approvals", "What customers and guests are asked, and what they answered.")
        guard all > 0 else {
            return visit.show(
                frame,
                emptyState(
                    title: "Nothing was asked yet",
                    text: "When a tenant is set up, what its customer is asked appears here, with its answer.",
                    action: linkButton("Go to My Services", path: "/services")))
        }
        let path = "/approvals?state=\(state?.rawValue ?? "")"
        return visit.show(
            frame,
            """
            \(approvalFilters(state))
            \(rows.isEmpty ? emptyState(title: "No match", text: "No approval is in this state.") : approvalTable(rows, now: visit.now))
            \(when(total > pageLength, pager(
                first: start + 1, last: start + rows.count, total: total,
                previousPath: start > 0 ? "\(path)&from=\(max(0, start - pageLength))" : nil,
                nextPath: start + rows.count < total ? "\(path)&from=\(start + pageLength)" : nil)))
            """)
    }

    private static func frame(_ visit: Visit, _ title: String, _ approval: StoredApproval, isBelow: Bool = false)
        -> PageFrame
    {
        visit.frame(
            title,
            above: [
                (title: "Approvals", path: "/approvals"),
                (title: approval.tenantName, path: "/tenants/\(approval.tenantID)/setup"),
            ] + (isBelow ? [(title: "History", path: "/approvals/\(approval.id)")] : []))
    }

    private static func approval(_ visit: Visit) throws -> Response {
        let approval = try visit.approval()
        let messages = try visit.portal.database.read { try $0.messages(of: approval) }
        let fresh = try visit.freshMessage()
        return visit.show(
            frame(visit, "What \(approval.ask.audience.words) \(approval.tenantName) is asked", approval),
            """
            \(when(fresh) { freshMessageBox($0, sendsMail: visit.portal.sendsMail) })
            \(approvalFacts(approval, now: visit.now))
            \(when(visit.may(.setUpTenants) && approval.state.isOpen, approvalActions(approval, csrf: visit.session.formToken, now: visit.now)))
            \(messageHistory(messages, now: visit.now))
            """)
    }

    private static func compose(_ visit: Visit) throws -> Response {
        let approval = try visit.approval()
        guard approval.state.isOpen else { return .seeOther("/approvals/\(approval.id)") }
        let language = Language(rawValue: visit.query("language")) ?? approval.language ?? .english
        let message = try visit.message(approval, language)
        return show(visit, MessageForm(approval, language, message))
    }

    private static func show(_ visit: Visit, _ form: MessageForm) -> Response {
        var frame = frame(visit, form.title, form.approval, isBelow: true)
        frame.purpose = "For \(form.approval.tenantName). The link is put in where the text says {link}."
        frame.hasErrors = !form.problems.isEmpty
        return visit.show(
            frame, status: form.problems.isEmpty ? .ok : .unprocessableContent,
            messagePage(form, sendsMail: visit.portal.sendsMail, csrf: visit.session.formToken))
    }

    /// Previews, or makes a link: to be copied once, or sent by mail.
    private static func send(_ visit: Visit) throws -> Response {
        let approval = try visit.approval()
        guard approval.state.isOpen, visit.form["tenant"] == approval.tenantID.rawValue else {
            throw PageError.stale("What \(approval.tenantName) is asked has changed since this page was loaded.")
        }
        var form = MessageForm(visit.form, approval)
        guard form.problems.isEmpty, form.way != nil else {
            form.isPreview = form.problems.isEmpty
            return show(visit, form)
        }
        let (language, message, way) = (form.language, form.message, form.way ?? .copied)
        let broker = try visit.broker
        let fresh = try visit.portal.database.write { db -> FreshMessage in
            guard let current = try db.approval(approval.id, of: broker.id), current.state.isOpen else {
                throw PageError.stale("It is not asked for any more.")
            }
            let address = visit.portal.address(ofApproval: try db.makeLink(to: current, at: visit.now), for: broker)
            let text = message.body.replacing(AskWords.Message.linkMark, with: address)
            let recipient = form.recipient.isEmpty ? nil : form.recipient
            let mail =
                try way == .mailed
                ? db.post(
                    Mail(
                        brokerID: broker.id, purpose: .approval, recipient: form.recipient, subject: message.subject,
                        body: text), visit.portal.vault, at: visit.now) : nil
            try db.noteSent(current, language, at: visit.now)
            try db.note(
                way, current, language, to: recipient, message, mail: mail, by: visit.user.email, at: visit.now)
            if form.keepsTemplate { try db.keep(message, for: current, language) }
            try db.tell(current.tenantID, current.pluginID, .sent, visit.portal.vault, at: visit.now)
            try db.audit(
                visit.auditLine(
                    "approval.send", "approval:\(current.id)",
                    [
                        "tenant": current.tenantName, "way": way.rawValue, "to": recipient ?? "",
                        "language": language.rawValue,
                    ]),
                at: visit.now)
            return FreshMessage(address: address, subject: message.subject, text: text, recipient: recipient, way: way)
        }
        return .seeOther(try visit.path("/approvals/\(approval.id)", showing: fresh))
    }

    private static func withdraw(_ visit: Visit) throws -> Response {
        let approval = try visit.approval()
        let reason = String((visit.form["reason"] ?? "").plainLine.prefix(500))
        guard approval.state != .draft else { throw PageError.stale("It was not sent yet.") }
        try visit.portal.database.write { db in
            guard try db.move(approval, to: .withdrawn, reason: reason.isEmpty ? nil : reason, at: visit.now) else {
                throw PageError.stale("It was decided, or withdrawn, in the meantime.")
            }
            try db.forgetTrips(of: approval.id)
            try db.tell(approval.tenantID, approval.pluginID, .withdrawn, for: approval.step, visit.portal.vault, at: visit.now)
            try db.audit(
                visit.auditLine(
                    "approval.withdraw", "approval:\(approval.id)", ["tenant": approval.tenantName, "reason": reason]),
                at: visit.now)
        }
        return .seeOther("/approvals/\(approval.id)?done=\(Done.approvalWithdrawn.rawValue)")
    }
}

/// A message that somebody has just made a link for: shown to the maker for a quarter of an hour, since only the link's hash is
/// kept.
struct FreshMessage: Sendable {
    let address: String
    let subject: String
    let text: String
    let recipient: String?
    let way: ApprovalMessage.Way

    fileprivate static let query = "message"

    /// A draft for the person's own mail program (RFC 6068).
    var draft: String {
        let body = text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
        return "mailto:\(recipient ?? "")?subject=\(subject.queryEncoded)&body=\(body.queryEncoded)"
    }
}

extension Visit {
    fileprivate func approval() throws -> StoredApproval {
        let broker = try broker
        guard let approval = try portal.database.read({ try $0.approval(parameter("approval"), of: broker.id) }),
            portal.plugins[approval.pluginID]?.tenantSetup != nil
        else { throw PageError.notFound }
        return approval
    }

    /// The broker's own template for the language, or the plugin's.
    fileprivate func message(_ approval: StoredApproval, _ language: Language) throws -> AskWords.Message {
        let broker = try broker
        let (kept, tenant, setup) = try portal.database.read { db in
            (
                try db.template(approval, language), try db.tenant(approval.tenantID, of: .whole(broker.id)),
                try db.setup(of: approval.tenantID, approval.pluginID)
            )
        }
        if let kept { return kept }
        guard let tenant, let setup, let plugin = portal.plugins[approval.pluginID]?.tenantSetup,
            let words = plugin.setup.words(
                of: approval.step, SetupTenant(key: tenant.key, name: tenant.name, intake: setup.intake), broker,
                in: language)
        else { throw PageError.notFound }
        return words.message
    }

    fileprivate func path(_ page: String, showing fresh: FreshMessage) throws -> String {
        let kept = HeldForm(
            path: page,
            fields: [
                "address": fresh.address, "subject": fresh.subject, "text": fresh.text, "way": fresh.way.rawValue,
                "recipient": fresh.recipient ?? "",
            ])
        let token = try portal.hold(kept, for: .person(user.id))
        return "\(page)\(token.map { "?\(FreshMessage.query)=\($0.text)" } ?? "")"
    }

    fileprivate func freshMessage() throws -> FreshMessage? {
        let token = query(FreshMessage.query)
        guard !token.isEmpty, let kept = try portal.heldForm(Token(token), for: user.id, browser: nil),
            kept.path == request.uri.path, let address = kept.fields["address"], let subject = kept.fields["subject"],
            let text = kept.fields["text"], let way = kept.fields["way"].flatMap(ApprovalMessage.Way.init)
        else { return nil }
        let recipient = kept.fields["recipient"] ?? ""
        return FreshMessage(
            address: address, subject: subject, text: text, recipient: recipient.isEmpty ? nil : recipient, way: way)
    }
}
