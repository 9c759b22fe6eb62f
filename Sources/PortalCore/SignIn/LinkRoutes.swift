import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

/// Links by mail: for a new password, and for an invitation. Looking at one changes nothing, however often; a POST uses it up.
enum LinkRoutes {
    /// So long takes an answer to who has forgotten the password, known here or not.
    private static let evenly = Duration.milliseconds(60)

    static func add(to routes: inout RouteTable) {
        routes.publicRoute(.get, "/forgotten-password") { visit in visit.show { forgottenPasswordPage(visit, $0) } }
        routes.publicRoute(.post, "/forgotten-password", stale: again, sendLink)
        routes.publicRoute(.get, "/forgotten-password/sent") { visit in .page(linkSentPage(visit)) }
        for purpose in [OneTimeLink.Purpose.passwordReset, .invitation] {
            routes.publicRoute(.get, "\(purpose.path)/:token") { try page($0, purpose) }
            routes.publicRoute(.post, "\(purpose.path)/:token") { try await use($0, purpose) }
        }
    }

    private static func again(_ visit: PublicVisit) -> Response {
        visit.show(status: .forbidden) {
            forgottenPasswordPage(
                visit, $0, email: typedAddress(visit.form["email"]), problem: PublicVisit.staleForm)
        }
    }

    private static func sendLink(_ visit: PublicVisit) async throws -> Response {
        let start = ContinuousClock.now
        let email = typedAddress(visit.form["email"])
        guard email.split(separator: "@").count == 2 else {
            return visit.show(status: .unprocessableContent) {
                forgottenPasswordPage(
                    visit, $0, email: email, problem: "Type your whole e-mail address, for example anna@example.com.")
            }
        }
        let wait = try visit.portal.database.write { try visit.sendResetLink(to: email, &$0) }
        if wait == nil { try await Task.sleep(until: start + evenly) }
        if let wait {
            return visit.show(status: .unprocessableContent) {
                forgottenPasswordPage(
                    visit, $0, email: email,
                    problem: "Too many links were asked for from your network. Wait \(wait) seconds, then try again.")
            }
        }
        return .seeOther("/forgotten-password/sent")
    }

    private static func page(_ visit: PublicVisit, _ purpose: OneTimeLink.Purpose) throws -> Response {
        guard let opened = try visit.portal.database.read({ try visit.opened(purpose, &$0) }) else {
            return dead(visit)
        }
        if let instead = try visit.ssoInstead(of: opened.account) { return instead }
        return visit.show { newPasswordPage(visit, opened.page($0)) }
    }

    private static func use(_ visit: PublicVisit, _ purpose: OneTimeLink.Purpose) async throws -> Response {
        guard let opened = try visit.portal.database.read({ try visit.opened(purpose, &$0) }) else {
            return dead(visit)
        }
        if let instead = try visit.ssoInstead(of: opened.account) { return instead }
        let password = visit.form["password"] ?? ""
        let name = visit.form["name"].map { $0.plainLine }
        let account = opened.account
        let words = [name ?? account.user.name, account.user.email, account.brokerName].compactMap(\.self)
        let passwordProblem = PasswordRules.problem(password, of: words)?.text
        let nameProblem =
            purpose == .invitation && (name ?? "").isEmpty ? "Type your name, as others here should see it." : nil
        guard passwordProblem == nil, nameProblem == nil else {
            return visit.show(status: .unprocessableContent) { token in
                var page = opened.page(token)
                if purpose == .invitation { page.name = name ?? "" }
                page.passwordProblem = passwordProblem
                page.nameProblem = nameProblem
                return newPasswordPage(visit, page)
            }
        }
        let hash = try await visit.portal.hash(password)
        return try visit.portal.database.write { db in
            guard try db.consume(link: opened.token, purpose, now: visit.now) else { return dead(visit) }
            return try purpose == .invitation
                ? visit.acceptInvitation(account.user, name: name ?? "", hash, &db)
                : visit.resetPassword(account.user, hash, &db)
        }
    }

    private static func dead(_ visit: PublicVisit) -> Response { .page(deadLinkPage(visit), status: .notFound) }
}

/// A link that works, and whose it is.
private struct OpenedLink: Sendable {
    let token: Token
    let purpose: OneTimeLink.Purpose
    let account: Credentials

    func page(_ visitor: Token) -> NewPasswordPage {
        NewPasswordPage(
            action: "\(purpose.path)/\(token.text)", csrfToken: visitor.derived("form"), email: account.user.email,
            name: purpose == .invitation ? account.user.name : nil, company: account.brokerName)
    }
}

