import Hummingbird

/// A control request and the sandbox that it is about.
struct ControlCall {
    let sandbox: MicrosoftSandbox
    let fields: ControlFields
    private let parameters: Parameters

    init(_ request: Request, _ context: SandboxContext, _ sandbox: MicrosoftSandbox) async throws {
        self.sandbox = sandbox
        fields = try await ControlFields(request)
        parameters = context.parameters
    }

    /// What stands in the address for `:name`.
    func parameter(_ name: String) -> String { parameters.get(name)?.percentDecoded() ?? "" }
}
