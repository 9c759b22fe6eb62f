import Foundation
import HTTPTypes
import MicrosoftContract
import MicrosoftSandbox
import Testing

/// Holds what a sandbox answers against Microsoft's documented shapes. What it is asked is not held against them: tests
/// ask wrongly on purpose.
struct AnswerContract: Sendable {
    private let tap: ContractTap
    private let sandbox: MicrosoftSandbox

    /// Faults whose answers no documentation describes.
    private static let spoiling: Set<Fault.Kind> = [.drip, .truncated, .wrongBody, .redirect, .tokenAnswer]

    init(_ sandbox: MicrosoftSandbox) throws {
        self.sandbox = sandbox
        tap = try ContractTap(prefixes: [
            .entra: "/entra", .partnerCenter: "/partnercenter", .graph: "/graph", .azure: "/azure",
        ])
    }

    func check(_ exchange: RecordedExchange) {
        for violation in violations(of: exchange) { Issue.record("\(violation)") }
    }

    /// Everything in an answer that is not as documented, and an answer of success where no call is documented.
    func violations(of exchange: RecordedExchange) -> [Violation] {
        guard let service = tap.service(of: exchange.request.path ?? ""), !isOwn(exchange, of: service),
            !isSpoiled(exchange)
        else { return [] }
        let violations = tap.check(
            service, exchange.request, exchange.requestBody, exchange.response, exchange.responseBody)
        let isSuccess = exchange.response.status.kind == .successful
        return violations.filter { $0.side == .response || isSuccess && $0.part == "path" }
    }

    /// A page of the sandbox's own, or a file of billing lines.
    private func isOwn(_ exchange: RecordedExchange, of service: ContractService) -> Bool {
        switch service {
        case .entra: exchange.response.headerFields[.contentType]?.hasPrefix("text/html") ?? false
        case .graph: exchange.request.path?.hasPrefix("/graph/blobs/") ?? false
        case .partnerCenter, .azure: false
        }
    }

    private func isSpoiled(_ exchange: RecordedExchange) -> Bool {
        let faults = faults(exchange)
        if !faults.isDisjoint(with: Self.spoiling) { return true }
        // `Retry-After` may be anything then.
        return faults.contains(.throttle) && exchange.response.headerFields[.retryAfter].flatMap { Int($0) } == nil
    }

    /// The faults that were on, by the note in the sandbox's log. Many may call at once: the entry is that with the
    /// answer's own id.
    private func faults(_ exchange: RecordedExchange) -> Set<Fault.Kind> {
        let headers = exchange.response.headerFields
        let id = ["MS-RequestId", "x-ms-request-id", "request-id"].lazy
            .compactMap { HTTPField.Name($0).flatMap { headers[$0] } }.first
        let entry = sandbox.loggedRequests.last {
            $0.method == exchange.request.method.rawValue && $0.requestID == id
        }
        let parts = entry?.note?.components(separatedBy: ", ") ?? []
        return Set(Fault.Kind.allCases.filter { parts.contains("fault: \($0.rawValue)") })
    }
}
