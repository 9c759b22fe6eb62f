import Foundation
import HTML
import Hummingbird
import PortalKit

/// Who did what, for those who answer for it.
enum AuditRoutes {
    private static let length = 200

    static func add(to routes: inout RouteTable) {
        routes.get("/audit", .seeAudit, list)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let lines = try visit.portal.database.read { try $0.auditLines(of: visit.session.broker?.id, limit: length) }
        let frame = visit.frame(
            "Audit", "Changes, and sign-ins that were refused, newest first. The last \(length) lines.")
        guard !lines.isEmpty else {
            return visit.show(frame, emptyState(title: "Nothing yet", text: "Each change of state leaves a line here."))
        }
        return visit.show(
            frame,
            table(
                caption: "Audit lines",
                columns: [
                    Column(title: "When"), Column(title: "Who"), Column(title: "What"), Column(title: "About"),
                    Column(title: "Outcome"),
                ],
                rows: lines.map { at, line in
                    [
                        timestamp(at, now: visit.now), "\(line.actor)", code(line.action),
                        twoLines(line.words, code(line.object)),
                        line.outcome == .done ? stateBadge(.good, "Done") : stateBadge(.bad, "Refused"),
                    ]
                }))
    }
}

extension AuditLine {
    /// The details that a person reads; ids are for programs.
    fileprivate var words: HTML {
        let shown = detail.filter { !$0.key.hasSuffix(" id") && $0.key != "job" && !$0.value.isEmpty }
        return each(shown.sorted { $0.key < $1.key }.enumerated()) { place, detail in
            let value = detail.value.hasSuffix(".") ? String(detail.value.dropLast()) : detail.value
            return "\(when(place > 0, "; "))\(detail.key): \(name(value))"
        }
    }
}
