import Dispatch
import Foundation
import Synchronization

/// Asks the system for the addresses behind a name, away from the requests' threads.
///
/// The system's call can't be stopped, and takes as long as a name server that says nothing. So whoever is cancelled goes on
/// without it, and no more than a few such calls are under way.
final class NameResolver: Sendable {
    static let shared = NameResolver()

    /// Too many names wait for a name server.
    struct Overloaded: Error {}

    private let limit: Int
    private let lookup: @Sendable (String) -> [String]
    private let underWay = Mutex(0)

    init(limit: Int = 16, lookup: @escaping @Sendable (String) -> [String] = NameResolver.resolve) {
        self.limit = limit
        self.lookup = lookup
    }

    /// As numbers in text; empty when there are none.
    ///
    /// - Throws: ``Overloaded``, and `CancellationError` at once when the task is cancelled.
    func addresses(of name: String) async throws -> [String] {
        try enter()
        let waiting = Waiting()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                waiting.begin(continuation)
                DispatchQueue.global().async { [self] in
                    let found = lookup(name)
                    underWay.withLock { $0 -= 1 }
                    waiting.end(.success(found))
                }
            }
        } onCancel: {
            waiting.end(.failure(CancellationError()))
        }
    }

    private func enter() throws {
        try underWay.withLock { count in
            guard count < limit else { throw Overloaded() }
            count += 1
        }
    }

    /// Who waits for an answer: told once, whichever end comes first.
    private final class Waiting: Sendable {
        private enum State {
            case before
            case waiting(CheckedContinuation<[String], any Error>)
            case ended(Result<[String], any Error>)
        }

        private let state = Mutex(State.before)

        func begin(_ continuation: CheckedContinuation<[String], any Error>) {
            let early = state.withLock { state -> Result<[String], any Error>? in
                if case .ended(let result) = state { return result }
                state = .waiting(continuation)
                return nil
            }
            if let early { continuation.resume(with: early) }
        }

        func end(_ result: Result<[String], any Error>) {
            let continuation = state.withLock { state -> CheckedContinuation<[String], any Error>? in
                switch state {
                case .before:
                    state = .ended(result)
                    return nil
                case .waiting(let continuation):
                    state = .ended(result)
                    return continuation
                case .ended: return nil
                }
            }
            continuation?.resume(with: result)
        }
    }

    @Sendable static func resolve(_ name: String) -> [String] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [String] = []
        var next = list
        while let entry = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            if getnameinfo(
                entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
                == 0
            {
                found.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
            }
            next = entry.pointee.ai_next
        }
        return found
    }
}
