import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Logging
import PortalKit

/// What somebody outside can do with a link. Looking changes nothing; only a verified answer of the provider, or *Refuse*,
/// decides.
enum PublicApprovalRoutes {
    private static let longestReason = 1_000
    private static let maxForwards = 5

    static func add(to routes: inout RouteTable) {
        let path = Portal.approvalPath
        routes.publicRoute(.get, "\(path)/:token", page)
        routes.publicRoute(.get, "\(path)/:token/state", state)
        routes.publicRoute(.post, "\(path)/:token/trips", stale: again, begin)
        routes.publicRoute(.get, "\(path)/:token/trips/:trip", depart)
        routes.publicRoute(.get, "\(path)/:token/refusal", refusalForm)
        routes.publicRoute(.post, "\(path)/:token/refusal", stale: refusalAgain, refuse)
        routes.publicRoute(.get, "\(path)/:token/forwarding", forwardingForm)
        routes.publicRoute(.post, "\(path)/:token/forwarding", stale: forwardingForm, forward)
    }

    /// A form of an earlier visit of this browser's comes back with what was typed: a press more, and it counts.
    private static func again(_ visit: PublicVisit) throws -> Response {
        try visit.withApproval { link, entry, setup in
            var response = try visit.show(link, entry, setup) { $0.document }
            response.status = .forbidden
            return response
        }
    }

    private static func refusalAgain(_ visit: PublicVisit) throws -> Response {
        try visit.withApproval { link, entry, setup in
            var response = try visit.show(link, entry, setup) {
                $0.isAsking ? $0.refusal(typed: visit.form["reason"] ?? "", problem: nil) : $0.document
            }
            response.status = .forbidden
            return response
        }
    }

    private static func page(_ visit: PublicVisit) throws -> Response {
        try visit.withApproval { link, entry, setup in
            if link.approval.seenAt == nil { visit.noteSeen(link) }
            return try visit.show(link, entry, setup) { $0.document }
        }
    }

    private static func state(_ visit: PublicVisit) throws -> Response {
        try visit.withApproval { link, entry, setup in
            let page = try visit.approvalPage(link, entry, setup, csrf: "")
            return .fragment(page.isAsking ? HTML() : page.content, isDone: !page.isOpenEnded)
        }
    }

    /// *Approve*: a way to the provider begins, for this browser.
    private static func begin(_ visit: PublicVisit) throws -> Response {
        try visit.decide { link, page in
            let source = TrySource.address(visit.context.variables.remoteAddress)
            let begun = try visit.portal.database.write { db -> Result<ApprovalDeparture, TooSoon> in
                if let wait = try db.countTry(.approval, at: link.approval.id.rawValue, from: source, now: visit.now) {
                    return .failure(TooSoon(seconds: wait))
                }
                try db.noteOpened(link, at: visit.now)
                return .success(try db.depart(link, visit.portal, at: visit.now))
            }
            let departure: ApprovalDeparture
            switch begun {
            case .success(let made): departure = made
            case .failure(let wait):
                return visit.approvalNotice(page.texts.tooMany, .tooManyRequests, retryAfter: wait.seconds)
            }
            var response = Response.seeOther(
                "\(Portal.approvalPath)/\(link.token.text)/trips/\(departure.trip)?lang=\(page.texts.language.rawValue)"
            )
            response.set(
                cookie: ApprovalTrip.cookie(departure.trip), "\(departure.browser.text).\(link.token.text)",
                maxAge: Int(ApprovalTrip.limit))
            return response
        }
    }

    private struct TooSoon: Error {
        let seconds: Int
    }

    /// A page that moves on by itself: a form may not lead to another site.
    private static func depart(_ visit: PublicVisit) throws -> Response {
        try visit.withApproval { link, entry, setup in
            let id: Key<ApprovalTrip> = Key(visit.context.parameters.get("trip") ?? "")
            let home = "\(Portal.approvalPath)/\(link.token.text)"
            guard let browser = visit.tripCookie(id)?.browser,
                let address = try visit.portal.address(of: id, browser, link)
            else { return .seeOther(home) }
            return try visit.show(link, entry, setup) { $0.isAsking ? $0.leaving(address) : $0.document }
        }
    }

    private static func refusalForm(_ visit: PublicVisit) throws -> Response {
        try visit.withApproval { link, entry, setup in
            try visit.show(link, entry, setup) { $0.isAsking ? $0.refusal(typed: "", problem: nil) : $0.document }
        }
    }

    private static func refuse(_ visit: PublicVisit) throws -> Response {
        try visit.decide { link, page in
            let reason = String((visit.form["reason"] ?? "").plainLine.prefix(longestReason))
            guard !reason.isEmpty else {
                return .page(
                    page.refusal(typed: "", problem: page.texts.reasonMissing), status: .unprocessableContent)
            }
            let approval = link.approval
            try visit.portal.database.write { db in
                try db.noteOpened(link, at: visit.now)
                guard try db.move(approval, to: .refused, reason: reason, at: visit.now) else { return }
                try db.forgetTrips(of: approval.id)
                try db.audit(visit.line("approval.refuse", link, ["reason": reason]), at: visit.now)
                try db.tell(
                    approval.tenantID, approval.pluginID, .refused(reason: reason), for: approval.step, visit.portal.vault,
                    at: visit.now)
            }
            return visit.back(to: link, page.texts)
        }
    }

