public import HTTPTypes
import Synchronization

/// Listens to exchanges and keeps what was not as documented, and what was called.
///
///     let tap = try ContractTap(prefixes: [.graph: "/graph"])
///     …
///     #expect(tap.violations.isEmpty)
public final class ContractTap: Sendable {
    private struct Heard {
        var violations: [Violation] = []
        var operations: [ContractService: Set<String>] = [:]
    }

    /// Read once, however many listen.
    private static let read = Result {
        try Dictionary(uniqueKeysWithValues: ContractService.allCases.map { ($0, try ContractDocument($0)) })
    }

    private let documents: [ContractService: ContractDocument]
    private let prefixes: [ContractService: String]
    private let heard = Mutex(Heard())

    /// - Parameter prefixes: what stands before each service's documented paths; services that are not named are
    ///   expected without.
    public init(prefixes: [ContractService: String] = [:]) throws {
        self.prefixes = prefixes
        documents = try Self.read.get()
    }

    /// One line for each thing that was not as documented, in the order heard.
    public var violations: [Violation] { heard.withLock(\.violations) }

    /// The names of the operations that were called.
    public func operations(of service: ContractService) -> Set<String> {
        heard.withLock { $0.operations[service] ?? [] }
    }

    /// The names of the documented operations that nobody called.
    public func unexercisedOperations(of service: ContractService) -> [String] {
        let called = operations(of: service)
        return documents[service]?.operationNames.filter { !called.contains($0) } ?? []
    }

    /// Returns what of this exchange was not as documented.
    @discardableResult
    public func check(
        _ service: ContractService, _ request: HTTPRequest, _ requestBody: [UInt8], _ response: HTTPResponse,
        _ responseBody: [UInt8]
    ) -> [Violation] {
        guard let document = documents[service] else { return [] }
        let prefix = prefixes[service] ?? ""
        let path = request.path ?? ""
        let name =
            path.hasPrefix(prefix) ? document.operationName(request.method, String(path.dropFirst(prefix.count))) : nil
        let violations = document.violations(
            of: RecordedExchange(
                request: request, requestBody: requestBody, response: response, responseBody: responseBody),
            prefix: prefix)
        heard.withLock {
            $0.violations += violations
            if let name { $0.operations[service, default: []].insert(name) }
        }
        return violations
    }

    /// The service to whose prefix a path belongs; nil for none, for example a page of the sandbox's own.
    public func service(of path: String) -> ContractService? {
        prefixes.first { !$0.value.isEmpty && path.hasPrefix("\($0.value)/") }?.key
    }
}
