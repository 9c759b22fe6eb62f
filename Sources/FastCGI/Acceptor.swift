import CFCGI
import Glibc
import Logging

/// Takes connections off the listening socket, and gives each out once its whole head has arrived.
///
/// Those that take longer are put aside, so that half a request holds up nobody. Belongs to one worker; workers share
/// the listening socket and wake one at a time for it.
final class Acceptor {
    /// How long a worker stays with a connection on which nothing has arrived yet: the web server is about to write.
    private static let patienceMilliseconds: Int32 = 20
    private static let maxWaiting = 64

    private let listener: FastCGIListener
    private let stop: StopSignal
    private let headLimit: Duration
    private let logger: Logger
    private let epoll: OwnedDescriptor
    private var inspector = HeadInspector()
    /// In the order of their deadlines.
    private var waiting: [(descriptor: Int32, until: ContinuousClock.Instant)] = []

    init(_ listener: FastCGIListener, stop: StopSignal, headLimit: Duration, logger: Logger) throws(FastCGIError) {
        self.listener = listener
        self.stop = stop
        self.headLimit = headLimit
        self.logger = logger
        epoll = try OwnedDescriptor(epoll_create1(Int32(EPOLL_CLOEXEC)), from: "epoll_create1")
        try watch(stop.descriptor, EPOLLIN.rawValue)
        try watch(listener.descriptor, EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue)
    }

    deinit { for connection in waiting { close(connection.descriptor) } }

    /// Blocks the thread until there is a connection to answer; it then belongs to the caller. After the stop signal:
    /// what had been accepted and is complete, then nil.
    func next() throws(FastCGIError) -> Int32? {
        while !stop.isRaised {
            if let late = firstOverdue(at: .now) { return late }
            var event = epoll_event()
            let count = epoll_wait(epoll.value, &event, 1, millisecondsToFirstDeadline)
            guard count >= 0 || errno == EINTR else { throw .system("epoll_wait") }
            guard count == 1 else { continue }
            let descriptor = event.data.fd
            if descriptor == listener.descriptor {
                if let connection = try accept() { return connection }
            } else if descriptor != stop.descriptor {
                let isGone = event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
                if let connection = resume(descriptor, isLast: isGone) { return connection }
            }
        }
        while let connection = waiting.first {
            if let complete = resume(connection.descriptor, isLast: true) { return complete }
        }
        return nil
    }

    private func accept() throws(FastCGIError) -> Int32? {
        let descriptor = gatehouse_accept4(listener.descriptor, Int32(SOCK_CLOEXEC.rawValue))
        guard descriptor >= 0 else {
            switch errno {
            case EAGAIN, EWOULDBLOCK, EINTR, ECONNABORTED: return nil
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                logger.error("no connection can be accepted", metadata: ["cause": "\(FastCGIError.system("accept4"))"])
                usleep(100_000)
                return nil
            default: throw .system("accept4")
            }
        }
        var verdict = inspector.inspect(descriptor)
        if verdict == .nothingYet {
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&state, 1, Self.patienceMilliseconds)
            verdict = inspector.inspect(descriptor)
        }
        switch verdict {
        case .whole: return descriptor
        case .refused(let reason): drop(descriptor, reason)
        case .nothingYet, .partial: try putAside(descriptor)
        }
        return nil
    }

    private func putAside(_ descriptor: Int32) throws(FastCGIError) {
        if waiting.count >= Self.maxWaiting { drop(waiting.removeFirst().descriptor, "too many incomplete requests") }
        // Edge-triggered: one event for what is there already, one for whatever comes later.
        try watch(descriptor, EPOLLIN.rawValue | EPOLLET.rawValue)
        waiting.append((descriptor, .now + headLimit))
    }

    /// The connection, if it is complete by now. Otherwise it goes on waiting, or is dropped if that was its last
    /// chance.
    private func resume(_ descriptor: Int32, isLast: Bool) -> Int32? {
        let verdict = inspector.inspect(descriptor)
        if !isLast && (verdict == .partial || verdict == .nothingYet) { return nil }
        waiting.removeAll { $0.descriptor == descriptor }
        switch verdict {
        case .whole:
            epoll_ctl(epoll.value, EPOLL_CTL_DEL, descriptor, nil)
            return descriptor
        case .refused(let reason): drop(descriptor, reason)
        case .nothingYet, .partial: drop(descriptor, "request incomplete")
        }
        return nil
    }

    private func firstOverdue(at now: ContinuousClock.Instant) -> Int32? {
        while let connection = waiting.first, connection.until <= now {
            if let complete = resume(connection.descriptor, isLast: true) { return complete }
        }
        return nil
    }

    private var millisecondsToFirstDeadline: Int32 {
        guard let first = waiting.first else { return -1 }
        let left = ContinuousClock.now.duration(to: first.until) / Duration.milliseconds(1)
        return Int32(max(0, min(left.rounded(.up), 60_000)))
    }

    private func watch(_ descriptor: Int32, _ events: UInt32) throws(FastCGIError) {
        var event = epoll_event(events: events, data: epoll_data_t(fd: descriptor))
        guard epoll_ctl(epoll.value, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw .system("epoll_ctl") }
    }

    private func drop(_ descriptor: Int32, _ reason: String) {
        logger.debug("connection dropped", metadata: ["reason": "\(reason)"])
        // Closing is not enough while a child process, not yet replaced by its program, has the descriptor too.
        epoll_ctl(epoll.value, EPOLL_CTL_DEL, descriptor, nil)
        close(descriptor)
    }
}
