import Foundation

/// What happened, by days. Source: Microsoft Learn, "Get a record of Partner Center activity".
struct AuditCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// Records are kept for 90 days, and a page has at most 50, as in Microsoft's examples.
    private static let mostDays = 90
    private static let largestPage = 50

    /// The newest first; the last day is included whole.
    func list() throws -> PartnerCenterAnswer {
        let start = try date("startDate", otherwise: nil)
        let end = try date("endDate", otherwise: call.now)
        guard start <= end else { throw PartnerCenterFault.invalidProperty("endDate") }
        let size = try call.query.number("size") ?? Self.largestPage
        guard size > 0 else { throw PartnerCenterFault.invalidProperty("size") }
        let firstDay = max(Self.day(start), Self.day(call.now) - Self.mostDays)
        let lastDay = min(Self.day(end), Self.day(call.now))
        let records = (records(firstDay, lastDay)).sorted { $0.date > $1.date }
        let uri =
            "/auditrecords?startDate=\(call.query["startDate"] ?? "")"
            + (call.query["endDate"].map { "&endDate=\($0)" } ?? "") + "&size=\(size)"
        return try SeekPage(call: call, uri: uri).answer(count: records.count, size: min(size, Self.largestPage)) {
            records[$0].json
        }
    }

    private func records(_ firstDay: Int, _ lastDay: Int) -> [AuditRecord] {
        guard firstDay <= lastDay else { return [] }
        let today = Self.day(call.now)
        let older = (firstDay...lastDay).filter { $0 < today }.flatMap { day in
            (0..<4).compactMap { AuditRecord(partner: call.partner, day: day, number: $0) }
        }
        let happened = call.sandbox.store.read { $0.commerce.auditRecords }.filter { record in
            record.partnerID == call.partner.tenantID && (firstDay...lastDay).contains(Self.day(record.date))
        }
        return older + happened
    }

    private func date(_ name: String, otherwise: Date?) throws(PartnerCenterFault) -> Date {
        guard let text = call.query[name] else {
            guard let otherwise else { throw .invalidProperty(name) }
            return otherwise
        }
        guard let date = PartnerCenterDate.read(text) else { throw .invalidProperty(name) }
        return date
    }

    private static func day(_ date: Date) -> Int { Int((date.timeIntervalSince1970 / 86400).rounded(.down)) }
}
