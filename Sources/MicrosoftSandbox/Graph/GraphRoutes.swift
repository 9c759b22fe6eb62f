import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `/graph`: Microsoft Graph v1.0, as far as a partner's portal calls it.
struct GraphRoutes {
    let sandbox: MicrosoftSandbox

    private var gate: APIGate<GraphFault> { APIGate(sandbox: sandbox, resource: .graph) }

    typealias Handler = @Sendable (GraphCall) async throws -> GraphAnswer
    typealias Responder = @Sendable (Request, SandboxContext) async throws -> Response

    private static let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]

    func add(to router: Router<SandboxContext>) {
        addCalls(to: router)
        let parts = Router(context: SandboxContext.self)
        addCalls(to: parts)
        let batch = GraphBatch(sandbox: sandbox, responder: parts.buildResponder())
        on("$batch", in: router, [.post: answering(.batch, []) { try await batch.answer($0) }])
    }

    /// All that may also stand in a batch.
    private func addCalls(to router: Router<SandboxContext>) {
        UserRoutes(graph: self).add(to: router)
        GroupRoutes(graph: self).add(to: router)
        InvitationRoutes(graph: self).add(to: router)
        TenantRoutes(graph: self).add(to: router)
        SecurityRoutes(graph: self).add(to: router)
        ApplicationRoutes(graph: self).add(to: router)
        PermissionGrantRoutes(graph: self).add(to: router)
        DelegatedAdminRoutes(graph: self).add(to: router)
        BillingExportRoutes(graph: self).add(to: router)
        for method in Self.methods {
            router.on("graph/**", method: method) { request, context in
                respond(to: request, .failure(.unknownPath), context)
            }
        }
    }

    /// The calls at an address below the version. Other methods there are 405.
    func on(_ path: String, in router: Router<SandboxContext>, _ calls: [HTTPRequest.Method: Responder]) {
        for method in Self.methods {
            router.on("graph/v1.0/\(path)", method: method) { request, context in
                guard let call = calls[method] else {
                    return respond(to: request, .failure(.methodNotAllowed), context)
                }
                return try await call(request, context)
            }
        }
    }

    /// Faults first, then the caller, then the call. `permissions`: any of them is enough, as a delegated scope or as
    /// an application's role; none means that every token of the audience is. `roles`: directory roles of which a
    /// person needs one besides, as role template ids; none means that nobody needs any.
    func answering(
        _ call: ServiceCall, _ permissions: [String], roles: Set<String> = [], _ handler: @escaping Handler
    ) -> Responder {
        { request, context in
            do {
                let token = try await gate.pass(request, call, context)
                guard permissions.isEmpty || permissions.contains(where: token.permits) else { throw GraphFault.denied }
                guard roles.isEmpty || token.isAppOnly || !roles.isDisjoint(with: token.wids ?? []) else {
                    throw GraphFault.denied
                }
                guard let directory = sandbox.world.directory(named: token.tid) else { throw GraphFault.tokenRefused }
                let graphCall = GraphCall(
                    request: request, context: context, token: token, directory: directory,
                    query: FormFields(query: request), body: try await body(of: request))
                var answer = try await handler(graphCall)
                answer.headers[.resourceUnit] = graphCall.resourceUnits(of: call).map(String.init)
                return respond(to: request, .success(answer), context)
            } catch let fault as GraphFault {
                return respond(to: request, .failure(fault), context)
            }
        }
    }

    private func body(of request: Request) async throws -> JSON {
        let bytes: ByteBuffer
        do {
            bytes = try await request.body.collect(upTo: 4 << 20)
        } catch is any HTTPResponseError {
            throw GraphFault.bodyTooLarge
        }
        guard bytes.readableBytes > 0 else { return .absent }
        guard let json = JSON(bytes.readableBytesView) else { throw GraphFault.bodyUnreadable }
        return json
    }

    private func respond(
        to request: Request, _ result: Result<GraphAnswer, GraphFault>, _ context: SandboxContext
    ) -> Response {
        let id = UUID().uuidString.lowercased()
        let clientID = request.headers[.clientRequestID] ?? id
        var headers: HTTPFields = [.graphRequestID: id, .clientRequestID: clientID, .cacheControl: "no-cache"]
        headers[.date] = sandbox.now.httpField
        let type = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
        switch result {
        case .success(let answer):
            for field in answer.headers { headers[field.name] = field.value }
            guard let json = answer.json else { return Response(status: answer.status, headers: headers) }
            headers[.contentType] = type
            return Response(
                status: answer.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
        case .failure(let fault):
            context.note.add(fault.code)
            for field in fault.headers { headers[field.name] = field.value }
            headers[.contentType] = "application/json"
            let json = fault.json(requestID: id, clientRequestID: clientID, at: sandbox.now)
            return Response(
                status: fault.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
        }
    }
}
