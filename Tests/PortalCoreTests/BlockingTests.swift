import Foundation
import Testing

@testable import PortalCore

@Suite struct BlockingTests {
    @Test func `who would wait beyond the limit is turned away at once, and later ones get in`() async throws {
        let blocking = Blocking(limit: 1)
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let end = DispatchSemaphore(value: 0)
        let first = Task {
            try await blocking.run {
                begin.yield()
                end.wait()
                return 1
            }
        }
        for await _ in begun { break }
        await #expect(throws: PageError.overloaded) { try await blocking.run { 2 } }
        end.signal()
        #expect(try await first.value == 1)
        #expect(try await blocking.run { 3 } == 3)
    }
}
