import Foundation
import HTTPTypes
import Microsoft
import Synchronization
import Testing

@Suite struct PagingTests {
    /// Pages of one user each; page n is followed by page `after(n)`, without end when that is never nil.
    private static func users(_ after: @escaping @Sendable (Int) -> Int?) -> Wire {
        Wire { request in
            let page = request.path?.split(separator: "=").last.flatMap { Int($0) } ?? 0
            let next = after(page).map { #","@odata.nextLink":"https://graph.example/v1.0/users?$skiptoken=\#($0)""# }
            return (HTTPResponse(status: .ok), Array(#"{"value":[{"id":"u\#(page)"}]\#(next ?? "")}"#.utf8))
        }
    }

    /// Reads to the end; a new client for every page, as after a restart.
    private static func read(_ wire: Wire) async throws -> (ids: [String], fault: MicrosoftFault?) {
        var ids: [String] = []
        var cursor: String?
        repeat {
            do {
                let page = try await wire.graph.users(select: ["id"], after: cursor)
                ids += page.items.map(\.id)
                cursor = page.next
            } catch let fault as MicrosoftFault {
                return (ids, fault)
            }
        } while cursor != nil
        return (ids, nil)
    }

    @Test func `pages are read to the end, by Microsoft's links unchanged`() async throws {
        let wire = Self.users { $0 < 99 ? $0 + 1 : nil }
        let (ids, fault) = try await Self.read(wire)
        #expect(ids == (0..<100).map { "u\($0)" } && fault == nil)
        #expect(wire.sent.dropFirst().first?.request.path == "/v1.0/users?$skiptoken=1")
    }

    @Test(arguments: [(1, 1), (0, 1), (3, 1), (0, 7), (5, 100), (100, 3)])
    func `pages that lead in a circle end with a fault`(start: Int, length: Int) async throws {
        let last = start + length - 1
        let (ids, fault) = try await Self.read(Self.users { $0 < last ? $0 + 1 : start })
        #expect(fault?.reason == .endlessPages && ids.count >= last && ids.count < 4 * (start + length) + 4)
    }

    @Test func `a cursor keeps the continuation and does not grow`() async throws {
        let wire = Self.users { $0 + 1 }
        var cursor: String?
        for _ in 0..<300 { cursor = try await wire.graph.users(select: ["id"], after: cursor).next }
        #expect(cursor?.hasSuffix("https://graph.example/v1.0/users?$skiptoken=300") == true)
        #expect((cursor?.utf8.count ?? 0) < 80)
    }

    @Test func `pages that are too many end with a fault`() async throws {
        let wire = Self.users { $0 + 1 }
        let far = "100000:0000000000000000:https://graph.example/v1.0/users?$skiptoken=7"
        #expect(try await faultOf { _ = try await wire.graph.users(after: far) }?.reason == .endlessPages)
    }

    @Test func `a continuation that was stored bare is understood`() async throws {
        let wire = Wire(#"{"items":[]}"#)
        _ = try await wire.partnerCenter.customers(size: 40, after: "bare==")
        #expect(wire.sent.first?.field("MS-ContinuationToken") == "bare==")
    }

    @Test(arguments: [
        "https://evil.example/v1.0/users", "https://graph.example.evil.example/v1.0/users",
        "https://graph.example@evil.example/v1.0", "http://graph.example/v1.0/users", "//evil.example/v1.0",
        "/v1.0/users", "https://graph.example", "https://graph.example:444/v1.0", "https://graph.example/../x",
        "https://graph.example/%2E%2e/x", "https://graph.example/\\\\evil.example", "https://graph.example/a b",
        "https://graph.example/v1.0\\u000d\\u000aX-Y: z", "", "https://graph.example/#x",
    ])
    func `a link that leads elsewhere is a fault, in each of its places`(link: String) async throws {
        let escaped = link
        let bodies = [
            #"{"value":[],"@odata.nextLink":"\#(escaped)"}"#, #"{"value":[],"@odata.deltaLink":"\#(escaped)"}"#,
        ]
        for body in bodies {
            let fault = try await faultOf { _ = try await Wire(body).graph.userChanges(after: nil) }
            #expect(fault?.reason == .foreignLink && fault?.status == 200)
        }
        // As it would come out of a store that somebody wrote into.
        let wire = Self.users { _ in nil }
        let plain = link.replacing("\\u000d\\u000a", with: "\r\n").replacing("\\\\", with: "\\")
        let fault = try await faultOf { _ = try await wire.graph.users(after: plain) }
        #expect(fault?.reason == .foreignLink && wire.sent.isEmpty)
    }

    @Test func `an operation's address that leads elsewhere is a fault`() async throws {
        let wire = Wire("", status: .accepted, ["Location": "https://evil.example/v1.0/x"])
        let fault = try await faultOf { _ = try await wire.graph.exportBilled(.usage, invoice: "G1") }
        #expect(fault?.reason == .foreignLink)
        let elsewhere = LongRunning(location: "https://evil.example/v1.0/x")
        let other = Wire("{}")
        let second = try await faultOf { _ = try await other.graph.billingExport(at: elsewhere) }
        #expect(second?.reason == .foreignLink && other.sent.isEmpty)
    }

    @Test func `Azure's links are followed below its own address only`() async throws {
        let own = Wire(#"{"value":[],"nextLink":"https://azure.example/next?x=1"}"#)
        let page = try await own.azure.billingAccounts(after: nil)
        _ = try? await own.azure.billingAccounts(after: page.next)
        #expect(own.sent.last?.request.path == "/next?x=1")
        let other = Wire(#"{"value":[],"nextLink":"https://graph.example/next"}"#)
        let fault = try await faultOf { _ = try await other.azure.billingAccounts(after: nil) }
        #expect(fault?.reason == .foreignLink)
    }

    @Test func `Partner Center's continuation travels in a header, never in the address`() async throws {
        let wire = Wire(
            #"{"items":[{"id":"c1"}],"links":{"next":{"headers":[{"key":"ms-continuationtoken","value":"secret=="}]}}}"#
        )
        let page = try await wire.partnerCenter.customers(size: 40, after: nil)
        let fault = try await faultOf {
            _ = try await wire.partnerCenter.customers(size: 40, after: page.next)
        }
        let second = try #require(wire.sent.last)
        #expect(second.request.path == "/pc/v1/customers?size=40&seekOperation=Next")
        #expect(second.field("MS-ContinuationToken") == "secret==")
        #expect(fault?.reason == .endlessPages)
    }

    @Test(arguments: [
        #"{"items":[],"links":{"next":{}}}"#,
        #"{"items":[],"links":{"next":{"headers":[{"key":"MS-ContinuationToken","value":""}]}}}"#,
        #"{"items":[],"links":{"next":{"headers":[{"key":"MS-ContinuationToken","value":"a\r\nX: y"}]}}}"#,
    ])
    func `a next page without a way to it is a fault`(body: String) async throws {
        let fault = try await faultOf { _ = try await Wire(body).partnerCenter.customers(size: 1, after: nil) }
        #expect(fault?.reason == .unreadable)
    }

    @Test func `a second page in a list that has none is a fault, not half of a list`() async throws {
        let partner = Wire(#"{"items":[],"links":{"next":{"headers":[]}}}"#)
        let graph = Wire(#"{"value":[],"@odata.nextLink":"https://graph.example/v1.0/x"}"#)
        #expect(
            try await faultOf { _ = try await partner.partnerCenter.subscriptions(ofCustomer: "c") }?.reason
                == .unreadable)
        #expect(try await faultOf { _ = try await graph.graph.subscribedSKUs() }?.reason == .unreadable)
    }

    @Test func `invoices are read by offset until there are no more`() async throws {
        let wire = Wire { request in
            let offset = request.path?.split(separator: "=").last.flatMap { Int($0) } ?? 0
            let items = (offset..<min(offset + 2, 5)).map { #"{"id":"G\#($0)"}"# }.joined(separator: ",")
            return (HTTPResponse(status: .ok), Array(#"{"totalCount":5,"items":[\#(items)]}"#.utf8))
        }
        var (ids, cursor): ([String], String?) = ([], nil)
        repeat {
            let page = try await wire.partnerCenter.invoices(size: 2, after: cursor)
            ids += page.items.map(\.id)
            cursor = page.next
        } while cursor != nil
        #expect(ids == ["G0", "G1", "G2", "G3", "G4"])
    }

    @Test func `an empty page of invoices in the middle of the list is a fault, not its end`() async throws {
        await #expect(throws: MicrosoftFault.self) {
            try await Wire(#"{"totalCount":"9","items":[],"links":{"next":{}}}"#).partnerCenter.invoices(
                size: 2, after: "4")
        }
        await #expect(throws: MicrosoftFault.self) {
            try await Wire("{}").partnerCenter.invoices(size: 2, after: "-1")
        }
    }
}
