import HTML

/// What goes wrong on demand.
struct FaultSection {
    let sandbox: MicrosoftSandbox

    var html: HTML {
        let refusal = sandbox.store.read { $0.refusesMissingMFA }
        return """
            <h2>Faults</h2>
            \(active)
            <form method="post" action="/control/faults" class="row">
            <div><label for="service">Service</label><select id="service" name="service">
            \(ControlPieces.options(of: SandboxService.self))</select></div>
            <div><label for="call">Call</label><select id="call" name="call"><option value="">any</option>
            \(each(SandboxService.allCases) { service in
                "<optgroup label=\"\(service.rawValue)\">\(each(ServiceCall.allCases.filter { $0.service == service }) { "<option>\($0.rawValue)</option>" })</optgroup>"
            })</select></div>
            <div><label for="kind">What goes wrong</label><select id="kind" name="kind">
            \(ControlPieces.options(of: Fault.Kind.self))</select></div>
            <div><label for="times">How often</label>\
            <input id="times" name="times" type="number" min="1" max="100000" value="1"></div>
            <div><label for="every">Only at each … call</label>\
            <input id="every" name="every" type="number" min="1" max="1000000" value="1"></div>
            <div><label for="retryAfter">Retry-After</label><input id="retryAfter" name="retryAfter" value="57"></div>
            <div><label for="seconds">Seconds (slow, drip, clockOff)</label>\
            <input id="seconds" name="seconds" type="number" min="-86400" max="86400" value="5"></div>
            <div><label for="status">Status (serverError)</label>\
            <input id="status" name="status" type="number" min="500" max="599" value="500"></div>
            <div><label for="form-of">Form (wrongBody, refusal, tokenAnswer, redirect)</label>\
            <input id="form-of" name="form" list="forms"><datalist id="forms">\
            \(each(Fault.forms) { "<option>\($0)</option>" })</datalist></div>
            <button class="primary">Turn on</button>
            </form>
            <form method="post" action="/control/mfa-refusal" class="row">
            <div><label for="form">Partner Center’s refusal of a token without MFA</label><select id="form" name="form">
            \(ControlPieces.options(of: MFARefusal.self, selected: refusal))</select></div>
            <button>Set</button>
            </form>
            """
    }

    private var active: HTML {
        let faults = sandbox.faults.all
        guard !faults.isEmpty else { return "<p>None is on: everything works.</p>" }
        return """
            \(ControlPieces.table("Faults that are on", ["Service", "Call", "What", "Times left"], faults.map {
                ["\($0.service.rawValue)", "\($0.call?.rawValue ?? "any")", "\($0.kind.rawValue)",
                    "\($0.times)\(when($0.every > 1, ", one at every \($0.every) calls"))"]
            }))
            <form method="post" action="/control/faults/removal" class="buttons"><button>Turn all off</button></form>
            """
    }
}
