import Synchronization

extension Fault {
    fileprivate func applies(to call: ServiceCall) -> Bool {
        service == call.service && (self.call == nil || self.call == call)
    }
}

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

    /// Uses up one time of the first fault of these kinds whose turn it is at this call.
    func take(_ call: ServiceCall, _ kinds: Set<Fault.Kind>) -> Fault? {
        faults.withLock { faults in
            for index in faults.indices where faults[index].applies(to: call) && kinds.contains(faults[index].kind) {
                faults[index].passed += 1
                guard faults[index].passed >= faults[index].every else { continue }
                faults[index].passed = 0
                faults[index].times -= 1
                let fault = faults[index]
                if fault.times == 0 { faults.remove(at: index) }
                return fault
            }
            return nil
        }
    }
}
