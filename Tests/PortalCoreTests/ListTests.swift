import HTTPTypes
import TestPortal
import Testing

/// Lists and searches, with whatever a person or an attacker types into the address.
@Suite struct ListTests {
    @Test(arguments: ["9223372036854775807", "-1", "99999999999999999999", "x", ""])
    func `a list begins wherever the address says, or at its beginning`(from: String) async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        for path in ["/tenants", "/organizations", "/services/toy-cloud/tenants"] {
            #expect(try await owner.get("\(path)?from=\(from)").status == .ok, "\(path)")
        }
    }

    @Test(arguments: ["Wooden+Blocks", "wooden%20blocks", "WOODEN", "toy-2", "toy2.example", "W%C3%B6oden"])
    func `a tenant is found by a part of its name, domain or id, whatever the case and accents`(text: String) async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        for path in ["/search", "/tenants"] {
            let page = try await owner.get("\(path)?q=\(text)")
            #expect(page.text.contains(">Wooden Blocks</a>") && !page.text.contains(">Tin Soldiers</a>"), "\(path)")
        }
    }

    @Test(arguments: ["%25", "_", "%27%20OR%201=1--", "%5C"])
    func `wildcards and quotes in a search are letters`(text: String) async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        #expect(try await owner.get("/search?q=\(text)").words.contains("No match"))
    }

    @Test func `a name that is markup is only a name`() async throws {
        let world = try await LinkedWorld()
        let owner = try await world.portal.client(signedInAs: "owner@acme.example")
        let page = try await owner.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
        #expect(!page.text.contains("<script>alert") && page.words.contains("<script>alert(1)</script>"))
    }
}
