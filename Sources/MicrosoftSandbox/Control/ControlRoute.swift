import HTTPTypes

/// One control: its address, what it does and the fields that it reads. The router and the list at `/control` come from
/// the same values.
struct ControlRoute: Sendable {
    let method: HTTPRequest.Method
    /// Below `/control/`; `:name` stands for a value.
    let path: String
    let purpose: String
    /// What each field means, by name.
    let fields: KeyValuePairs<String, String>
    let action: @Sendable (ControlCall) async throws -> JSON

    /// Answered with what `action` returns.
    static func answering(
        _ method: HTTPRequest.Method, _ path: String, _ purpose: String, _ fields: KeyValuePairs<String, String> = [:],
        action: @escaping @Sendable (ControlCall) async throws -> JSON
    ) -> ControlRoute {
        ControlRoute(method: method, path: path, purpose: purpose, fields: fields, action: action)
    }

    /// Answered with `done`.
    static func doing(
        _ method: HTTPRequest.Method, _ path: String, _ purpose: String, _ fields: KeyValuePairs<String, String> = [:],
        action: @escaping @Sendable (ControlCall) async throws -> Void
    ) -> ControlRoute {
        answering(method, path, purpose, fields) { call in
            try await action(call)
            return ["done": true]
        }
    }

    var json: JSON {
        [
            "method": .string(method.rawValue), "path": .string("/control/\(path)"), "purpose": .string(purpose),
            "fields": .object(fields.map { .init($0.key, .string($0.value)) }),
        ]
    }
}
