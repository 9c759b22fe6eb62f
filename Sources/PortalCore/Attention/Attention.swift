import Foundation
import PortalKit

/// What needs somebody, for one broker's people or for the portal's administrators.
struct Attention: Sendable {
    var awake: [AttentionItem]
    var asleep: [(item: AttentionItem, snooze: Snooze)]

    /// Whose list it is.
    static func scope(of broker: Key<Broker>?) -> String { AuditChain.name(of: broker) }

    fileprivate init(_ items: [AttentionItem], _ snoozes: [String: Snooze]) {
        awake = items.filter { snoozes[$0.id] == nil }.sorted(by: Self.comesFirst)
        asleep = items.compactMap { item in snoozes[item.id].map { (item, $0) } }
    }

    /// The worst first, and of these the oldest.
    private static func comesFirst(_ left: AttentionItem, _ right: AttentionItem) -> Bool {
        let isWorse = (left.tone == .bad, right.tone == .bad)
        if isWorse.0 != isWorse.1 { return isWorse.0 }
        return (left.since ?? .distantFuture, left.id) < (right.since ?? .distantFuture, right.id)
    }

    func `for`(_ access: PersonAccess) -> Attention {
        var seen = self
        seen.awake = awake.filter { access.permissions.contains($0.permission) }
        seen.asleep = asleep.filter { access.permissions.contains($0.item.permission) }
        return seen
    }
}

extension Portal {
    func attention(of broker: Key<Broker>?, _ db: inout DatabaseConnection, now: Date) throws -> Attention {
        let items =
            try broker.map { try attentionItems(of: $0, &db, now: now) } ?? attentionItemsOfPortal(&db, now: now)
        return Attention(items, try db.snoozes(of: Attention.scope(of: broker), now: now))
    }

    /// How much needs this person, for the menu. Read anew after each change that left an audit line, and each minute.
    func attentionCount(_ session: Session, _ db: inout DatabaseConnection, now: Date) throws -> Int {
        guard session.access.permissions.contains(.seeAttention) else { return 0 }
        let broker = session.broker?.id
        let scope = Attention.scope(of: broker)
        let version = try db.count(
            "SELECT COALESCE(SUM(seq), 0) FROM audit_chain WHERE chain IN (\(scope), \(AuditChain.portal))")
        if let kept = attentionCounts.permissions(scope, version: version, now: now) {
            return kept.count { session.access.permissions.contains($0) }
        }
        let permissions = try attention(of: broker, &db, now: now).awake.map(\.permission)
        attentionCounts.keep(permissions, scope, version: version, now: now)
        return permissions.count { session.access.permissions.contains($0) }
    }
}
