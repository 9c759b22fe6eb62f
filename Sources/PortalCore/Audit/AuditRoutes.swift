import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import PortalKit

/// Who did what, for those who answer for it.
enum AuditRoutes {
    private static let length = 50
    private static let exportLength = 500_000

    static func add(to routes: inout RouteTable) {
        routes.get("/audit", .seeAudit, list)
        routes.get("/audit/export", .seeAudit, export)
        routes.post("/audit/checks", .seeAudit, check)
        routes.get("/audit/:line", .seeAudit, line)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let filter = visit.auditFilter
        let place = ListPlace(visit.query("before"))
        let (page, findings, names) = try visit.portal.database.read { db in
            let page = try db.auditPage(filter, after: place, limit: length)
            return try (
                page, db.auditFindings(of: visit.session.broker.map { AuditChain.name(of: $0.id) }),
                AuditNames(of: page.lines.map(\.line), visit, &db)
            )
        }
        var frame = visit.frame("Audit", "Every change, and what was refused, newest first. Times are UTC.")
        let query = filter.query
        frame.primaryAction = linkButton("Export as CSV", path: "/audit/export?\(query)", style: .secondary)
        let more = query.isEmpty ? "" : "&\(query)"
        return visit.show(
            frame,
            """
            \(auditChainState(findings, csrf: visit.session.formToken, now: visit.now))
            \(auditFilters(filter))
            \(when(filter.object.isEmpty ? nil : filter.object) { "<p>Only about \(code($0)).</p>" })
            \(page.lines.isEmpty ? nothing(filter, page) : auditTable(page.lines, names, visit))
            \(when(page.lookedBackTo) { "<p>Looked through \(grouped(AuditPage.lookedAt)) lines, back to \(UTCTime($0).text). Older looks further; dates make it quicker.</p>" })
            \(olderPager(
                newestPath: place == nil ? nil : "/audit?\(query)",
                olderPath: page.next.map { "/audit?before=\($0.text.queryEncoded)\(more)" }))
            """)
    }

    private static func line(_ visit: Visit) throws -> Response {
        let id = visit.context.parameters.get("line") ?? ""
        let broker = visit.session.broker?.id
        let found = try visit.portal.database.read { db in
            try db.auditLine(id, of: broker).map { stored in
                (
                    stored, try stored.line.brokerID.flatMap { try db.broker($0) },
                    try AuditNames(of: [stored.line], visit, &db)
                )
            }
        }
        guard let (stored, owner, names) = found else { throw PageError.notFound }
        return visit.show(
            visit.frame(
                AuditWords.title(stored.line.action, stored.line.outcome), above: [(title: "Audit", path: "/audit")]),
            auditLinePage(stored, brokerName: owner?.name, names, visit))
    }

    private static func check(_ visit: Visit) throws -> Response {
        let chain = visit.session.broker.map { AuditChain.name(of: $0.id) }
        try visit.portal.database.write { db in
            _ = try AuditCheckJob.start(chain, by: visit.user.email, &db, at: visit.now)
        }
        return .seeOther("/audit?done=\(Done.auditCheckStarted.rawValue)")
    }

    /// The lines that the filter lets through, read and written some at a time.
    private static func export(_ visit: Visit) throws -> Response {
        let filter = visit.auditFilter
        let portal = visit.portal
        try portal.database.write { db in
            try db.audit(
                visit.auditLine(
                    "audit.export", "audit:\(AuditChain.name(of: visit.session.broker?.id))",
                    Dictionary(uniqueKeysWithValues: filter.fields.map { ($0.name, $0.value) })), at: visit.now)
        }
        let day = UTCTime(visit.now).iso.prefix(10)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"audit-\(day).csv\"",
            ],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: CSV.row(AuditExport.head)))
                var place: ListPlace?
                var written = 0
                repeat {
                    let page = try portal.database.read { try $0.auditPage(filter, after: place, limit: 1_000) }
                    let rows = page.lines.map { CSV.row(AuditExport.cells($0)) }.joined()
                    if !rows.isEmpty { try await writer.write(ByteBuffer(string: rows)) }
                    written += page.lines.count
                    place = page.next
                } while place != nil && written < exportLength
                try await writer.finish(nil)
            })
    }

    private static func nothing(_ filter: AuditFilter, _ page: AuditPage) -> HTML {
        filter.fields.isEmpty
            ? emptyState(title: "Nothing yet", text: "Each change of state leaves a line here.")
            : emptyState(
                title: "No line fits",
                text: page.next == nil ? "Nothing like it is kept." : "None among the newest; Older looks further.",
                action: linkButton("Clear the filter", path: "/audit", style: .secondary))
    }
}

/// The columns of the exported file.
private enum AuditExport {
    static let head = [
        "time_utc", "who", "action", "what", "object", "outcome", "details", "before", "after", "address", "request",
        "broker",
        "number",
    ]

    static func cells(_ stored: StoredAuditLine) -> [String] {
        let line = stored.line
        return [
            UTCTime(stored.at).iso, line.actor, line.action, AuditWords.title(line.action, line.outcome), line.object,
            line.outcome.rawValue, text(line.detail), text(line.before), text(line.after), line.address ?? "",
            line.requestID ?? "", line.brokerID?.rawValue ?? "", stored.seq.map(String.init) ?? "",
        ]
    }

    private static func text(_ fields: [String: String]) -> String {
        fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
    }
}

extension Visit {
    fileprivate var auditFilter: AuditFilter {
        func text(_ name: String) -> String {
            String(query(name).trimmingCharacters(in: .whitespacesAndNewlines).prefix(200))
        }
        return AuditFilter(
            broker: session.broker?.id, actor: text("actor"), action: text("action"),
            outcome: AuditLine.Outcome(rawValue: query("outcome")), object: text("object"), from: text("from"),
            to: text("to"), text: text("q"))
    }
}
