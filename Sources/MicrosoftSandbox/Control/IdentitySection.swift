import HTML

/// The control page's part about accounts and keys.
struct IdentitySection {
    let sandbox: MicrosoftSandbox

    var html: HTML {
        """
        <h2>Accounts and keys</h2>
        <p>What happens to an account’s refresh tokens: a change of the password by its owner leaves them alive; a \
        reset by an administrator and revoked sessions end them (AADSTS50173); a disabled account gets nothing \
        (AADSTS50057).</p>
        <form method="post" action="/control/accounts" class="row">
        <div><label for="userName">Account</label>\
        <input id="userName" name="userName" type="email" spellcheck="false" required></div>
        <div><label for="event">What happens</label><select id="event" name="event">
        \(each(AccountEvent.allCases) { "<option>\($0.rawValue)</option>" })</select></div>
        <button>Let it happen</button>
        </form>
        <p>Tokens are signed with the first of these keys: \(keys). After a rotation the old ones still count; after an \
        emergency they don’t.</p>
        <form method="post" action="/control/keys" class="buttons">
        <button>Rotate the keys</button>
        <button name="emergency" value="true">Emergency: drop the old keys</button>
        </form>
        <form method="post" action="/control/principal-delay" class="row">
        <div><label for="requests">Token requests that don’t see a new service principal (AADSTS650051)</label>\
        <input id="requests" name="requests" type="number" min="0" max="1000" value="\(delay)"></div>
        <button>Set</button>
        </form>
        """
    }

    private var delay: Int { sandbox.store.read { $0.identity.principalDelay } }

    private var keys: HTML {
        let codes = sandbox.keys.published.map { "<code>\($0.id)</code>" as HTML }
        return codes.dropFirst().reduce(codes.first ?? HTML()) { "\($0), \($1)" }
    }
}