    private static func forwardingForm(_ visit: PublicVisit) throws -> Response {
        try visit.withApproval { link, entry, setup in
            try visit.show(link, entry, setup) { page in
                page.isAsking
                    ? page.forwarding(
                        address: visit.portal.address(ofApproval: link.token, for: link.broker), typed: "",
                        sent: MailAddress(visit.query("sent"))?.description, problem: nil,
                        sendsMail: visit.portal.sendsMail)
                    : page.document
            }
        }
    }

    /// To one address a time, in words of the portal's alone, and not often: a link must not become a way to send mail.
    private static func forward(_ visit: PublicVisit) throws -> Response {
        try visit.decide { link, page in
            let typed = (visit.form["address"] ?? "").trimmingCharacters(in: .whitespaces)
            let address = MailAddress(typed)
            let isTooOften = link.approval.forwards >= maxForwards
            guard let address, !isTooOften, visit.portal.sendsMail else {
                return .page(
                    page.forwarding(
                        address: visit.portal.address(ofApproval: link.token, for: link.broker), typed: typed,
                        sent: nil, problem: isTooOften ? page.texts.tooManyForwards : page.texts.addressWrong,
                        sendsMail: visit.portal.sendsMail), status: .unprocessableContent)
            }
            let message = page.texts.forwardedMail(link.broker.name, link.tenant.name.plainLine)
            try visit.portal.database.write { db in
                let approval = link.approval
                let counted = try db.execute(
                    """
                    UPDATE approval SET forwards = forwards + 1 WHERE id = \(approval.id) AND forwards < \(maxForwards)
                        AND state IN ('draft', 'sent', 'opened')
                    """)
                guard counted == 1 else { return }
                try db.noteOpened(link, at: visit.now)
                let token = try db.makeLink(to: approval, until: link.expiresAt, at: visit.now)
                let text = message.body.replacing(
                    AskWords.Message.linkMark, with: visit.portal.address(ofApproval: token, for: link.broker))
                let mail = try db.post(
                    Mail(
                        brokerID: link.broker.id, purpose: .approval, recipient: address.description,
                        subject: message.subject, body: text), visit.portal.vault, at: visit.now)
                try db.note(
                    .forwarded, approval, page.texts.language, to: address.description, message, mail: mail,
                    by: "somebody with the link", at: visit.now)
                try db.audit(visit.line("approval.forward", link, ["to": address.description]), at: visit.now)
            }
            return .seeOther(
                "\(Portal.approvalPath)/\(link.token.text)/forwarding?lang=\(page.texts.language.rawValue)&sent=\(address.description.queryEncoded)"
            )
        }
    }
}

extension PublicVisit {
    /// A full disk keeps nobody from looking.
    fileprivate func noteSeen(_ link: ApprovalLink) {
        do {
            try portal.database.write { try $0.noteSeen(link, at: now) }
        } catch {
            context.logger.error("that a link was followed could not be noted", metadata: ["error": "\(error)"])
        }
    }

    /// A page of the link, with a form of this browser's.
    fileprivate func show(
        _ link: ApprovalLink, _ entry: PluginRegistry.Entry, _ setup: any TenantSetup,
        _ content: (ApprovalPage) throws -> HTML
    ) throws -> Response {
        let page = try approvalPage(link, entry, setup, csrf: "")
        let html = try content(page)
        guard page.isAsking else { return .page(html) }
        var failure: (any Error)?
        let response = show { token in
            do {
                return try content(approvalPage(link, entry, setup, csrf: token.derived("form")))
            } catch {
                failure = error
                return html
            }
        }
        if let failure { throw failure }
        return response
    }

    /// Something that a person decides: only while the page asks for it, and only for the tenant that the form names.
    fileprivate func decide(_ change: (ApprovalLink, ApprovalPage) throws -> Response) throws -> Response {
        try withApproval { link, entry, setup in
            let page = try approvalPage(link, entry, setup, csrf: context.token?.derived("form") ?? "")
            guard page.isAsking, form["tenant"] == link.tenant.key.id else { return back(to: link, page.texts) }
            return try change(link, page)
        }
    }

    fileprivate func back(to link: ApprovalLink, _ texts: ApprovalTexts) -> Response {
        .seeOther("\(Portal.approvalPath)/\(link.token.text)?lang=\(texts.language.rawValue)")
    }

    /// What this browser took along on a trip.
    func tripCookie(_ id: Key<ApprovalTrip>) -> (browser: Token, link: Token)? {
        let parts = request.cookie(ApprovalTrip.cookie(id))?.split(separator: ".") ?? []
        return parts.count == 2 ? (Token(parts[0]), Token(parts[1])) : nil
    }
}
