import Foundation
import GuestOnboarding
import HTTPTypes
import MicrosoftSandbox
import MicrosoftTestPortal
import PortalCore
import TestPortal
import Testing

/// Acme's owner with the service connected, a customer of Liberty's that is to be onboarded, and everybody who acts on the way.
final class OnboardingWorld: Sendable {
    static let acme = "aaaaaaaa-0000-4000-8000-000000000001"
    static let service = "/services/microsoft-365-guest"
    static let guest = "guest@acmecloud.example"

    let sandbox: MicrosoftSandbox
    let upstream: SandboxUpstream
    let portal: TestPortal
    let owner: TestClient
    /// Its id, its initial domain, and its administrator.
    let customer: (id: String, domain: String, administrator: String)

    init() async throws {
        let clock = TestClock()
        sandbox = try await .beside(clock)
        upstream = SandboxUpstream(sandbox: sandbox)
        portal = try TestPortal(
            plugins: [GuestOnboarding.self], upstream: upstream, clock: clock, settings: Self.settings)
        owner = try await portal.client(signedInAs: "owner@acme.example")
        customer = try await Self.libertys(in: sandbox)
        try await connect(owner, microsoftID: Self.acme, as: "admin@acmecloud.example")
    }

    private static let settings = ["microsoft-365-guest": practiceApplication]

    /// The first customer of the other partner, as the sandbox tells of itself.
    private static func libertys(in sandbox: MicrosoftSandbox) async throws -> (
        id: String, domain: String, administrator: String
    ) {
        struct World: Decodable {
            struct Customer: Decodable {
                let tenantId: String
                let partnerTenantId: String
                let domains: [String]
                let people: [String]
            }
            let customers: [Customer]
        }
        let (_, body) = try await sandbox.respond(
            to: HTTPRequest(method: .get, scheme: "http", authority: "sandbox", path: "/control/world"))
        let world = try JSONDecoder().decode(World.self, from: Data(body))
        let first = try #require(world.customers.first { $0.partnerTenantId.hasSuffix("0002") })
        let administrator = try #require(first.people.first { $0.hasPrefix("admin@") })
        return (first.tenantId, first.domains[0], administrator)
    }

    /// Adds the service, and signs in at Microsoft.
    func connect(_ client: TestClient, microsoftID: String, as account: String) async throws {
        _ = try await client.get("/marketplace/microsoft-365-guest/steps")
        _ = try await client.post("/marketplace/microsoft-365-guest/additions")
        _ = try await client.get("\(Self.service)/authentication")
        let begun = try await client.post("\(Self.service)/authentication", ["microsoft-id": microsoftID])
        let page = try await client.get(try #require(begun.location))
        let back = try await PracticePerson(account).signIn(at: try Self.departure(page), in: sandbox)
        _ = try await client.open(back)
        await portal.runJobs()
        let verdict = try await client.get(try #require(begun.location))
        guard verdict.words.contains("Every check has passed") else { throw TestFailure(verdict.words) }
    }

    /// The address of Microsoft's page that a page leaves for.
    static func departure(_ page: TestPage) throws -> String {
        let found = try #require(
            page.text.firstMatch(of: /http-equiv="refresh" content="0;url=([^"]*)"/), "\(page.words)")
        return String(found.output.1).replacing("&amp;", with: "&")
    }

    // MARK: The broker

    /// Types a tenant in, and looks it up.
    func look(tenant: String? = nil, guest: String = guest, by client: TestClient? = nil) async throws -> TestPage {
        let client = client ?? owner
        _ = try await client.get("\(Self.service)/intakes/new")
        let typed = try await client.post(
            "\(Self.service)/intakes", ["name": "Temporary name", "tenant": tenant ?? customer.id, "guest": guest])
        guard let path = typed.location else { return typed }
        await portal.runJobs()
        return try await client.open(path)
    }

    /// - Returns: the path of the tenant.
    func add(guest: String = guest) async throws -> String {
        let found = try await look(guest: guest)
        let action = try #require(found.text.firstMatch(of: /action="([^"]*\/tenant)"/), "\(found.words)")
        let added = try await owner.post(String(action.output.1), ["tenant": customer.id])
        await portal.runJobs()
        return try #require(added.location?.split(separator: "/setup").first.map(String.init), "\(added.words)")
    }

    func tracker(_ tenant: String) async throws -> TestPage { try await owner.get("\(tenant)/setup") }

    /// Makes a link, as *Copy message to clipboard* does.
    ///
    /// - Returns: its path.
    func request(_ tenant: String, language: String = "en") async throws -> String {
        let page = try await tracker(tenant)
        let form = try #require(
            page.text.firstMatch(of: /href="(\/approvals\/[^"]*\/messages\/new)"/), "\(page.words)"
        ).output.1
        let compose = try await owner.get("\(form)?language=\(language)")
        let sent = try await owner.post(
            String(form).replacing("/messages/new", with: "/messages"),
            [
                "tenant": String(tenant.split(separator: "/").last ?? ""), "language": language,
                "subject": "Please approve", "body": "Here: {link}", "way": "copied",
            ])
        guard let location = sent.location else { throw TestFailure("\(sent.words) \(compose.words)") }
        let shown = try await owner.get(location)
        await portal.runJobs()
        let link = try #require(
            shown.text.firstMatch(of: /http:\/\/eu\.gatehouse\.localhost:8080(\/approval\/[A-Za-z0-9_-]{43})/),
            "\(shown.words)")
        return String(link.output.1)
    }

    // MARK: Outside

    /// Presses *Approve* on the page of a link, goes through Microsoft's pages, and comes back.
    @discardableResult
    func approve(
        _ link: String, as person: PracticePerson, by browser: TestClient? = nil, _ form: [String: String] = [:]
    ) async throws -> TestPage {
        let browser = browser ?? portal.client()
        let back = try await person.signIn(at: try await depart(link, by: browser), in: sandbox)
        let page = try await browser.open(back)
        await portal.runJobs()
        return page.status == .ok && !page.text.contains("data-live") ? page : try await browser.get(link)
    }

    /// As far as Microsoft's address.
    func depart(_ link: String, by browser: TestClient) async throws -> String {
        _ = try await browser.get(link)
        let begun = try await browser.post("\(link)/trips", ["tenant": customer.id])
        return try Self.departure(try await browser.follow(begun))
    }

    var administrator: PracticePerson { PracticePerson(customer.administrator) }

    /// Accepts Microsoft's invitation.
    ///
    /// - Returns: the path of the guest's page, to which the invitation leads.
    func redeem(_ tenant: String, as person: PracticePerson = PracticePerson(guest)) async throws -> String {
        let page = try await tracker(tenant)
        let link = try #require(page.text.firstMatch(of: /<code>(http[^<]*redeem[^<]*)<\/code>/), "\(page.words)")
            .output.1
        let back = try await person.signIn(at: String(link).replacing("&amp;", with: "&"), in: sandbox)
        return "/" + back.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).joined()
    }

    /// Lets the portal look by itself.
    func wait(_ seconds: TimeInterval = 10) async {
        portal.clock.advance(by: seconds)
        await portal.runJobs()
    }

    /// The whole way.
    func onboard() async throws -> String {
        let tenant = try await add()
        try await approve(try await request(tenant), as: administrator)
        let page = try await redeem(tenant)
        await wait()
        try await approve(page, as: PracticePerson(Self.guest))
        return tenant
    }

    func restarted() throws -> TestPortal {
        try portal.restarted(plugins: [GuestOnboarding.self], upstream: upstream, settings: Self.settings)
    }
}