extension PublicVisit {
    fileprivate func opened(_ purpose: OneTimeLink.Purpose, _ db: inout DatabaseConnection) throws -> OpenedLink? {
        let token = Token(context.parameters.get("token") ?? "")
        guard let link = try db.link(token, purpose, now: now),
            let account = try db.credentials(of: link.user.id, now: now),
            purpose == .invitation || account.mayUsePassword
        else { return nil }
        return OpenedLink(token: token, purpose: purpose, account: account)
    }

    /// - Returns: the seconds to wait when the network has asked too often.
    fileprivate func sendResetLink(to email: String, _ db: inout DatabaseConnection) throws -> Int? {
        let source = TrySource.address(address)
        if let wait = try db.countTry(.resets, at: "", from: source, now: now) { return wait }
        let person = try request.trySource(of: email, context, &db, now: now)
        let isTooOften = try db.countTry(.reset, at: email, from: person, now: now) != nil
        let account = try db.credentials(email: email, now: now)
        let line = auditLine(email, "user.password-link", outcome: .refused, broker: account?.user.brokerID)
        guard !isTooOften, let account, !account.isDisabled, account.mayUsePassword,
            try account.password.isUsable || db.hasSignedIn(account.user.id)
        else {
            try db.audit(line, at: now)
            return nil
        }
        let token = try db.makeLink(.passwordReset, for: account.user.id, by: account.user.email, now: now)
        try db.post(resetMail(account, token, &db), portal.vault, at: now)
        var done = line
        done.outcome = .done
        try db.audit(done, at: now)
        return nil
    }

    /// The link leads to where it was asked for when that is a place of the person's, and home otherwise.
    private func resetMail(_ account: Credentials, _ token: Token, _ db: inout DatabaseConnection) throws -> Mail {
        let broker = try account.user.brokerID.flatMap { try db.broker($0) }
        let base =
            portal.addresses.mayWork(broker, at: place)
            ? place.baseURL : portal.addresses.home(of: account.user, broker: broker, at: place).baseURL
        return Mail(
            brokerID: account.user.brokerID, purpose: .passwordReset, recipient: account.user.email,
            subject: "A new password",
            body: """
                Hello \(account.user.name.plainLine),

                with this link you set a new password. It works once, for 30 minutes:

                \(base)\(OneTimeLink.Purpose.passwordReset.path)/\(token.text)

                If you did not ask for it, do nothing: your password stays as it is.
                """)
    }

    fileprivate func resetPassword(_ user: User, _ hash: PasswordHash, _ db: inout DatabaseConnection) throws
        -> Response
    {
        try db.set(hash, of: user.id)
        try db.endSessions(of: user.id)
        try db.forgetDevices(of: user.id)
        let device = request.cookie(KnownDevice.cookie).map { Token($0) } ?? Token()
        try db.remember(device, of: user.id, now: now)
        var line = auditLine(user.email, "user.password-reset", outcome: .done, broker: user.brokerID)
        line.object = "user:\(user.id)"
        try db.audit(line, at: now)
        try db.tell(user, .passwordChanged, portal.vault, at: now)
        var response = Response.seeOther("/sign-in?done=\(Done.passwordSet.rawValue)")
        response.set(cookie: KnownDevice.cookie, device.text, maxAge: Int(KnownDevice.lifetime))
        return response
    }

    fileprivate func acceptInvitation(_ user: User, name: String, _ hash: PasswordHash, _ db: inout DatabaseConnection)
        throws
        -> Response
    {
        try db.set(hash, of: user.id)
        try db.rename(user, to: name)
        try db.endSessions(of: user.id)
        var line = auditLine(user.email, "user.invitation.accept", outcome: .done, broker: user.brokerID)
        line.object = "user:\(user.id)"
        try db.audit(line, at: now)
        let (admission, token) = try admit(user, .link, &db)
        var response = Response.seeOther(admission.stage.path)
        admission.set(token, on: &response)
        return response
    }
}

extension DatabaseConnection {
    /// Whoever was invited and never came has the invitation, and nothing else leads in.
    fileprivate mutating func hasSignedIn(_ user: Key<User>) throws -> Bool {
        try count("SELECT COUNT(*) FROM portal_user WHERE id = \(user) AND signed_in_at IS NOT NULL") == 1
    }
}
