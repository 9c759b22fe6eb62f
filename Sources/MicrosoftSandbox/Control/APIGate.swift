import Hummingbird

/// How an API says what all of them say.
protocol APIFault: Error {
    static var tokenMissing: Self { get }
    static var tokenRefused: Self { get }
    static var wrongAudience: Self { get }

    /// An empty text leaves `Retry-After` out.
    static func throttled(retryAfter: String) -> Self
    /// `Retry-After` goes with 503 only.
    static func unavailable(status: Int, retryAfter: String) -> Self
}

/// What stands before every call of the three APIs: the faults that are on, and the token.
struct APIGate<Fault: APIFault>: Sendable {
    let sandbox: MicrosoftSandbox
    let resource: Resource

    /// The token when it is genuine, in force and for this API. Throws `Fault`, or waits, as a fault on demand has it.
    func pass(_ request: Request, _ call: ServiceCall, _ context: SandboxContext) async throws -> AccessToken {
        context.note.call = call
        if let fault = sandbox.faults.take(call, [.throttle, .serverError, .slow]) {
            context.note.add("fault: \(fault.kind.rawValue)")
            switch fault.kind {
            case .throttle: throw Fault.throttled(retryAfter: fault.retryAfter)
            case .serverError: throw Fault.unavailable(status: fault.status, retryAfter: fault.retryAfter)
            default: try await fault.delay()
            }
        }
        return try await token(of: request, call)
    }

    private func token(of request: Request, _ call: ServiceCall) async throws -> AccessToken {
        let header = request.headers[.authorization] ?? ""
        guard header.lowercased().hasPrefix("bearer "), header.count > 7 else { throw Fault.tokenMissing }
        guard let token = await sandbox.keys.verified(String(header.dropFirst(7))), token.isInForce(at: sandbox.now),
            token.iss == AccessToken.issuer(tenant: token.tid)
        else { throw Fault.tokenRefused }
        let audience = token.aud.hasSuffix("/") ? String(token.aud.dropLast()) : token.aud
        guard audience == resource.identifier || audience == resource.applicationID else { throw Fault.wrongAudience }
        if sandbox.faults.take(call, [.tokenRevoked]) != nil { throw Fault.tokenRefused }
        return token
    }
}
