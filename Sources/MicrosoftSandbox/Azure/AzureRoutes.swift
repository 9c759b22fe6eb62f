import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `/azure`: Azure Resource Manager, as far as a partner's portal calls it. Source: Microsoft Learn, "Programmatically
/// create Azure subscriptions for a Microsoft Partner Agreement with the latest APIs".
struct AzureRoutes {
    let sandbox: MicrosoftSandbox

    private var gate: APIGate<AzureFault> { APIGate(sandbox: sandbox, resource: .azureManagement) }

    private static let billingVersions = ["2019-10-01-preview", "2020-05-01", "2024-04-01"]
    private static let subscriptionVersions = ["2020-09-01", "2021-10-01"]

    func add(to router: Router<SandboxContext>) {
        let accounts = "Microsoft.Billing/billingAccounts"
        on(accounts, in: router, [.get: billing(.billingAccounts) { BillingAccountCalls(call: $0).list() }])
        on(
            "\(accounts)/:account", in: router,
            [.get: billing(.billingAccounts) { try BillingAccountCalls(call: $0).read() }])
        on(
            "\(accounts)/:account/customers", in: router,
            [.get: billing(.billingCustomers) { try BillingCustomerCalls(call: $0).list() }])
        on(
            "\(accounts)/:account/customers/:customer", in: router,
            [.get: billing(.billingCustomers) { try BillingCustomerCalls(call: $0).read() }])
        on(
            "Microsoft.Subscription/aliases/:alias", in: router,
            [
                .put: subscriptions { try SubscriptionAliasCalls(call: $0).create() },
                .get: subscriptions { try SubscriptionAliasCalls(call: $0).read() },
            ])
        for method in Self.methods {
            router.on("azure/**", method: method) { request, context in
                respond(to: request, .failure(.unknownType), context)
            }
        }
    }

    private static let methods: [HTTPRequest.Method] = [.get, .put, .post, .patch, .delete]

    /// The calls at an address below the providers. Other methods there are 405.
    private func on(_ path: String, in router: Router<SandboxContext>, _ calls: [HTTPRequest.Method: Responder]) {
        for method in Self.methods {
            router.on("azure/providers/\(path)", method: method) { request, context in
                guard let call = calls[method] else {
                    return respond(to: request, .failure(.methodNotAllowed), context)
                }
                return try await call(request, context)
            }
        }
    }

    private typealias Responder = @Sendable (Request, SandboxContext) async throws -> Response
    private typealias Handler = @Sendable (AzureCall) throws -> AzureAnswer

    private func billing(
        _ call: ServiceCall, _ handler: @escaping Handler
    ) -> Responder {
        answering(call, type: "billingAccounts", versions: Self.billingVersions, handler)
    }

    private func subscriptions(
        _ handler: @escaping Handler
    ) -> Responder {
        answering(.subscriptionAliases, type: "aliases", versions: Self.subscriptionVersions, handler)
    }

    /// Faults first, then the caller, then the version, then the call.
    private func answering(
        _ call: ServiceCall, type: String, versions: [String], _ handler: @escaping Handler
    ) -> Responder {
        { request, context in
            do {
                let token = try await gate.pass(request, call, context)
                let query = FormFields(query: request)
                guard let version = query["api-version"] else { throw AzureFault.versionMissing }
                guard versions.contains(version) else {
                    throw AzureFault.unsupportedVersion(version, of: type, supported: versions)
                }
                let answer = try handler(
                    AzureCall(
                        sandbox: sandbox, request: request, context: context, token: token, query: query,
                        version: version, body: try await body(of: request), world: sandbox.world, now: sandbox.now))
                return respond(to: request, .success(answer), context)
            } catch let fault as AzureFault {
                return respond(to: request, .failure(fault), context)
            }
        }
    }

    private func body(of request: Request) async throws -> JSON {
        let bytes = try await request.body.collect(upTo: 4 << 20)
        guard bytes.readableBytes > 0 else { return .absent }
        guard let json = JSON(bytes.readableBytesView) else { throw AzureFault.bodyUnreadable }
        return json
    }

    /// Source for the header fields: Microsoft Learn, "Understand how Azure Resource Manager throttles requests".
    private func respond(
        to request: Request, _ result: Result<AzureAnswer, AzureFault>, _ context: SandboxContext
    ) -> Response {
        let id = UUID().uuidString.lowercased()
        let isReading = request.method == .get
        var headers: HTTPFields = [.entraRequestID: id, .azureCorrelationID: id, .cacheControl: "no-cache"]
        headers[.azureRoutingID] = "PRACTICE:\(id)"
        headers[.azureClientRequestID] = request.headers[.azureClientRequestID]
        headers[.date] = sandbox.now.httpField
        let status: HTTPResponse.Status
        let json: JSON
        var remaining = isReading ? "11999" : "1199"
        switch result {
        case .success(let answer):
            (status, json) = (answer.status, answer.json)
            for field in answer.headers { headers[field.name] = field.value }
        case .failure(let fault):
            context.note.add(fault.code)
            (status, json) = (fault.status, fault.json)
            for field in fault.headers { headers[field.name] = field.value }
            if fault.status == .tooManyRequests { remaining = "0" }
        }
        headers[isReading ? .azureRemainingReads : .azureRemainingWrites] = remaining
        return .json(json, status: status, headers: headers)
    }
}

extension HTTPField.Name {
    static let azureCorrelationID = Self("x-ms-correlation-request-id")!
    static let azureRoutingID = Self("x-ms-routing-request-id")!
    static let azureClientRequestID = Self("x-ms-client-request-id")!
    static let azureRemainingReads = Self("x-ms-ratelimit-remaining-tenant-reads")!
    static let azureRemainingWrites = Self("x-ms-ratelimit-remaining-tenant-writes")!
}
