struct Overdue: Error {}

/// Returns as soon as the condition holds.
func eventually(_ condition: @Sendable () throws -> Bool) async throws {
    for _ in 0..<4_000 {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw Overdue()
}
