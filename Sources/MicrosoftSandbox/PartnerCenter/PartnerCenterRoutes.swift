import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// `/partnercenter`: the REST API of Partner Center, as far as the product calls it.
struct PartnerCenterRoutes {
    let sandbox: MicrosoftSandbox

    func add(to router: Router<SandboxContext>) {
        let api = router.group("partnercenter/v1")
        api.get("customers", use: answering(.customers, marked: true, customers))
        api.get("customers/:id", use: answering(.customer, marked: true, customer))
        api.get(
            "profiles/legalbusiness", use: answering(.profile) { PartnerProfiles(partner: $0.partner).legalBusiness })
        api.get("profiles/mpn", use: answering(.profile, mpnProfile))
        api.get("profiles/organization", use: answering(.profile) { PartnerProfiles(partner: $0.partner).organization })
        api.get("invoices", use: answering(.invoices, invoices))
        router.on("partnercenter/**", method: .get) { request, context in
            respond(to: request, .failure(.notFound), context, isMFACompliant: nil, marked: false)
        }
    }

    private func customers(_ call: PartnerCenterCall) throws -> PartnerCenterAnswer {
        try CustomerList(sandbox: sandbox, call: call).page()
    }

    /// Only the partner's own: 403 for another's, 404 for nobody's.
    private func customer(_ call: PartnerCenterCall) throws -> PartnerCenterAnswer {
        let id = call.context.parameters.get("id") ?? ""
        guard UUID(uuidString: id) != nil else { throw PartnerCenterFault.invalidCustomerID }
        guard let customer = sandbox.world.customer(id) else { throw PartnerCenterFault.tenantNotFound }
        guard customer.partnerTenantID == call.partner.tenantID, !call.partner.customers.hasLeft(customer.id) else {
            throw PartnerCenterFault.noRelationship(partner: call.partner.tenantID, customer: customer.id)
        }
        return PartnerCenterAnswer(json: CustomerJSON(customer: customer).whole)
    }

    private func mpnProfile(_ call: PartnerCenterCall) throws -> PartnerCenterAnswer {
        if let asked = call.query["mpnId"], asked != call.partner.partnerID { throw PartnerCenterFault.notFound }
        return PartnerProfiles(partner: call.partner).mpn
    }

    private func invoices(_ call: PartnerCenterCall) throws -> PartnerCenterAnswer {
        try InvoiceList(partner: call.partner, now: sandbox.now).page(
            size: call.number("size"), offset: call.number("offset"))
    }

    private typealias Handler = @Sendable (PartnerCenterCall) throws -> PartnerCenterAnswer

    /// Faults first, then the caller, then the call. `marked` bodies begin with a byte-order mark, as some of Partner
    /// Center's do.
    private func answering(
        _ call: ServiceCall, marked: Bool = false, _ handler: @escaping Handler
    ) -> @Sendable (Request, SandboxContext) async throws -> Response {
        { request, context in
            var isMFACompliant: Bool?
            context.note.call = call
            do {
                try await applyFault(to: call, context)
                let check = CallerCheck(sandbox: sandbox, call: call)
                let token = try await check.token(request)
                let hasMFA = check.hasMFA(token)
                if !token.isAppOnly { isMFACompliant = hasMFA }
                let partner = try check.partner(token, hasMFA: hasMFA)
                let answer = try handler(
                    PartnerCenterCall(
                        request: request, context: context, partner: partner, query: FormFields(query: request)))
                return respond(to: request, .success(answer), context, isMFACompliant: isMFACompliant, marked: marked)
            } catch let fault as PartnerCenterFault {
                return respond(to: request, .failure(fault), context, isMFACompliant: isMFACompliant, marked: false)
            }
        }
    }

    private func applyFault(to call: ServiceCall, _ context: SandboxContext) async throws {
        guard let fault = sandbox.faults.take(call, [.throttle, .serverError, .slow]) else { return }
        context.note.add("fault: \(fault.kind.rawValue)")
        switch fault.kind {
        case .throttle: throw PartnerCenterFault.throttled(retryAfter: fault.retryAfter)
        case .serverError: throw PartnerCenterFault.unexpected(status: fault.status, retryAfter: fault.retryAfter)
        default: try await fault.delay()
        }
    }

    /// Source for the header fields: Microsoft Learn, "Partner Center REST headers".
    private func respond(
        to request: Request, _ result: Result<PartnerCenterAnswer, PartnerCenterFault>, _ context: SandboxContext,
        isMFACompliant: Bool?, marked: Bool
    ) -> Response {
        var headers = HTTPFields()
        headers[.msRequestID] = request.headers[.msRequestID] ?? UUID().uuidString.lowercased()
        headers[.msCorrelationID] = request.headers[.msCorrelationID] ?? UUID().uuidString.lowercased()
        headers[.msCV] = Base64URL.encode(UUID().uuidString.utf8.prefix(12)) + ".0"
        headers[.msServerID] = "202010223"
        headers[.xLocale] = request.headers[.xLocale] ?? "en-US"
        if request.headers[.validateMFA]?.lowercased() == "true", let isMFACompliant {
            headers[.isMFACompliant] = isMFACompliant ? "true" : "false"
        }
        headers[.contentType] = "application/json; charset=utf-8"
        switch result {
        case .success(let answer):
            headers[.msContinuationToken] = answer.continuationToken
            let mark: [UInt8] = marked ? [0xef, 0xbb, 0xbf] : []
            return Response(
                status: .ok, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: mark + answer.json.bytes)))
        case .failure(let fault):
            context.note.add(fault.code)
            for field in fault.headers { headers[field.name] = field.value }
            guard let body = fault.body else {
                headers[.contentType] = nil
                return Response(status: fault.status, headers: headers)
            }
            return Response(
                status: fault.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.bytes)))
        }
    }
}
