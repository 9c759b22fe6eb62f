package import HTTPTypes
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
    }

    /// A page.
    mutating func get(
        _ path: String, _ permission: Permission, _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        on(.get, path, permission, handler)
    }

    /// A change. Its form must be this session's, sent from this host.
    mutating func post(
        _ path: String, _ permission: Permission, _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        on(.post, path, permission, handler)
    }

    /// For everybody, signed in or not.
    mutating func publicRoute(
        _ method: HTTPRequest.Method, _ path: String,
        _ handler: @escaping @Sendable (PublicVisit) async throws -> Response
    ) {
        entries.append(RouteEntry(method: method, path: path, permission: nil))
        router.on(RouterPath(path), method: method) { [portal] request, context in
            guard let place = context.place else { throw PageError.unknownHost }
            let form = method == .post ? try await request.form(in: context, at: place) : [:]
            return try await handler(
                PublicVisit(
                    portal: portal, request: request, context: context, place: place, form: form, now: portal.now))
        }
    }

    func responder() -> some HTTPResponder<PortalContext> {
        router.buildResponder()
    }

    private mutating func on(
        _ method: HTTPRequest.Method, _ path: String, _ permission: Permission,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        entries.append(RouteEntry(method: method, path: path, permission: permission))
        router.on(RouterPath(path), method: method) { [portal] request, context -> Response in
            guard let place = context.place else { throw PageError.unknownHost }
            guard let session = context.session else {
                return .seeOther("/sign-in?next=\(localPath(method == .get ? request.uri.string : "/").queryEncoded)")
            }
            guard portal.addresses.mayWork(session.broker, at: place) else {
                let home = portal.addresses.home(of: session.user, broker: session.broker, at: place)
                return .seeOther(
                    handoverPath(to: home.baseURL, from: place.baseURL, path: method == .get ? request.uri.string : "/")
                )
            }
            let form = method == .post ? try await request.form(in: context, at: place) : [:]
            guard session.user.role.permissions.contains(permission) else { throw PageError.notFound }
            return try await handler(
                Visit(
                    portal: portal, request: request, context: context, place: place, session: session, form: form,
                    now: portal.now))
        }
    }
}

/// A line of `gatehouse routes`.
package struct RouteEntry: Sendable {
    package let method: HTTPRequest.Method
    package let path: String
    private let permission: Permission?

    init(method: HTTPRequest.Method, path: String, permission: Permission?) {
        self.method = method
        self.path = path
        self.permission = permission
    }

    /// The permission's name, or `public`.
    package var access: String { permission?.rawValue ?? "public" }
}
