import HTTPTypes

/// One line of the table: which call an address is, who may make it, and how its answer looks.
struct PartnerCenterRoute: Sendable {
    typealias Handler = @Sendable (PartnerCenterCall) throws -> PartnerCenterAnswer

    enum Trait: Sendable {
        /// An application without a user may call it too.
        case appOnly
        /// The body begins with a byte-order mark.
        case marked
        /// `MS-RequestId` and `MS-CorrelationId` come back twice, joined by a comma.
        case doubledIDs
        /// Repeated with the same `MS-RequestId` it gives the first answer again.
        case keyed
    }

    let method: HTTPRequest.Method
    private let pattern: [Segment]
    let call: ServiceCall
    let traits: Set<Trait>
    let handler: Handler

    private enum Segment: Sendable {
        case literal(String)
        case variable(String)
    }

    /// In `path`, `{name}` stands for a variable part.
    init(
        _ method: HTTPRequest.Method, _ path: String, _ call: ServiceCall, _ traits: Set<Trait> = [],
        _ handler: @escaping Handler
    ) {
        self.method = method
        self.call = call
        self.traits = traits
        self.handler = handler
        pattern = path.split(separator: "/").map { part in
            part.hasPrefix("{") ? .variable(String(part.dropFirst().dropLast())) : .literal(part.lowercased())
        }
    }

    /// The variable parts, when the address is this route's, whatever its case.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, segment) in zip(path, pattern) {
            switch segment {
            case .literal(let text): if part.lowercased() != text { return nil }
            case .variable(let name): parameters[name] = part
            }
        }
        return parameters
    }
}
