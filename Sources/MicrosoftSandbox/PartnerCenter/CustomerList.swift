import Foundation
import HTTPTypes
import Hummingbird

/// The partner's customers by pages. Source: Microsoft Learn, "Get a list of customers" and "Get a list of customers
/// filtered by a search field".
struct CustomerList {
    let sandbox: MicrosoftSandbox
    let call: PartnerCenterCall

    /// Microsoft documents neither the default nor the largest size; here both are this. `size=0` asks for everything.
    private var largestPage: Int { sandbox.configuration.largestPage }

    private struct Continuation: Codable {
        let partner: String
        let filter: String?
        /// How many customers came before.
        let position: Int
    }

    private struct Filter: Decodable {
        var Field: String
        var Value: String
        var Operator: String
    }

    /// `totalCount` counts the items of the page. Another page exists when `links.next` does; its token travels in a
    /// header and never in the address.
    func page() throws -> PartnerCenterAnswer {
        let sealer = Sealer(sandbox.store)
        let size = try call.number("size") ?? largestPage
        let filter = call.query["filter"]
        let customers = try matching(filter)
        let start = try position(sealer, filter)
        let end = size == 0 ? customers.count : min(customers.count, start + min(size, largestPage))
        let items = customers.dropFirst(start).prefix(max(0, end - start))
        let token =
            end < customers.count
            ? try sealer.seal(
                Continuation(partner: call.partner.tenantID, filter: filter, position: end), as: .continuation) : nil
        let uri = "/customers?size=\(size)" + (filter.map { "&filter=\($0)" } ?? "")
        var links: [JSON.Member] = [.init("self", PartnerCenterLink.to(uri))]
        if let token {
            links.append(.init("next", PartnerCenterLink.to(uri + "&seekOperation=Next", continuation: token)))
        }
        let json: JSON = [
            "totalCount": .integer(items.count),
            "items": .array(items.map { CustomerJSON(customer: $0).brief }),
            "links": .object(links),
            "attributes": ["objectType": "Collection"],
        ]
        return PartnerCenterAnswer(json: json, continuationToken: token)
    }

    private func position(_ sealer: Sealer, _ filter: String?) throws(PartnerCenterFault) -> Int {
        guard let operation = call.query["seekOperation"] else { return 0 }
        guard operation.lowercased() == "next" else { throw .invalidProperty("seekOperation") }
        guard let text = call.request.headers[.msContinuationToken],
            let continuation: Continuation = sealer.open(text, as: .continuation),
            continuation.partner == call.partner.tenantID, continuation.filter == filter
        else { throw .invalidProperty("MS-ContinuationToken") }
        return continuation.position
    }

    private func matching(_ filter: String?) throws(PartnerCenterFault) -> AnyRandomAccessCollection<Customer> {
        guard let filter else { return AnyRandomAccessCollection(call.partner.customers) }
        guard let parsed = try? JSONDecoder().decode(Filter.self, from: Data(filter.utf8)),
            parsed.Operator.lowercased() == "starts_with"
        else { throw .invalidProperty("filter") }
        let value = parsed.Value.lowercased()
        let matches: (Customer) -> Bool
        switch parsed.Field {
        case "CompanyName": matches = { $0.name.lowercased().hasPrefix(value) }
        case "Domain": matches = { $0.domains.contains { $0.hasPrefix(value) } }
        case "IndirectReseller", "IndirectCloudSolutionProvider": matches = { _ in false }
        default: throw .invalidProperty("filter")
        }
        return AnyRandomAccessCollection(call.partner.customers.filter(matches))
    }
}
