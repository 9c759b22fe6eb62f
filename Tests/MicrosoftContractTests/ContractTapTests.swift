import HTTPTypes
import MicrosoftContract
import Testing

@Suite struct ContractTapTests {
    private let domain = SampleExchange.partnerCenter(.head, "/partnercenter/v1/domains/a.onmicrosoft.com")

    private func check(_ tap: ContractTap, _ service: ContractService, _ sample: SampleExchange) {
        let exchange = sample.recorded
        tap.check(service, exchange.request, exchange.requestBody, exchange.response, exchange.responseBody)
    }

    @Test func `what was called and what strayed is kept`() throws {
        let tap = try ContractTap(prefixes: [.partnerCenter: "/partnercenter"])
        let documented = tap.unexercisedOperations(of: .partnerCenter)
        check(tap, .partnerCenter, domain)
        check(tap, .partnerCenter, domain.with { $0.status = 404 })
        #expect(tap.violations == [])
        #expect(tap.operations(of: .partnerCenter) == ["HEAD /v1/domains/{domain}"])
        #expect(tap.unexercisedOperations(of: .partnerCenter) == documented.filter { !$0.hasPrefix("HEAD ") })
        #expect(tap.operations(of: .graph).isEmpty)

        check(tap, .partnerCenter, domain.with { $0.status = 302 })
        #expect(tap.violations.map(\.side) == [.response])
        #expect(tap.violations.map(\.operation) == ["HEAD /v1/domains/{domain}"])
    }

    @Test func `a call that nobody documented is told, and one outside the prefix`() throws {
        let tap = try ContractTap(prefixes: [.partnerCenter: "/partnercenter"])
        check(tap, .partnerCenter, domain.with { $0.path = "/partnercenter/v1/nothing" })
        check(tap, .partnerCenter, domain.with { $0.path = "/v1/domains/a.onmicrosoft.com" })
        #expect(
            tap.violations.map(\.description) == [
                "HEAD /partnercenter/v1/nothing: request path is of no documented operation",
                "HEAD /v1/domains/a.onmicrosoft.com: request path is of no documented operation",
            ])
        #expect(tap.operations(of: .partnerCenter).isEmpty)
    }

    @Test func `a path belongs to the service of its prefix`() throws {
        let tap = try ContractTap(prefixes: [.partnerCenter: "/partnercenter", .graph: "/graph"])
        #expect(tap.service(of: "/graph/v1.0/users") == .graph)
        #expect(tap.service(of: "/partnercenter/v1/customers") == .partnerCenter)
        #expect(tap.service(of: "/graphics") == nil)
        #expect(tap.service(of: "/control") == nil)
    }

    @Test func `many may listen at once`() async throws {
        let tap = try ContractTap(prefixes: [.partnerCenter: "/partnercenter"])
        let strayed = domain.with { $0.status = 302 }
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { check(tap, .partnerCenter, strayed) } }
        }
        #expect(tap.violations.count == 50)
    }
}
