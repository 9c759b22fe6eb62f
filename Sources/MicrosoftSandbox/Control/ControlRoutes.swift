import HTTPTypes
import Hummingbird

/// `/control`: the sandbox's own controls, for tests as JSON and for the control page as forms. A form is answered by
/// the control page, JSON by JSON.
struct ControlRoutes {
    let sandbox: MicrosoftSandbox

    static let table: [ControlRoute] =
        observation + surroundings + identity + directories + commerce + relationships

    func add(to router: Router<SandboxContext>) {
        let control = router.group("control")
        control.get { _, _ in Response.json(["routes": .array(Self.table.map(\.json))]) }
        for route in Self.table {
            control.on(RouterPath(route.path), method: route.method) { request, context in
                try await answer(route, ControlCall(request, context, sandbox))
            }
        }
    }

    private func answer(_ route: ControlRoute, _ call: ControlCall) async throws -> Response {
        do {
            try call.fields.requireOnly(route.fields.map(\.key))
            let json = try await route.action(call)
            return call.fields.isForm ? .redirect(to: "/", status: .seeOther) : .json(json)
        } catch let error as ControlError {
            return .json(["error": .string(error.text)], status: error.status)
        }
    }
}
