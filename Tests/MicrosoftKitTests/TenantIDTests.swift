import PortalKit
import Testing

@testable import MicrosoftKit

@Suite struct TenantIDTests {
    static let id = "aaaaaaaa-0000-4000-8000-000000000001"

    @Test(arguments: [
        "aaaaaaaa-0000-4000-8000-000000000001", " AAAAAAAA-0000-4000-8000-000000000001 ",
        "{aaaaaaaa-0000-4000-8000-000000000001}",
        "aaaaaaaa - 0000 - 4000 - 8000 - 000000000001", "aaaaaaaa000040008000000000000001",
        "https://partner.microsoft.com/dashboard/v2/account-settings/tenants/AAAAAAAA-0000-4000-8000-000000000001/view?x=1",
        "Microsoft ID: aaaaaaaa-0000-4000-8000-000000000001.",
        "aaaaaaaa-0000-4000-8000-000000000001 (aaaaaaaa-0000-4000-8000-000000000001)",
    ])
    func `a tenant id is understood however it was copied`(text: String) throws {
        #expect(try TenantID.parse(text) == Self.id)
    }

    @Test(arguments: [
        ("aaaaaaaa-0000-4000-8000-000000000001 cccccccc-0000-4000-8000-000000000001", "several ids"),
        ("admin@acmecloud.example", "e-mail address"), ("acmecloud.onmicrosoft.com", "domain"),
        ("aaaaaaaa-0000-4000-8000-00000000000", "five groups"), ("gggggggg-0000-4000-8000-000000000001", "five groups"),
        ("1234", "five groups"),
    ])
    func `what is no tenant id is answered with what it is`(text: String, words: String) {
        #expect { try TenantID.parse(text) } throws: { ($0 as? FieldProblem)?.message.contains(words) == true }
    }
}
