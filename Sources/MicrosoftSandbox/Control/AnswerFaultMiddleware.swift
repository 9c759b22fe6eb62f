import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Spoils finished answers of the services; what goes wrong before there is an answer, each service does in its own
/// shape.
struct AnswerFaultMiddleware: RouterMiddleware {
    let sandbox: MicrosoftSandbox

    private static let kinds: Set<Fault.Kind> = [.drip, .reset, .truncated, .wrongBody, .redirect, .clockOff]

    func handle(
        _ request: Request, context: SandboxContext, next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        guard let call = context.note.call, let fault = sandbox.faults.take(call, Self.kinds) else { return response }
        context.note.add("fault: \(fault.kind.rawValue)")
        switch fault.kind {
        case .redirect:
            let target = fault.form.isEmpty ? Fault.elsewhere + request.uri.path : fault.form
            return .redirect(to: target, status: .found)
        case .clockOff:
            var response = response
            response.headers[.date] = sandbox.now.addingTimeInterval(fault.seconds).httpField
            return response
        default:
            return try await spoiled(response, fault)
        }
    }

    private func spoiled(_ response: Response, _ fault: Fault) async throws -> Response {
        let collector = BodyCollector()
        try await response.body.write(collector)
        let bytes = collector.bytes
        var response = response
        // Of the whole body: what breaks off or drips is shorter than it says.
        response.headers[.contentLength] = "\(bytes.count)"
        switch fault.kind {
        case .truncated:
            response.headers[.contentLength] = nil
            response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
        case .wrongBody:
            response.headers[.contentLength] = nil
            let form = WrongBody(rawValue: fault.form) ?? .html
            if form == .html { response.headers[.contentType] = "text/html" }
            response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: form.bytes(insteadOf: bytes)))
        case .reset:
            response.body = ResponseBody(contentLength: max(2, bytes.count)) { writer in
                try await writer.write(ByteBuffer(bytes: bytes.prefix(max(1, bytes.count / 2))))
                throw ConnectionReset()
            }
        default:
            response.body = Self.dripping(bytes, over: fault.seconds)
        }
        return response
    }

    /// In twenty pieces.
    private static func dripping(_ bytes: [UInt8], over seconds: Double) -> ResponseBody {
        let size = max(1, bytes.count / 20)
        return ResponseBody(contentLength: bytes.count) { writer in
            for start in stride(from: 0, to: bytes.count, by: size) {
                try await Task.sleep(for: .seconds(min(max(seconds, 0), 600) / 20))
                try await writer.write(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            }
            try await writer.finish(nil)
        }
    }
}
