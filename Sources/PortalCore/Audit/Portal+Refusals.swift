import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import PortalKit

extension Portal {
    /// So many lines an hour tell enough of one person; the log has them all.
    private static let refusalsAnHour = 20

    /// Keeps that a signed-in person has asked for what does not exist for it. It never fails the request.
    func noteRefusal(of route: String, _ session: Session, _ request: Request, _ context: PortalContext) {
        context.logger.notice(
            "refused", metadata: ["user": "\(session.user.id)", "route": "\(request.method) \(route)"])
        let now = now
        // What stands in the path after the route's own words may be a token.
        let ids = route.split(separator: "/").filter { $0.hasPrefix(":") && $0 != ":token" }.compactMap { part in
            let name = String(part.dropFirst())
            return context.parameters.get(name).map { (name, String($0.plainLine.prefix(100))) }
        }
        let line = AuditLine(
            brokerID: session.broker?.id, actor: session.user.email, action: "access.refuse",
            object: "page:\(route)",
            detail: Dictionary(ids, uniquingKeysWith: { first, _ in first }).merging(
                ["method": request.method.rawValue]) { mine, _ in mine },
            outcome: .refused, requestID: context.requestID, address: context.variables.remoteAddress)
        do {
            let known = try database.read { try $0.refusals(of: line, since: now - 3_600) }
            guard known < Self.refusalsAnHour else { return }
            try database.write { try $0.audit(line, at: now) }
        } catch {
            context.logger.error("a refusal could not be kept", metadata: ["error": "\(error)"])
        }
    }
}

extension DatabaseConnection {
    fileprivate mutating func refusals(of line: AuditLine, since: Date) throws -> Int {
        let chain: SQL = if let broker = line.brokerID { "broker_id = \(broker)" } else { "broker_id IS NULL" }
        return try count(
            "SELECT COUNT(*) FROM audit WHERE \(chain) AND at > \(since) AND actor = \(line.actor) AND action = \(line.action)"
        )
    }
}
