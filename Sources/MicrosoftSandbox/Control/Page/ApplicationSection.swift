import HTML

/// The registered application, and the keys that tokens are signed with.
struct ApplicationSection {
    let sandbox: MicrosoftSandbox

    var html: HTML {
        let application = sandbox.world.application
        return """
            <h2>The registered application</h2>
            <dl>
            <dt>Name</dt><dd>\(application.name)</dd>
            <dt>Client id</dt><dd>\(ControlPieces.code(application.id))</dd>
            <dt>Client secret</dt><dd>\(ControlPieces.code(application.secret))</dd>
            <dt>Redirect URIs</dt><dd>\(each(application.redirectURIs) { "\(ControlPieces.code($0))<br>" })\
            \(when(application.redirectURIs.isEmpty, "none: start the sandbox with <code>--redirect-uri</code>"))</dd>
            <dt>Scope</dt><dd>\(ControlPieces.code(Resource.partnerCenter.identifier + "/user_impersonation"))</dd>
            </dl>
            <form method="post" action="/control/consents" class="row">
            <div><label for="tenant">Consent to it for a whole tenant (id or domain)</label>\
            <input id="tenant" name="tenant" spellcheck="false" required></div>
            <button>Consent</button>
            <button name="removed" value="true">Take the consent back</button>
            </form>
            <form method="post" action="/control/application/permissions" class="row">
            <div><label for="withheld">Permissions that the registration leaves out, so that a consent gives less \
            (names with blanks between)</label>\
            <input id="withheld" name="withheld" value="\(withheld)" spellcheck="false"></div>
            <button>Leave out</button>
            </form>
            <form method="post" action="/control/principal-delay" class="row">
            <div><label for="requests">Token requests that don’t see a new service principal (AADSTS650051)</label>\
            <input id="requests" name="requests" type="number" min="0" max="1000" value="\(delay)"></div>
            <button>Set</button>
            </form>
            <h2>Signing keys</h2>
            <p>Tokens are signed with the first of these keys: \(keys). After a rotation the old ones still count; after an \
            emergency they don’t.</p>
            <form method="post" action="/control/keys" class="buttons">
            <button>Rotate the keys</button>
            <button name="emergency" value="true">Emergency: drop the old keys</button>
            </form>
            """
    }

    private var withheld: String {
        sandbox.world.application.permissions.withheld.sorted().joined(separator: " ")
    }

    private var delay: Int { sandbox.store.read { $0.identity.principalDelay } }

    private var keys: HTML {
        let codes = sandbox.keys.published.map { ControlPieces.code($0.id) }
        return codes.dropFirst().reduce(codes.first ?? HTML()) { "\($0), \($1)" }
    }
}
