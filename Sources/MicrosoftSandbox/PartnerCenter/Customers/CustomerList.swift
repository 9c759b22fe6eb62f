/// The partner's customers by pages. Source: Microsoft Learn, "Get a list of customers" and "Get a list of customers
/// filtered by a search field".
struct CustomerList {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// Microsoft documents neither the default nor the largest size; here both are one. `size=0` asks for everything.
    func page() throws -> PartnerCenterAnswer {
        let largestPage = call.sandbox.configuration.largestPage
        let size = try call.query.number("size") ?? largestPage
        let filter = call.query["filter"]
        let found = try filter.map(matching)
        let count = found?.count ?? call.partner.customers.count
        let profiles = call.sandbox.store.read { $0.commerce.profiles }
        let uri = "/customers?size=\(size)" + (filter.map { "&filter=\($0)" } ?? "")
        return try SeekPage(call: call, uri: uri, list: "customers \(filter ?? "")").answer(
            count: count, size: size == 0 ? count : min(size, largestPage)
        ) { place in
            let customer = found?[place] ?? call.partner.customers[place]
            return CustomerJSON(customer: customer, profile: profiles[customer.id]).brief()
        }
    }

    private func matching(_ filter: String) throws(PartnerCenterFault) -> [Customer] {
        guard let parsed = JSON(filter.utf8), let field = parsed["Field"].text, let text = parsed["Value"].text,
            parsed["Operator"].text?.lowercased() == "starts_with"
        else { throw .invalidProperty("filter") }
        let value = text.lowercased()
        let matches: (Customer) -> Bool
        switch field.lowercased() {
        case "companyname": matches = { $0.name.lowercased().hasPrefix(value) }
        case "domain": matches = { $0.domains.contains { $0.hasPrefix(value) } }
        case "indirectreseller", "indirectcloudsolutionprovider": matches = { _ in false }
        default: throw .invalidProperty("filter")
        }
        return call.partner.customers.filter(matches)
    }
}
