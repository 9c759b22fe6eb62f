import Foundation
import PortalKit

/// Single sign-on by the command line: what stands, and break-glass.
extension Portal {
    private struct Row: Codable {
        let id: String
        let broker: String
        let issuer: String?
        let enabled: Bool
        let required: Bool
        let pausedUntil: String?
        let suspendedUntil: String?
        let reason: String?

        var words: String {
            guard issuer != nil else { return "not set up" }
            if let suspendedUntil { return "suspended until \(suspendedUntil)" }
            if let pausedUntil { return "paused until \(pausedUntil)" }
            return required ? "required" : enabled ? "enabled" : "disabled"
        }
    }

    func listSingleSignOn() throws -> AdminAnswer {
        let now = now
        let rows = try database.read { db in
            try db.query("SELECT id, name FROM broker ORDER BY name, id") {
                (try $0[0] as Key<Broker>, try $0[1] as String)
            }.map { id, name in
                let state = try db.ssoState(of: id, now: now)
                return Row(
                    id: id.rawValue, broker: name, issuer: state.provider?.issuer,
                    enabled: state.provider?.isEnabled ?? false, required: state.isRequiredBySetting,
                    pausedUntil: state.pause.map { UTCTime($0.until).exact },
                    suspendedUntil: state.suspension.map { UTCTime($0.until).exact },
                    reason: state.suspension?.reason ?? state.pause?.reason)
            }
        }
        return try AdminAnswer(rows, empty: "There is no broker yet.") {
            [$0.id, $0.broker, $0.words, $0.issuer ?? "-", $0.reason ?? ""]
        }
    }

    func suspended(broker: String, minutes: Int, reason: String, _ person: Operator) throws -> AdminAnswer {
        let (name, until) = try suspendSSO(broker: broker, minutes: minutes, reason: reason, by: person)
        return try AdminAnswer(
            done: "Single sign-on is not required at \(name) until \(UTCTime(until).text). The owners were told.")
    }
}
