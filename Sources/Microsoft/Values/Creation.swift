/// How a creation ended that is a success either way.
public enum Creation: Sendable, Equatable {
    case created
    /// Microsoft had it before.
    case alreadyThere
}

extension Service {
    /// Sends a creation; "already exists" is a success.
    func create(_ call: Call) async throws -> Creation {
        let answer = try await sent(call)
        if answer.isSuccess { return .created }
        let fault = answer.fault()
        guard fault.saysAlreadyThere else { throw fault }
        return .alreadyThere
    }
}
