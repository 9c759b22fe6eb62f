import HTTPTypes

/// What was called, and what goes wrong on demand.
extension ControlRoutes {
    static let observation: [ControlRoute] = [
        .answering(.get, "requests", "The request log, oldest first") {
            ["requests": .array($0.sandbox.loggedRequests.map(\.json))]
        },
        .doing(.delete, "requests", "Empties the request log") { $0.sandbox.removeLoggedRequests() },
        .doing(.post, "requests/removal", "The same, for forms") { $0.sandbox.removeLoggedRequests() },
        .answering(.get, "faults", "The faults that are on") {
            ["faults": .array($0.sandbox.faults.all.map(json))]
        },
        .doing(
            .post, "faults", "Turns a fault on",
            [
                "service": oneOf(SandboxService.self), "call": "a call of the service; any when missing",
                "kind": oneOf(Fault.Kind.self), "times": "how often; 1 when missing",
                "every": "at each so many calls; 1 when missing",
                "retryAfter": "the value of Retry-After; 57 when missing", "seconds": "of slow, drip and clockOff; 5",
                "status": "of serverError; 500",
                "form": "which wrongBody, refusal or tokenAnswer, or where a redirect leads",
            ]
        ) { $0.sandbox.add(try $0.fields.fault()) },
        .doing(.delete, "faults", "Turns all faults off") { $0.sandbox.removeFaults() },
        .doing(.post, "faults/removal", "The same, for forms") { $0.sandbox.removeFaults() },
    ]

    static func oneOf<Choice: RawRepresentable<String> & CaseIterable>(_ type: Choice.Type) -> String {
        "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    private static func json(_ fault: Fault) -> JSON {
        [
            "service": .string(fault.service.rawValue), "call": .optional(fault.call?.rawValue),
            "kind": .string(fault.kind.rawValue), "times": .integer(fault.times), "every": .integer(fault.every),
            "retryAfter": .string(fault.retryAfter), "seconds": .number(fault.seconds),
            "status": .integer(fault.status), "form": .string(fault.form),
        ]
    }
}
