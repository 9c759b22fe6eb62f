import Foundation
import HTML
import Hummingbird
import PortalKit

/// How a broker's people sign in: the page of its owners.
enum SecurityRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/security", .seeSecurity) { try show($0) }
        routes.get("/security/steps", .seeSecurity, steps)
        routes.post("/security/provider", .manageSecurity, needs: [.recentProof], save)
        routes.post("/security/provider-checks", .manageSecurity, check)
        routes.get("/security/provider-removal", .manageSecurity, removalPreview)
        routes.post("/security/provider-removal", .manageSecurity, needs: [.recentProof], remove)
        routes.post("/security/sso-enabled", .manageSecurity, needs: [.recentProof], enable)
        routes.post("/security/sso-required", .manageSecurity, needs: [.recentProof], require)
        routes.post("/security/unlinked-people", .manageSecurity, needs: [.recentProof], unlink)
        routes.post("/security/sso-pauses", .manageSecurity, needs: [.recentProof], SSOPauseRoutes.pause)
        routes.post("/security/sso-restorations", .manageSecurity, SSOPauseRoutes.restore)
    }

    /// - Parameter refusal: why what was asked for was not done.
    static func show(
        _ visit: Visit, typed: [String: String]? = nil, problems: [SSOSettings.Field: String] = [:],
        refusal: String? = nil
    ) throws -> Response {
        let page = SecurityPage(
            try visit.securityState(), visit: visit, typed: typed, problems: problems, refusal: refusal)
        var frame = visit.frame("Security", "How the people of \(try visit.broker.name) sign in.")
        frame.hasErrors = refusal != nil || !problems.isEmpty
        return visit.show(frame, status: frame.hasErrors ? .unprocessableContent : .ok, page.content)
    }

    private static func steps(_ visit: Visit) throws -> Response {
        let state = try visit.securityState()
        return .fragment(
            SecurityPage(state, visit: visit, typed: nil, problems: [:], refusal: nil).steps, isDone: !state.isChecking)
    }

    private static func save(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let portal = visit.portal
        let old = try portal.database.read { try $0.ssoProvider(of: broker.id) }
        switch SSOSettings.read(visit.form, mayStayHere: portal.mayHaveLocalProviders, hasSecret: old != nil) {
        case .failure(let problems): return try show(visit, typed: visit.form, problems: problems.of)
        case .success(let settings):
            do {
                try portal.database.write { db in
                    let change = try db.save(
                        settings, of: broker.id, by: visit.user.email, portal.vault, now: visit.now)
                    var line = visit.auditLine("sso.configure", "broker:\(broker.id)")
                    (line.before, line.after) = (change.before, change.after)
                    try db.audit(line, at: visit.now)
                    if change.old?.issuer != settings.issuer {
                        try db.endSSOSessions(of: broker.id, except: visit.session.tokenHash)
                    }
                    _ = try SSOCheckJob.start(for: broker.id, by: visit.user.email, &db, at: visit.now)
                }
                return .seeOther("/security?done=\(Done.ssoSaved.rawValue)")
            } catch SSORefusal.domainTaken(let domain) {
                return try show(
                    visit, typed: visit.form, problems: [.domains: SSORefusal.domainTaken(domain).text])
            } catch let refusal as SSORefusal {
                return try refuse(visit, "sso.configure", refusal, typed: visit.form)
            }
        }
    }

    private static func check(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        try visit.portal.database.write { db in
            guard try db.ssoProvider(of: broker.id) != nil else { return }
            _ = try SSOCheckJob.start(for: broker.id, by: visit.user.email, &db, at: visit.now)
        }
        return .seeOther("/security")
    }

    private static func enable(_ visit: Visit) throws -> Response {
        let isOn = visit.form["to"] == "on"
        return try change(visit, "sso.enable", isOn ? .ssoEnabled : .ssoDisabled, from: !isOn, to: isOn) { db, broker in
            try db.setSSO(enabled: isOn, of: broker.id)
            if !isOn { try db.endSSOSessions(of: broker.id, except: visit.session.tokenHash) }
        }
    }

    private static func require(_ visit: Visit) throws -> Response {
        let isOn = visit.form["to"] == "on"
        return try change(visit, "sso.require", isOn ? .ssoRequired : .ssoNotRequired, from: !isOn, to: isOn) {
            db, broker in
            try db.setSSO(required: isOn, of: broker.id, by: visit.session, now: visit.now)
            try db.tellOwners(
                of: broker.id, isOn ? "Single sign-on is required now" : "Single sign-on is no longer required",
                "\(visit.user.name) (\(visit.user.email)) has switched the requirement \(isOn ? "on" : "off") for \(broker.name).",
                visit.portal.vault, at: visit.now)
        }
    }

    /// Where there is no provider any more, the page of security says so.
    private static func removalPreview(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let (reach, state) = try visit.portal.database.read { db in
            (
                try db.ssoReach(of: broker.id, except: visit.session.tokenHash, now: visit.now),
                try db.ssoState(of: broker.id, now: visit.now)
            )
        }
        guard let provider = state.provider else { return .seeOther("/security") }
        let frame = visit.frame(
            "Remove \(provider.name)", above: [(title: "Security", path: "/security")])
        return visit.show(frame, ssoRemovalPage(provider, reach, csrf: visit.session.formToken))
    }

    private static func remove(_ visit: Visit) throws -> Response {
        try change(visit, "sso.remove", .ssoRemoved, from: true, to: false) { db, broker in
            try db.removeSSO(of: broker.id)
            try db.endSSOSessions(of: broker.id, except: visit.session.tokenHash)
        }
    }

    private static func unlink(_ visit: Visit) throws -> Response {
        let person = Key<User>(visit.form["person"] ?? "")
        let broker = try visit.broker
        let state = try visit.securityState()
        if person == visit.user.id && state.sso.isRequiredBySetting {
            return try refuse(visit, "sso.unlink", .isRequired)
        }
        try visit.portal.database.write { db in
            guard try db.execute("DELETE FROM sso_identity WHERE broker_id = \(broker.id) AND user_id = \(person)") == 1
            else { return }
            try db.execute(
                """
                DELETE FROM session WHERE user_id = \(person) AND method = \(Session.Method.sso)
                    AND token_hash <> \(visit.session.tokenHash)
                """)
            try db.audit(visit.auditLine("sso.unlink", "user:\(person)"), at: visit.now)
        }
        return .seeOther("/security?done=\(Done.ssoUnlinked.rawValue)")
    }

    private static func change(
        _ visit: Visit, _ action: String, _ done: Done, from old: Bool, to new: Bool,
        _ body: (inout DatabaseConnection, Broker) throws -> Void
    ) throws -> Response {
        let broker = try visit.broker
        do {
            try visit.portal.database.write { db in
                try body(&db, broker)
                var line = visit.auditLine(action, "broker:\(broker.id)")
                line.before = ["value": old ? "yes" : "no"]
                line.after = ["value": new ? "yes" : "no"]
                try db.audit(line, at: visit.now)
            }
        } catch let refusal as SSORefusal {
            return try refuse(visit, action, refusal)
        }
        return .seeOther("/security?done=\(done.rawValue)")
    }

    /// A line in the audit, and the page with the reason.
    private static func refuse(
        _ visit: Visit, _ action: String, _ refusal: SSORefusal, typed: [String: String]? = nil
    ) throws -> Response {
        let broker = try visit.broker
        try visit.portal.database.write {
            try $0.audit(
                visit.auditLine(action, "broker:\(broker.id)", ["reason": "\(refusal)"], outcome: .refused),
                at: visit.now)
        }
        return try show(visit, typed: typed, refusal: refusal.text)
    }
}
