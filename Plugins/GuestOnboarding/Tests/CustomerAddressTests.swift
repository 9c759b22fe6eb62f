import PortalKit
import Testing

@testable import GuestOnboarding

/// What a person types for a customer.
@Suite struct CustomerAddressTests {
    @Test(arguments: [
        ("northgate.example", "northgate.example"),
        (" https://www.Northgate.example/kontakt?x=1 ", "northgate.example"),
        ("anna@northgate.example", "northgate.example"), ("northgate.example.", "northgate.example"),
        ("northgate.onmicrosoft.com:443", "northgate.onmicrosoft.com"),
        ("{CCCCCCCC-0000-4000-8000-000000000001}", "cccccccc-0000-4000-8000-000000000001"),
    ])
    func `ids and domains are understood as they are copied`(typed: String, understood: String) throws {
        #expect(try CustomerAddress.parse(typed.trimmingBlanks) == understood)
    }

    @Test(arguments: ["", "northgate", "north gate.example", "a'b.example", "-x.example", "..", "x..y"])
    func `what is neither is refused with what to do`(typed: String) {
        #expect(throws: FieldProblem.self) { try CustomerAddress.parse(typed) }
    }

    @Test func `a guest account is one whole address`() throws {
        #expect(try CustomerAddress.parseMail("Guest@AcmeCloud.example") == "guest@acmecloud.example")
        for typed in ["guest", "a@b", "a b@c.example", "@c.example", "a@b@c.example", "a@c.example?cc=x"] {
            #expect(throws: FieldProblem.self) { try CustomerAddress.parseMail(typed) }
        }
    }
}

extension String {
    /// As a form hands it on.
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
