import Foundation
import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// The table of roles drives what is shown, too: no link and no button leads to what one may not do.
@Suite struct ButtonTests {
    static let people = Actor.all.filter { $0.email != nil && $0.isAtHome && $0.host != TestPortal.shop }

    @Test(arguments: people) func `every link and every form that a person sees is one that it may follow and send`(
        actor: Actor
    )
        async throws
    {
        let world = try await MatrixWorld.shared.value
        let client = try await world.client(actor)
        let forms = world.portal.portal.routes.filter { $0.method == .post }
        var open = ["/"]
        var seen: Set<String> = ["/"]
        while let path = open.popLast(), seen.count < 400 {
            let page = try await client.get(path)
            #expect(
                page.status.code < 400, "\(path) is linked, and answers \(page.status.code) to \(actor.testDescription)"
            )
            for target in Self.values(of: "href", in: page.text) {
                if target.hasPrefix("/assets/") || target.hasPrefix("/handover/") { continue }
                if seen.insert(target).inserted { open.append(target) }
            }
            for action in Self.values(of: #"method="post" action"#, in: page.text) {
                let target = action.split(separator: "/")
                let route = forms.first { route in
                    let parts = route.path.split(separator: "/")
                    return parts.count == target.count
                        && zip(parts, target).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
                }
                let access = route?.access ?? "none"
                let mayIt = access == "public" || Permission(rawValue: access).map(actor.permissions.contains) == true
                #expect(
                    mayIt, "\(path) has a form for \(action), which asks for \(access), as \(actor.testDescription)")
            }
        }
        #expect(seen.count > 2)
    }

    /// The addresses here that stand in an attribute, without what follows `#`.
    private static func values(of attribute: String, in page: String) -> [String] {
        page.components(separatedBy: "\(attribute)=\"/").dropFirst().map { rest in
            let value = rest.prefix { $0 != "\"" && $0 != "#" }
            return "/" + value.replacing("&amp;", with: "&")
        }
    }
}
