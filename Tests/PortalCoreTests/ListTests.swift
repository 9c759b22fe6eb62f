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
    func `a tenant is found by a part of its name, domain or id, whatever the case and accents`(text: String)
        async throws
    {
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

    @Test func `people are found by those who see them, and nobody else`() async throws {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        for text in ["sam", "SUPPORT@acme", "anna@northgate"] {
            let page = try await owner.get("/search?q=\(text)")
            #expect(page.words.contains("People") && page.text.contains(#"href="/users/user-"#), "\(text)")
        }
        let customer = try await owner.get("/search?q=anna@northgate").words
        #expect(customer.contains("Northgate Bakery"))
        #expect(try await owner.get("/search?q=owner@liberty").words.contains("No match"))
        let support = try await portal.client(signedInAs: "support@acme.example")
        let none = try await support.get("/search?q=sam")
        #expect(!none.text.contains("/users/") && !none.words.contains("People"))
        // Who sees people and no tenants finds them from the same field.
        let admin = try await portal.client(signedInAs: "admin@gatehouse.example")
        #expect(try await admin.get("/").text.contains(#"role="search" method="get" action="/users""#))
        #expect(try await admin.get("/users?q=owner@liberty").text.contains("user-owner@liberty.example"))
        let anna = try await portal.client(signedInAs: "anna@northgate.example")
        #expect(try await anna.get("/").text.contains(#"role="search" method="get" action="/users""#))
        #expect(!(try await anna.get("/users?q=owner@acme").text.contains("user-owner@acme.example")))
        let carl = try await portal.client(signedInAs: "carl@northgate.example")
        #expect(!(try await carl.get("/").text.contains(#"role="search""#)))
    }
}
