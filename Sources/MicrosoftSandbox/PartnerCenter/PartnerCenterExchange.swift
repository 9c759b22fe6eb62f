import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A request and the header fields of its response. Source: Microsoft Learn, "Partner Center REST headers".
final class PartnerCenterExchange {
    let request: Request
    let context: SandboxContext
    let requestID: String
    let correlationID: String
    /// Nil while the caller is unknown, and for an application alone.
    var isMFACompliant: Bool?

    init(request: Request, context: SandboxContext) {
        self.request = request
        self.context = context
        requestID = request.headers[.msRequestID] ?? UUID().uuidString.lowercased()
        correlationID = request.headers[.msCorrelationID] ?? UUID().uuidString.lowercased()
    }

    func response(_ answer: PartnerCenterAnswer, _ route: PartnerCenterRoute) -> Response {
        var headers = headers(route)
        headers[.msContinuationToken] = answer.continuationToken
        headers[.retryAfter] = answer.retryAfter.map(String.init)
        let mark: [UInt8] = route.traits.contains(.marked) ? [0xef, 0xbb, 0xbf] : []
        let bytes: [UInt8]
        switch answer.body {
        case .none: return Response(status: answer.status, headers: headers)
        case .json(let json): bytes = mark + json.bytes
        case .text(let text): bytes = mark + Array(text.utf8)
        case .pdf(let pdf):
            headers[.contentType] = "application/pdf"
            bytes = pdf
        }
        return Response(
            status: answer.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    func response(_ fault: PartnerCenterFault, _ route: PartnerCenterRoute?) -> Response {
        context.note.add(fault.code)
        var headers = headers(route)
        for field in fault.headers { headers[field.name] = field.value }
        guard let body = fault.body, request.method != .head else {
            headers[.contentType] = nil
            return Response(status: fault.status, headers: headers)
        }
        return Response(
            status: fault.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.bytes)))
    }

    private func headers(_ route: PartnerCenterRoute?) -> HTTPFields {
        var headers = HTTPFields()
        let isDoubled = route?.traits.contains(.doubledIDs) ?? false
        headers[.msRequestID] = isDoubled ? "\(requestID),\(requestID)" : requestID
        headers[.msCorrelationID] = isDoubled ? "\(correlationID),\(correlationID)" : correlationID
        headers[.msCV] = Base64URL.encode(UUID().uuidString.utf8.prefix(12)) + ".0"
        headers[.msServerID] = "202010223"
        headers[.xLocale] = request.headers[.xLocale] ?? "en-US"
        if request.headers[.validateMFA]?.lowercased() == "true", let isMFACompliant {
            headers[.isMFACompliant] = isMFACompliant ? "true" : "false"
        }
        headers[.contentType] = "application/json; charset=utf-8"
        return headers
    }
}
