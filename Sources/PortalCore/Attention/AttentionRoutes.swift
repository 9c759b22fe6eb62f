import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

/// One list of what needs somebody.
enum AttentionRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/attention", .seeAttention) { visit in try visit.showAttention() }
        routes.post("/attention/snoozes", .manageAttention, snooze)
        routes.post("/attention/wakings", .manageAttention, wake)
    }

    private static func snooze(_ visit: Visit) throws -> Response {
        let reason = (visit.form["reason"] ?? "").plainLine
        let id = visit.form["item"] ?? ""
        var typed = SnoozeForm(item: id, days: visit.form["days"] ?? "", reason: reason)
        guard let item = try visit.attention().awake.first(where: { $0.id == id }) else {
            throw PageError.stale("It does not need anybody any more, has changed, or somebody has snoozed it already.")
        }
        guard !reason.isEmpty else {
            typed.problem = "Say why it can wait: whoever looks meanwhile reads it."
            return try visit.showAttention(typed: typed)
        }
        guard let days = Int(typed.days), Snooze.days.contains(days) else {
            typed.problem = "Choose for how long."
            return try visit.showAttention(typed: typed)
        }
        let snooze = Snooze(
            item: id, until: visit.now + Double(days) * 86_400, reason: String(reason.prefix(Snooze.longestReason)),
            by: visit.user.email)
        try visit.portal.database.write { db in
            try db.put(snooze, in: visit.attentionScope, at: visit.now)
            var line = visit.auditLine(
                "attention.snooze", "attention:\(id)", ["what": item.title, "reason": snooze.reason])
            line.after = ["snoozed until": UTCTime(snooze.until).iso]
            try db.audit(line, at: visit.now)
        }
        return .seeOther("/attention?done=\(Done.snoozed.rawValue)")
    }

    private static func wake(_ visit: Visit) throws -> Response {
        let id = visit.form["item"] ?? ""
        let isAwake = try visit.portal.database.write { db in
            guard try db.wake(id, in: visit.attentionScope) else { return false }
            try db.audit(visit.auditLine("attention.wake", "attention:\(id)"), at: visit.now)
            return true
        }
        guard isAwake else { throw PageError.stale("Nobody has snoozed it, or somebody has woken it already.") }
        return .seeOther("/attention?done=\(Done.woken.rawValue)")
    }
}

extension Visit {
    fileprivate var attentionScope: String { Attention.scope(of: session.broker?.id) }

    /// What this person sees of it.
    func attention() throws -> Attention {
        try portal.database.read { db in
            try portal.attention(of: session.broker?.id, &db, now: now).for(session.access)
        }
    }

    fileprivate func showAttention(typed: SnoozeForm? = nil) throws -> Response {
        var frame = frame("Needs attention", "What does not go on by itself, the worst first.")
        frame.hasErrors = typed?.problem != nil
        let content = attentionPage(try attention(), typed: typed, self)
        return show(frame, status: typed == nil ? .ok : .unprocessableContent, content)
    }
}
