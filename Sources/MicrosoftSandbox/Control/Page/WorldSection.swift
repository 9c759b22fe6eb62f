import HTML

/// The settings of the world, and of the partners in it.
struct WorldSection {
    let sandbox: MicrosoftSandbox

    var html: HTML {
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
            \(ControlPieces.options(of: WorldNames.self, selected: settings.names))</select></div>
            <button>Make this world</button>
            </form>
            \(integration)
            <form method="post" action="/control/disabled-azure-subscriptions" class="row">
            <div><label for="azure">Disable a subscription in Azure, by its id</label>\
            <input id="azure" name="id" spellcheck="false" required></div>
            <button>Disable</button>
            </form>
            """
    }

    private var integration: HTML {
        let isOn = sandbox.store.read { $0.commerce.isIntegrationSandbox }
        let state: HTML =
            isOn
            ? "integration sandboxes: their customers can be deleted, and there are limits"
            : "ordinary ones: their customers can’t be deleted"
        return """
            <p>The partners’ accounts are \(state).</p>
            <form method="post" action="/control/integration-sandbox" class="buttons">
            <button name="on" value="\(String(!isOn))">Make them \(isOn ? "ordinary accounts" : "integration sandboxes")\
            </button>
            </form>
            """
    }
}
