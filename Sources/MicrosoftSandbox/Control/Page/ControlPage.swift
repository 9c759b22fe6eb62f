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
            invented. What this page does, programs do under <a href="/control">/control</a>.</p>
            \(PeopleSection(sandbox: sandbox).html)
            \(WorldSection(sandbox: sandbox).html)
            \(ApplicationSection(sandbox: sandbox).html)
            \(RelationshipSection(sandbox: sandbox).html)
            \(InvitationSection(sandbox: sandbox).html)
            \(ClockSection(sandbox: sandbox).html)
            \(FaultSection(sandbox: sandbox).html)
            \(RequestSection(sandbox: sandbox).html)
            <h2>Start over</h2>
            <p>Forgets consents, used codes, faults, requests and the moved clock, and all that was bought, made or \
            delegated. Connections made before must be made anew.</p>
            <form method="post" action="/control/reset"><button>Reset the sandbox</button></form>
            """)
    }
}
