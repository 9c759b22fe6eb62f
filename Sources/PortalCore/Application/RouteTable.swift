import FastCGI
import HTTPTypes
import Hummingbird
import PortalKit

/// The portal's routes, each with who may use it. There is no way to add one without.
struct RouteTable {
    private let router = Router(context: PortalContext.self, options: .autoGenerateHeadEndpoints)
    private let portal: Portal
    private(set) var entries: [RouteEntry] = []

    init(portal: Portal) {
        self.portal = portal
        router.add(middleware: AnswerMiddleware(portal: portal))
        router.add(middleware: PlaceMiddleware(portal: portal))
        router.add(middleware: ErrorMiddleware(portal: portal))
    }

    /// A page.
    mutating func get(
        _ path: String, _ permission: Permission, needs rules: RouteRules = [],
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        on(.get, path, permission, rules, handler)
    }

    /// A change. Its form must be this session's, sent from this host.
    mutating func post(
        _ path: String, _ permission: Permission, needs rules: RouteRules = [],
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        on(.post, path, permission, rules, handler)
    }

    /// For everybody, signed in or not.
    ///
    /// - Parameter stale: the page once more, with what was typed, for a visitor whose form of ours is not this browser's any
    ///   more; without it, such a form is refused.
    mutating func publicRoute(
        _ method: HTTPRequest.Method, _ path: String,
        stale: (@Sendable (PublicVisit) throws -> Response)? = nil,
        _ handler: @escaping @Sendable (PublicVisit) async throws -> Response
    ) {
        entries.append(RouteEntry(method: method, path: path, permission: nil, rules: []))
        router.on(RouterPath(path), method: method) { [portal] request, context in
            guard let place = context.place else { throw PageError.unknownHost }
            let form = method == .post ? try await request.sentForm(at: place) : [:]
            let visit = PublicVisit(
                portal: portal, request: request, context: context, place: place, form: form, now: portal.now)
            guard method != .post || context.made(form) else {
                guard let stale, context.session == nil else { throw PageError.foreignForm }
                return try stale(visit)
            }
            return try await handler(visit)
        }
    }

    /// Where an address takes a page's request and not a form's, or the other way round, it says so.
    func responder() -> some HTTPResponder<PortalContext> {
        for (path, routes) in Dictionary(grouping: entries, by: \.path) where routes.count == 1 {
            let takesForms = routes[0].method == .post
            router.on(RouterPath(path), method: takesForms ? .get : .post) { _, _ -> Response in
                throw PageError.wrongMethod(allowed: takesForms ? "POST" : "GET, HEAD")
            }
        }
        return router.buildResponder()
    }

    private mutating func on(
        _ method: HTTPRequest.Method, _ path: String, _ permission: Permission, _ rules: RouteRules,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        entries.append(RouteEntry(method: method, path: path, permission: permission, rules: rules))
        router.on(RouterPath(path), method: method) { [portal] request, context -> Response in
            guard let place = context.place else { throw PageError.unknownHost }
            guard let session = context.session else { return try await portal.askToSignIn(request, context, place) }
            let visit = RouteVisit(
                portal: portal, request: request, context: context, place: place, session: session, rules: rules)
            guard rules.open(at: session.stage) else { return .seeOther(session.stage.path) }
            if !visit.isPost && !visit.isRightAddress { return try visit.detour([:]) }
            var form = visit.isPost ? try await request.form(in: context, at: place) : [:]
            guard session.access.permissions.contains(permission) else {
                portal.noteRefusal(of: path, session, request, context)
                throw PageError.notFound
            }
            var held: Token?
            if let text = form["held"] {
                let token = Token(text)
                let browser = request.cookie(HeldForm.cookie).map { Token($0) }
                guard let kept = try portal.heldForm(token, for: session.user.id, browser: browser),
                    kept.path == request.uri.path
                else { throw PageError.formGone }
                held = token
                form = kept.fields.merging(form) { kept, _ in kept }
            }
            if !visit.isRightAddress { return try visit.detour(form) }
            if !visit.isProved {
                let proof = visit.isPost ? try await portal.confirms(visit, form) : nil
                guard proof == true else { return try visit.stepUp(form, wasWrong: proof == false) }
            }
            for proof in [ConfirmRoutes.password, ConfirmRoutes.code] { form[proof] = nil }
            do {
                let response = try await handler(
                    Visit(
                        portal: portal, request: request, context: context, place: place, session: session, form: form,
                        now: portal.now))
                if let held { try portal.database.write { try $0.drop(heldForm: held) } }
                return response
            } catch PageError.notFound {
                portal.noteRefusal(of: path, session, request, context)
                throw PageError.notFound
            }
        }
    }
}

extension Portal {
    /// What was typed in a session that has ended since is kept for the next one.
    fileprivate func askToSignIn(_ request: Request, _ context: PortalContext, _ place: Place) async throws -> Response
    {
        let isPost = request.method == .post
        // A browser that never had a session has nothing to lose here; one that has signed out in another tab may.
        let hadSession = request.cookie(Session.cookie) != nil || request.cookie(HeldForm.cookie) != nil
        guard isPost, hadSession, request.uri.path != "/sign-out" else {
            return .seeOther("/sign-in?next=\(localPath(isPost ? "/" : request.uri.string).queryEncoded)")
        }
        let fields = try await request.sentForm(at: place)
        let nonce = request.cookie(HeldForm.cookie).map { Token($0) } ?? Token()
        let held = try hold(HeldForm(path: request.uri.path, fields: fields), for: .browser(nonce))
        var response = Response.seeOther("/sign-in?next=\((held.map(HeldFormRoutes.path) ?? "/").queryEncoded)")
        if held != nil {
            response.set(cookie: HeldForm.cookie, nonce.text, maxAge: Int(HeldForm.lifetime))
        }
        return response
    }
}
