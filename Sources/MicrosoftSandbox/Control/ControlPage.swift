import Foundation
import HTML

/// The page at `/`: who exists, what is here, what goes wrong on demand, what was called.
struct ControlPage {
    let sandbox: MicrosoftSandbox

    var html: HTML {
        PageLayout(title: "Control page", width: .wide).page(
            """
            <h1>The Microsoft sandbox</h1>
            <p>It answers for Microsoft at <code>\(sandbox.configuration.base)</code>: sign-in under \
            <code>/entra</code>, Partner Center under <code>/partnercenter</code>, Microsoft Graph under \
            <code>/graph</code>, Azure Resource Manager under <code>/azure</code>. Everything and everybody in it is \
            invented.</p>
            \(people)
            \(worldForm)
            \(registration)
            \(IdentitySection(sandbox: sandbox).html)
            \(clock)
            \(faults)
            \(requests)
            <h2>Start over</h2>
            <p>Forgets consents, used codes, faults, requests and the moved clock. Connections made before must \
            be made anew.</p>
            <form method="post" action="/control/reset"><button>Reset the sandbox</button></form>
            """)
    }

    private var people: HTML {
        let world = sandbox.world
        return """
            <h2>Who can sign in</h2>
            <p>Every password is <code>\(World.password)</code>, every MFA code <code>\(World.mfaCode)</code>. Each \
            customer has people too, by any of its domains:</p>
            <ul>\(each(world.partners[0].customers[0].people) { "<li>\(code($0.userName)): \($0.purpose)</li>" })</ul>
            \(table("Accounts", ["Account", "Partner", "What for"], world.accounts.map { account in
                [code(account.userName), "\(world.partner(account.tenantID)?.name ?? "")", "\(account.purpose)"]
            }))
            <h2>Partners</h2>
            \(table("Partners", ["Partner", "Microsoft ID (tenant)", "Domains", "Customers"], world.partners.map {
                ["\($0.name)", code($0.tenantID), "\($0.domains.joined(separator: ", "))", "\($0.customers.count)"]
            }))
            """
    }

    private var worldForm: HTML {
        let settings = sandbox.world.settings
        return """
            <h2>The world</h2>
            <p>Liberty IT’s customers follow from a seed: the same three settings make the same world on every \
            machine. A new world begins on its first day, as after <em>Start over</em>.</p>
            <form method="post" action="/control/world" class="row">
            <div><label for="seed">Seed</label>\
            <input id="seed" name="seed" type="number" min="0" value="\(String(settings.seed))"></div>
            <div><label for="customers">Customers</label><input id="customers" name="customers" type="number" min="0" \
            max="\(WorldSettings.mostCustomers)" value="\(settings.customers)"></div>
            <div><label for="names">Names</label><select id="names" name="names">
            \(each(WorldNames.allCases) { "<option\(attribute: "selected", $0 == settings.names)>\($0.rawValue)</option>" })
            </select></div>
            <button>Make this world</button>
            </form>
            """
    }

    private var registration: HTML {
        let application = sandbox.world.application
        return """
            <h2>The registered application</h2>
            <dl>
            <dt>Name</dt><dd>\(application.name)</dd>
            <dt>Client id</dt><dd>\(code(application.id))</dd>
            <dt>Client secret</dt><dd>\(code(application.secret))</dd>
            <dt>Redirect URIs</dt><dd>\(each(application.redirectURIs) { "\(code($0))<br>" })\
            \(when(application.redirectURIs.isEmpty, "none: start the sandbox with <code>--redirect-uri</code>"))</dd>
            <dt>Scope</dt><dd>\(code(Resource.partnerCenter.identifier + "/user_impersonation"))</dd>
            </dl>
            """
    }

    private var clock: HTML {
        """
        <h2>Clock</h2>
        <p>It is \(code(sandbox.now.formatted(.iso8601))) here. Moving it forward makes codes (10 minutes), access \
        tokens (60 to 90 minutes) and unused refresh tokens (90 days) run out.</p>
        <form method="post" action="/control/clock" class="row">
        <div><label for="advance">Forward by</label><select id="advance" name="advance">
        <option value="660">11 minutes</option><option value="5400">90 minutes</option>
        <option value="86400">1 day</option><option value="7776000">90 days</option>
        </select></div>
        <button>Move the clock</button>
        </form>
        """
    }

    private var faults: HTML {
        let refusal = sandbox.store.read { $0.refusesMissingMFA }
        return """
            <h2>Faults</h2>
            \(activeFaults)
            <form method="post" action="/control/faults" class="row">
            <div><label for="service">Service</label><select id="service" name="service">
            \(each(SandboxService.allCases) { "<option>\($0.rawValue)</option>" })</select></div>
            <div><label for="call">Call</label><select id="call" name="call"><option value="">any</option>
            \(each(SandboxService.allCases) { service in
                "<optgroup label=\"\(service.rawValue)\">\(each(ServiceCall.allCases.filter { $0.service == service }) { "<option>\($0.rawValue)</option>" })</optgroup>"
            })</select></div>
            <div><label for="kind">What goes wrong</label><select id="kind" name="kind">
            \(each(Fault.Kind.allCases) { "<option>\($0.rawValue)</option>" })</select></div>
            <div><label for="times">How often</label>\
            <input id="times" name="times" type="number" min="1" max="100000" value="1"></div>
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
            \(each(MFARefusal.allCases) { "<option\(attribute: "selected", $0 == refusal)>\($0.rawValue)</option>" })
            </select></div>
            <button>Set</button>
            </form>
            """
    }

    private var activeFaults: HTML {
        let faults = sandbox.faults.all
        guard !faults.isEmpty else { return "<p>None is on: everything works.</p>" }
        return """
            \(table("Faults that are on", ["Service", "Call", "What", "Times left"], faults.map {
                ["\($0.service.rawValue)", "\($0.call?.rawValue ?? "any")", "\($0.kind.rawValue)", "\($0.times)"]
            }))
            <form method="post" action="/control/faults/removal" class="buttons"><button>Turn all off</button></form>
            """
    }

    private var requests: HTML {
        let last = sandbox.requests.entries.suffix(50).reversed()
        guard !last.isEmpty else { return "<h2>Last requests</h2><p>None yet.</p>" }
        return """
            <h2>Last requests</h2>
            \(table("Last requests", ["Time", "Request", "Status", "Note", "Correlation id"], last.map {
                [
                    "\($0.time.formatted(.iso8601))", code("\($0.method) \($0.path)"), "\($0.status)",
                    "\($0.note ?? "")", code($0.correlationID ?? ""),
                ]
            }))
            <form method="post" action="/control/requests/removal" class="buttons">
            <button>Clear the list</button></form>
            """
    }

    private func code(_ text: String) -> HTML { "<code>\(text)</code>" }

    /// On a narrow screen each row becomes a card, its cells named by `data-label`.
    private func table(_ name: String, _ heads: [String], _ rows: [[HTML]]) -> HTML {
        """
        <table aria-label="\(name)">
        <thead><tr>\(each(heads) { "<th scope=\"col\">\($0)</th>" })</tr></thead>
        <tbody>
        \(each(rows) { row in
            "<tr>\(each(zip(heads, row)) { "<td data-label=\"\($0)\"><div>\($1)</div></td>" })</tr>\n"
        })
        </tbody>
        </table>
        """
    }
}
