import CFCGI
import Synchronization

/// Wakes every worker that waits for a connection, at once and for good.
final class StopSignal: Sendable {
    private let event: OwnedDescriptor
    private let raised = Atomic(false)

    init() throws(FastCGIError) {
        event = try OwnedDescriptor(eventfd(0, Int32(EFD_CLOEXEC)), from: "eventfd")
    }

    /// Readable from the moment that the signal is raised. Nobody reads it, so it stays so.
    var descriptor: Int32 { event.value }

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() {
        guard !raised.exchange(true, ordering: .acquiringAndReleasing) else { return }
        eventfd_write(descriptor, 1)
    }
}
