import Foundation
import HTML
import Hummingbird
import PortalKit

/// Pausing the requirement, and putting it back in force.
enum SSOPauseRoutes {
    private static let choices = [5, 10, 20, 30]

    static func pause(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let plugin = Key<PluginManifest>(visit.form["plugin"] ?? "")
        let back = visit.portal.plugins[plugin] == nil ? "/security" : "/services/\(plugin)/authentication"
        let reason = String((visit.form["reason"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines).prefix(500))
        let minutes = Int(visit.form["minutes"] ?? "") ?? 0
        guard !reason.isEmpty, (1...SSOPause.longestMinutes).contains(minutes) else {
            var frame = visit.frame("Pause the SSO requirement", above: [(title: "Security", path: "/security")])
            frame.hasErrors = true
            return visit.show(
                frame, status: .unprocessableContent,
                form(
                    plugin: plugin, typed: visit.form, csrf: visit.session.formToken,
                    problem: reason.isEmpty ? "Say why: it is audited and told to the owners." : nil,
                    minutesProblem: (1...SSOPause.longestMinutes).contains(minutes)
                        ? nil : "Choose for how long, at most \(SSOPause.longestMinutes) minutes."))
        }
        do {
            try visit.portal.database.write { db in
                let until = UTCTime(visit.now + TimeInterval(60 * minutes)).exact
                var line = visit.auditLine(
                    "sso.pause", "broker:\(broker.id)", ["reason": reason, "plugin": plugin.rawValue])
                line.before = ["required": "yes"]
                line.after = ["required": "paused until \(until)"]
                try db.pauseSSO(of: broker, minutes: minutes, reason: reason, by: visit, line)
            }
        } catch is SSORefusal {
            return .seeOther(back)
        }
        return .seeOther("\(back)?done=\(Done.ssoPaused.rawValue)")
    }

    /// Needs no proof anew: it only takes away.
    static func restore(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let vault = visit.portal.vault
        let line = visit.auditLine("", "")
        try visit.portal.database.write { db in
            if visit.form["what"] == "suspension" {
                try db.endSSOSuspension(
                    of: broker.id, why: "an owner ended it", by: visit.user.email, vault, at: visit.now, line: line)
            } else {
                try db.endSSOPause(of: broker.id, .person, by: visit.user.email, vault, at: visit.now, line: line)
            }
        }
        return .seeOther("/security?done=\(Done.ssoRestored.rawValue)")
    }

    static func form(
        plugin: Key<PluginManifest>, typed: [String: String] = [:], csrf: String, problem: String? = nil,
        minutesProblem: String? = nil
    ) -> HTML {
        PortalCore.form(
            FormPage(
                action: "/security/sso-pauses", csrfToken: csrf,
                fields: [
                    FormField(
                        name: "reason", label: "Reason", hint: "It is audited and told to the owners by mail.",
                        value: typed["reason"] ?? "", problem: problem, maxLength: 500),
                    FormField(
                        name: "minutes", label: "For how long", value: typed["minutes"] ?? "20",
                        kind: .choice(choices.map { (value: String($0), label: "\($0) minutes") }),
                        problem: minutesProblem),
                ],
                submit: "Pause the SSO requirement", cancel: (title: "Cancel", path: "/security"),
                hidden: [(name: "plugin", value: plugin.rawValue)]))
    }
}
