import HTTPTypes
import TestPortal
import Testing

/// What an address answers that takes other methods.
@Suite struct MethodTests {
    @Test func `check 23: an address that takes only forms, or only shows a page, says which methods it allows`()
        async throws
    {
        let portal = try TestPortal()
        let owner = try await portal.client(signedInAs: "owner@acme.example")
        let page = try await owner.get("/sign-out")
        #expect(page.status == .methodNotAllowed && page.headers[.allow] == "POST")
        #expect(page.words.contains("This address is for something else"))
        let form = try await owner.post("/services")
        #expect(form.status == .methodNotAllowed && form.headers[.allow] == "GET, HEAD")
        #expect(try await owner.get("/").status == .ok, "the session is not ended by a GET")
    }
}
