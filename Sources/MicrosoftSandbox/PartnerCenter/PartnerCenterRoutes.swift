import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// `/partnercenter`: the REST API of Partner Center, as far as a partner's portal calls it. Which calls there are
/// stands in ``table``.
struct PartnerCenterRoutes {
    let sandbox: MicrosoftSandbox

    /// What a partner may send at most; its documents are small.
    private static let largestBody = 256 * 1024

    /// Addresses are matched without case, which the router can't do for one service alone.
    func add(to router: Router<SandboxContext>) {
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete] {
            router.on("partnercenter/**", method: method) { request, context in
                await answer(request, context)
            }
        }
    }

    /// Percent-encoded parts are decoded; an empty one is passed over.
    static func parts(of path: String) -> [String] {
        path.split(separator: "/").dropFirst().map { String($0).percentDecoded() ?? String($0) }
    }

    /// Faults first, then the caller, then the call.
    private func answer(_ request: Request, _ context: SandboxContext) async -> Response {
        let exchange = PartnerCenterExchange(request: request, context: context)
        let path = Self.parts(of: request.uri.path)
        for route in Self.table where route.method == request.method {
            guard let parameters = route.match(path) else { continue }
            do {
                return try await answer(exchange, route, parameters)
            } catch let fault as PartnerCenterFault {
                return exchange.response(fault, route)
            } catch {
                context.logger.error("a call of Partner Center failed", metadata: ["error": "\(error)"])
                return exchange.response(.unavailable(status: 500, retryAfter: ""), route)
            }
        }
        return exchange.response(.notFound, nil)
    }

    private func answer(
        _ exchange: PartnerCenterExchange, _ route: PartnerCenterRoute, _ parameters: [String: String]
    ) async throws -> Response {
        let request = exchange.request
        let gate = APIGate<PartnerCenterFault>(sandbox: sandbox, resource: .partnerCenter)
        let token = try await gate.pass(request, route.call, exchange.context)
        if let fault = sandbox.faults.take(route.call, [.refusal]) {
            exchange.context.note.add("fault: \(fault.kind.rawValue)")
            throw PartnerCenterFault.onDemand(fault.form)
        }
        let check = CallerCheck(sandbox: sandbox, call: route.call)
        let hasMFA = check.hasMFA(token)
        if !token.isAppOnly { exchange.isMFACompliant = hasMFA }
        let (partner, account) = try check.caller(
            token, hasMFA: hasMFA, allowsAppOnly: route.traits.contains(.appOnly))
        let body = try await body(of: request)
        func call(_ partner: Partner) -> PartnerCenterCall {
            PartnerCenterCall(
                sandbox: sandbox, request: request, context: exchange.context, call: route.call, token: token,
                partner: partner, account: account, parameters: parameters, query: PartnerCenterQuery(request),
                body: PartnerCenterBody(body), correlationID: exchange.correlationID, now: sandbox.now)
        }
        guard request.method != .get, request.method != .head else {
            return exchange.response(try route.handler(call(partner)), route)
        }
        let answer = try sandbox.commerceChanges.run {
            // The partner's customers may have become others while this call waited for its turn.
            try keyed(call(sandbox.world.partner(partner.tenantID) ?? partner), route)
        }
        return exchange.response(answer, route)
    }

    /// The first answer again to a repeated call; only what succeeded is kept.
    private func keyed(_ call: PartnerCenterCall, _ route: PartnerCenterRoute) throws -> PartnerCenterAnswer {
        guard route.traits.contains(.keyed), let id = call.request.headers[.msRequestID], id.utf8.count <= 100 else {
            return try route.handler(call)
        }
        let path = Self.parts(of: call.request.uri.path).joined(separator: "/").lowercased()
        let key = "\(call.partner.tenantID) \(route.method.rawValue) \(path) \(id.lowercased())"
        if let kept = sandbox.store.read({ $0.commerce.keptAnswers.answer(to: key) }) {
            call.context.note.add("the first answer again")
            return kept.answer
        }
        let answer = try route.handler(call)
        try sandbox.store.update { $0.commerce.keptAnswers.keep(answer, to: key) }
        return answer
    }

    /// An object or nothing.
    private func body(of request: Request) async throws -> JSON {
        guard request.method != .get, request.method != .head else { return .absent }
        let bytes: ByteBuffer
        do {
            bytes = try await request.body.collect(upTo: Self.largestBody)
        } catch is any HTTPResponseError {
            throw PartnerCenterFault.invalidInput
        }
        guard bytes.readableBytes > 0 else { return .absent }
        guard let json = JSON(bytes.readableBytesView), json.members != nil else {
            throw PartnerCenterFault.invalidInput
        }
        return json
    }
}
