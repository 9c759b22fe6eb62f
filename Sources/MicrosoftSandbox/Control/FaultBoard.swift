import Synchronization

/// The faults that are turned on, oldest first.
final class FaultBoard: Sendable {
    private let faults = Mutex<[Fault]>([])

    var all: [Fault] { faults.withLock { $0 } }

    func add(_ fault: Fault) {
        faults.withLock { if fault.times > 0 { $0.append(fault) } }
    }

    func removeAll() {
        faults.withLock { $0 = [] }
    }

    /// Uses up one time of the first fault of these kinds that applies to the call.
    func take(_ call: ServiceCall, _ kinds: Set<Fault.Kind>) -> Fault? {
        faults.withLock { faults in
            let index = faults.firstIndex {
                $0.service == call.service && ($0.call == nil || $0.call == call) && kinds.contains($0.kind)
            }
            guard let index else { return nil }
            let fault = faults[index]
            faults[index].times -= 1
            if faults[index].times == 0 { faults.remove(at: index) }
            return fault
        }
    }
}
