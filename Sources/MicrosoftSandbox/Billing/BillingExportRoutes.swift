import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Graph's export of a partner's billing data: started, polled, then fetched from a store that wants no token. Source:
/// Microsoft Learn, "Use the Microsoft Graph API for partner billing".
struct BillingExportRoutes {
    let graph: GraphRoutes

    private static let path = "/reports/partners/billing"

    private var sandbox: MicrosoftSandbox { graph.sandbox }

    func add(to router: Router<SandboxContext>) {
        let path = "reports/partners/billing"
        let exports: [(String, BillingExport.Kind, isBilled: Bool)] = [
            ("reconciliation/billed", .reconciliation, true), ("reconciliation/unbilled", .reconciliation, false),
            ("usage/billed", .usage, true), ("usage/unbilled", .usage, false),
        ]
        for (name, kind, isBilled) in exports {
            graph.on(
                "\(path)/\(name)/export", in: router, [.post: answering { try start($0, kind, isBilled: isBilled) }])
        }
        graph.on("\(path)/operations/:operation", in: router, [.get: answering { try operation($0) }])
        graph.on("\(path)/manifests/:manifest", in: router, [.get: answering { try manifest($0) }])
        router.get("graph/blobs/:manifest/:blob", use: blob)
    }

    private func answering(
        _ handler: @escaping @Sendable (GraphCall) throws -> GraphAnswer
    ) -> GraphRoutes.Responder {
        graph.answering(.billingExports, ["PartnerBilling.Read.All"]) { call in
            guard let partner = sandbox.world.partner(call.token.tid) else { throw GraphFault.denied }
            let account = sandbox.world.account(call.token.oid)
            guard call.token.isAppOnly || account?.isAdminAgent == true && account?.tenantID == partner.tenantID else {
                throw GraphFault.denied
            }
            return try handler(call)
        }
    }

    /// An invoice that is not the partner's makes an operation that fails, and so does the fault `refusal`, whose form is
    /// the error's code.
    private func start(_ call: GraphCall, _ kind: BillingExport.Kind, isBilled: Bool) throws -> GraphAnswer {
        let fields = try BillingExportFields(call.body, isBilled: isBilled)
        let partner = sandbox.world.partner(call.token.tid)
        var failure: BillingExport.Failure?
        if case .billed(let invoice) = fields.subject, !invoice.hasPrefix(partner?.invoicePrefix ?? " ") {
            failure = .init(code: "InvoiceNotFound", message: "The invoice was not found.")
        }
        if let fault = sandbox.faults.take(.billingExports, [.refusal]) {
            call.context.note.add("fault: \(fault.kind.rawValue)")
            failure = .init(code: fault.form.isEmpty ? "2000" : fault.form, message: "The export failed.")
        }
        let export = BillingExport(
            partner: call.token.tid, kind: kind, subject: fields.subject, attributeSet: fields.attributeSet,
            failure: failure, at: sandbox.now)
        try sandbox.store.update { $0.partnerships.exports.append(export) }
        call.context.note.changed("billing export \(export.id) started")
        let location = call.link("\(Self.path)/operations/\(export.id)", base: sandbox.configuration.base)
        return GraphAnswer(status: .accepted, headers: [.location: location, .retryAfter: "10"])
    }

    private func operation(_ call: GraphCall) throws -> GraphAnswer {
        let id = call.parameter("operation").lowercased()
        let export = try export(of: call.token.tid) { $0.id == id }
        let now = sandbox.now
        let status = export.status(at: now)
        let type =
            switch status {
            case .notStarted, .running: "runningOperation"
            case .succeeded: "exportSuccessOperation"
            case .failed: "failedOperation"
            }
        let error: JSON = export.failure.map { ["code": .string($0.code), "message": .string($0.message)] } ?? .absent
        let isOver = status == .succeeded || status == .failed
        let json: JSON = [
            "@odata.context": .string(context(call, "operations")),
            "@odata.type": .string("#microsoft.graph.partners.billing.\(type)"), "id": .string(export.id),
            "createdDateTime": .dateTime(export.createdAt),
            "lastActionDateTime": .dateTime(isOver ? export.endedAt : now), "status": .string(status.rawValue),
            "resourceLocation": status == .succeeded ? try manifest(of: export) : .absent,
            "error": status == .failed ? error : .absent,
        ]
        return GraphAnswer(json: json, headers: isOver ? [:] : [.retryAfter: "10"])
    }

    private func manifest(_ call: GraphCall) throws -> GraphAnswer {
        let id = call.parameter("manifest").lowercased()
        let now = sandbox.now
        let export = try export(of: call.token.tid) { $0.manifestID == id && $0.status(at: now) == .succeeded }
        let first = JSON.Member("@odata.context", .string(context(call, "manifests")))
        return GraphAnswer(json: .object([first] + (try manifest(of: export).members ?? [])))
    }

    private func context(_ call: GraphCall, _ name: String) -> String {
        call.link("/$metadata#reports/partners/billing/\(name)/$entity", base: sandbox.configuration.base)
    }

    private func manifest(of export: BillingExport) throws -> JSON {
        let names = lines(of: export)?.blobNames ?? []
        return [
            "id": .string(export.manifestID), "schemaVersion": "2", "dataFormat": "compressedJSONLines",
            "partnerTenantId": .string(export.partnerTenantID), "eTag": .string(String(export.manifestID.suffix(12))),
            "partitionType": "default", "createdDateTime": .dateTime(export.endedAt),
            "rootDirectory": .string("\(sandbox.configuration.base)/graph/blobs/\(export.manifestID)"),
            "sasToken": .string(try BlobSignature.make(for: export, sandbox)), "blobCount": .integer(names.count),
            "blobs": .array(names.map { ["name": .string($0), "partitionValue": "default"] }),
        ]
    }

    private func export(
        of partner: String, where matches: (BillingExport) -> Bool
    ) throws(GraphFault) -> BillingExport {
        let export = sandbox.store.read { state in
            state.partnerships.exports.first { $0.partnerTenantID == partner && matches($0) }
        }
        guard let export else { throw .relationshipNotFound }
        return export
    }

    private func lines(of export: BillingExport) -> BillingLines? {
        sandbox.world.partner(export.partnerTenantID).map { BillingLines(export: export, partner: $0) }
    }

    /// In the way of Azure Blob Storage: the signature in the address is the right to read, and a token besides is an
    /// error.
    private func blob(_ request: Request, _ context: SandboxContext) throws -> Response {
        context.note.call = .billingExports
        let now = sandbox.now
        let manifest = context.parameters.get("manifest") ?? ""
        let export = sandbox.store.read { $0.partnerships.exports.first { $0.manifestID == manifest } }
        guard request.headers[.authorization] == nil, let export,
            BlobSignature.isGood(FormFields(query: request), for: export, sandbox)
        else { return refusal(.forbidden, "AuthenticationFailed", context) }
        guard export.status(at: now) == .succeeded, let lines = lines(of: export),
            let bytes = lines.file(named: context.parameters.get("blob") ?? "")
        else { return refusal(.notFound, "BlobNotFound", context) }
        return Response(
            status: .ok, headers: [.contentType: "application/octet-stream"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func refusal(_ status: HTTPResponse.Status, _ code: String, _ context: SandboxContext) -> Response {
        context.note.add(code)
        let body = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code></Error>"
        return Response(
            status: status, headers: [.contentType: "application/xml"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
}
