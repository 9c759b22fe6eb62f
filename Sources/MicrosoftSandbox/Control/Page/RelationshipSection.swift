import HTML

/// What waits for a customer: requests for delegated administration.
struct RelationshipSection {
    let sandbox: MicrosoftSandbox

    /// So many at most, the newest.
    private static let most = 50

    var html: HTML {
        let world = sandbox.world
        let waiting = sandbox.pendingRelationships.suffix(Self.most).reversed()
        return """
            <h2>Delegated administration</h2>
            <p>A customer’s Global Administrator answers a request at its approval link; \
            <a href="/admin/partners">Partner relationships</a> lists what a customer has.</p>
            \(when(waiting.isEmpty, "<p>No request waits for a customer.</p>"))
            \(when(!waiting.isEmpty, ControlPieces.table(
                "Requests that wait for a customer", ["Request", "Partner", "Customer", "Approval link", "Answer"],
                waiting.map { row($0, world) })))
            <form method="post" action="/control/relationships" class="row">
            <div><label for="customer">Customer (tenant id or domain)</label>\
            <input id="customer" name="customer" spellcheck="false" required></div>
            <div><label for="roles">Role template ids, with commas</label>\
            <input id="roles" name="roles" spellcheck="false" placeholder="Directory Readers"></div>
            <button>Make an active relationship</button>
            </form>
            """
    }

    private func row(_ relationship: DelegatedAdminRelationship, _ world: World) -> [HTML] {
        let path = "/admin/partners/invitation/granularAdminRelationships/\(relationship.id)"
        let customer = relationship.customerID.flatMap { world.customer($0) }
        return [
            "\(relationship.displayName)", "\(world.partner(relationship.partnerTenantID)?.name ?? "")",
            "\(customer?.name ?? "any")",
            "<a href=\"\(url: path)\">\(ControlPieces.code(sandbox.configuration.base + path))</a>",
            when(customer) { buttons(relationship, $0) },
        ]
    }

    private func buttons(_ relationship: DelegatedAdminRelationship, _ customer: Customer) -> HTML {
        """
        <form method="post" action="\(url: "/control/relationships/\(relationship.id)")">\
        <input type="hidden" name="customer" value="\(customer.id)">\
        <button name="decision" value="approve" aria-label="Approve \(relationship.displayName)">Approve</button> \
        <button name="decision" value="reject" aria-label="Reject \(relationship.displayName)">Reject</button></form>
        """
    }
}

extension MicrosoftSandbox {
    /// In the order in which they were created.
    fileprivate var pendingRelationships: [DelegatedAdminRelationship] {
        let now = now
        return store.read { state in
            state.partnerships.relationships.filter { $0.status(at: now) == .approvalPending }
        }
    }
}
