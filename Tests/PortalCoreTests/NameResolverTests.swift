import Dispatch
import Testing

@testable import PortalCore

/// A name server that says nothing.
@Suite struct NameResolverTests {
    @Test func `check 95: a name server that hangs holds nobody, and only so many calls of the system`() async throws {
        let hangs = DispatchSemaphore(value: 0)
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let resolver = NameResolver(limit: 1) { name in
            if name == "hangs.example" {
                begin.yield()
                hangs.wait()
            }
            return ["192.0.2.1"]
        }
        #expect(try await resolver.addresses(of: "a.example") == ["192.0.2.1"])
        let asking = Task { try await resolver.addresses(of: "hangs.example") }
        for await _ in begun { break }
        asking.cancel()
        await #expect(throws: CancellationError.self) { try await asking.value }
        await #expect(throws: NameResolver.Overloaded.self) { try await resolver.addresses(of: "a.example") }
        hangs.signal()
        var found: [String] = []
        for _ in 0..<100 where found.isEmpty {
            try await Task.sleep(for: .milliseconds(20))
            found = (try? await resolver.addresses(of: "a.example")) ?? []
        }
        #expect(found == ["192.0.2.1"])
    }
}
