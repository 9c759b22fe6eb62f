import Foundation
import HTTPTypes
import Hummingbird

/// Paging by a continuation token that travels in a header. Source: Microsoft Learn, "Get a list of customers".
struct SeekPage {
    let call: PartnerCenterCall
    /// Address of the list with its parameters, without `seekOperation`.
    let uri: String
    /// What a continuation token is good for.
    let list: String

    init(call: PartnerCenterCall, uri: String, list: String? = nil) {
        self.call = call
        self.uri = uri
        self.list = list ?? uri
    }

    /// Where a page begins: the item's place, and the place inside it of what an item brings several of.
    struct Position: Codable, Sendable {
        var outer: Int
        var inner = 0
    }

    private struct Continuation: Codable {
        let partner: String
        let list: String
        let position: Position
    }

    private var sealer: Sealer { Sealer(call.sandbox.store) }

    /// The beginning, or what the continuation token says. A token is good for one list of one partner.
    func start() throws(PartnerCenterFault) -> Position {
        guard let operation = call.query["seekOperation"] else { return Position(outer: 0) }
        guard operation.lowercased() == "next" else { throw .invalidProperty("seekOperation") }
        guard let text = call.request.headers[.msContinuationToken],
            let continuation: Continuation = sealer.open(text, as: .continuation),
            continuation.partner == call.partner.tenantID, continuation.list == list
        else { throw .invalidProperty("MS-ContinuationToken") }
        return continuation.position
    }

    /// `last` is where the last item of this page stands, `next` where the next page begins; nil at the end.
    /// `totalCount` counts the items of the page.
    func answer(_ items: [JSON], from start: Position, last: Position, next: Position?) throws -> PartnerCenterAnswer {
        var links: [JSON.Member] = [.init("self", PartnerCenterLink.to(uri))]
        var token: String?
        if var next {
            let fault = call.sandbox.faults.take(call.call, [.pageLoop, .pageOverlap, .nextLinkElsewhere])
            if let fault { call.context.note.add("fault: \(fault.kind.rawValue)") }
            if fault?.kind == .pageLoop { next = start }
            if fault?.kind == .pageOverlap { next = last }
            let sealed = try sealer.seal(
                Continuation(partner: call.partner.tenantID, list: list, position: next), as: .continuation)
            token = sealed
            let host = fault?.kind == .nextLinkElsewhere ? (fault?.elsewhere ?? "") + "/v1" : ""
            links.append(
                .init(
                    "next",
                    PartnerCenterLink.to(
                        "\(host)\(uri)\(uri.contains("?") ? "&" : "?")seekOperation=Next", continuation: sealed)))
        }
        return PartnerCenterAnswer(
            json: [
                "totalCount": .integer(items.count), "items": .array(items), "links": .object(links),
                "attributes": ["objectType": "Collection"],
            ], continuationToken: token)
    }

    /// A page of what has a number of items that can be made one by one.
    func answer(count: Int, size: Int, _ item: (Int) -> JSON) throws -> PartnerCenterAnswer {
        let start = try start()
        let first = min(start.outer, count)
        let end = min(count, first + size)
        return try answer(
            (first..<end).map(item), from: start, last: Position(outer: max(first, end - 1)),
            next: end < count ? Position(outer: end) : nil)
    }

    /// A page of lines, of which each of the `count` outer items brings any number.
    func answer(outerCount count: Int, size: Int, _ lines: (Int) -> [JSON]) throws -> PartnerCenterAnswer {
        let start = try start()
        var items: [JSON] = []
        var position = start
        var last = start
        while position.outer < count {
            let all = lines(position.outer)
            for index in position.inner..<max(position.inner, all.count) {
                if items.count == size {
                    return try answer(
                        items, from: start, last: last, next: Position(outer: position.outer, inner: index))
                }
                items.append(all[index])
                last = Position(outer: position.outer, inner: index)
            }
            position = Position(outer: position.outer + 1)
        }
        return try answer(items, from: start, last: last, next: nil)
    }
}
