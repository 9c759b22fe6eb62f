import Foundation
import HTML
import Hummingbird
import PortalKit

/// Setting up an authenticator app, and the recovery codes: for everybody, and before anything else for those who must have one.
enum SecondFactorRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/account/second-factor", .seeHome, needs: [.recentProof, .enrolment]) { try showSetup($0, TOTP()) }
        routes.post("/account/second-factor", .seeHome, needs: [.recentProof, .enrolment], switchOn)
        routes.post("/account/second-factor/removal", .seeHome, needs: [.recentProof], switchOff)
        routes.get("/account/recovery-codes", .seeHome, showCodes)
        routes.post("/account/recovery-codes", .seeHome, needs: [.recentProof], makeCodes)
        routes.post("/account/recovery-codes/kept", .seeHome, forgetShown)
    }

    /// Nothing is stored until a code has proved that the app has the secret: until then it travels in the form, sealed for
    /// this session.
    private static func showSetup(_ visit: Visit, _ totp: TOTP, problem: String? = nil) throws -> Response {
        let setup = SecondFactorSetup(
            totp: totp,
            sealed: Data(try visit.portal.vault.seal(totp.text, for: sealIdentity(visit.session))).base64URL,
            address: totp.address(issuer: "Gatehouse \(visit.place.baseURL.host)", account: visit.user.email),
            csrfToken: visit.session.formToken, problem: problem)
        let status: HTTPResponse.Status = problem == nil ? .ok : .unprocessableContent
        guard visit.session.stage == .open else {
            return .page(
                barePage(
                    title: "Set up your second step", brokerName: visit.session.broker?.name,
                    purpose: "As \(visit.user.role.title.lowercased()) you sign in with a code besides your password.",
                    ribbons: visit.portal.ribbons, hasErrors: problem != nil,
                    """
                    \(secondFactorSetup(setup))
                    \(postButton("Sign out", action: "/sign-out", csrfToken: visit.session.formToken, style: .quiet))
                    """), status: status)
        }
        var frame = visit.frame(
            "Set up your second step", "A code of an app besides your password.",
            above: [(title: "Your account", path: "/account")])
        frame.hasErrors = problem != nil
        return visit.show(frame, status: status, panel(secondFactorSetup(setup)))
    }

    private static func switchOn(_ visit: Visit) throws -> Response {
        guard let sealed = Data(base64URL: visit.form["secret"] ?? ""),
            let text = try? visit.portal.vault.open(Array(sealed), for: sealIdentity(visit.session)),
            let totp = TOTP(text: text)
        else { return try showSetup(visit, TOTP(), problem: "The picture was of another sign-in. Scan this one.") }
        guard let step = totp.step(of: visit.form["code"] ?? "", at: visit.now, after: nil) else {
            return try showSetup(
                visit, totp,
                problem:
                    "The code is wrong. Type the one that the app shows now, and check that the clock of your phone is right."
            )
        }
        let vault = visit.portal.vault
        let admitted = try visit.portal.database.write { db -> (Admission, Token)? in
            try db.set(totp, provedBy: step, of: visit.user.id, vault, at: visit.now)
            try db.makeRecoveryCodes(of: visit.user.id, vault, at: visit.now)
            try db.endSessions(of: visit.user.id, except: visit.session.tokenHash)
            try db.audit(visit.auditLine("user.second-factor.set", "user:\(visit.user.id)"), at: visit.now)
            try db.tell(visit.user, .secondFactorOn, vault, at: visit.now)
            guard visit.session.stage != .open else { return nil }
            return try visit.asPublic.admit(visit.user, visit.session.method, hasProvedSecond: true, &db)
        }
        var response = Response.seeOther("/account/recovery-codes")
        if let (admission, token) = admitted { admission.set(token, on: &response) }
        return response
    }

    private static func switchOff(_ visit: Visit) throws -> Response {
        try visit.portal.database.write { db in
            guard try !db.needsSecondFactor(visit.user) else {
                throw PageError.stale("Your role needs a second step. You can set up another app in its place.")
            }
            var line = visit.auditLine("", "")
            line.action = "user.second-factor.off"
            if try db.removeSecondFactor(of: visit.user, as: line, at: visit.now) {
                try db.tell(visit.user, .secondFactorOff, visit.portal.vault, at: visit.now)
            }
        }
        return .seeOther("/account?done=\(Done.secondFactorOff.rawValue)")
    }

    private static func showCodes(_ visit: Visit) throws -> Response {
        let codes = try visit.portal.database.read {
            try $0.freshRecoveryCodes(of: visit.user.id, visit.portal.vault, at: visit.now)
        }
        guard !codes.isEmpty else { return .seeOther("/account") }
        return visit.show(
            visit.frame(
                "Your recovery codes", "For the day on which you don't have the app.",
                above: [(title: "Your account", path: "/account")]),
            recoveryCodesPanel(codes, csrfToken: visit.session.formToken))
    }

    private static func makeCodes(_ visit: Visit) throws -> Response {
        let vault = visit.portal.vault
        let isMade = try visit.portal.database.write { db in
            guard try db.hasSecondFactor(visit.user.id) else { return false }
            try db.makeRecoveryCodes(of: visit.user.id, vault, at: visit.now)
            try db.audit(visit.auditLine("user.recovery-codes.make", "user:\(visit.user.id)"), at: visit.now)
            try db.tell(visit.user, .recoveryCodesMade, vault, at: visit.now)
            return true
        }
        return .seeOther(isMade ? "/account/recovery-codes" : "/account")
    }

    private static func forgetShown(_ visit: Visit) throws -> Response {
        try visit.portal.database.write { try $0.dropFreshRecoveryCodes(of: visit.user.id) }
        return .seeOther("/account?done=\(Done.recoveryCodesKept.rawValue)")
    }

    private static func sealIdentity(_ session: Session) -> String { "totp-setup:\(Data(session.tokenHash).base64URL)" }
}
