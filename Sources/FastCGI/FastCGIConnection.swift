import CFCGI
import Glibc
import NIOCore

/// One connection at a time, spoken by libfcgi. Lives inside one worker.
///
/// libfcgi has no call for an accepted descriptor, so two fields are set that its header calls private (2.4.2): with
/// `ipcFd` in place and `keepConnection` on, `FCGX_Accept_r` takes the open connection as it is.
final class FastCGIConnection: Transport {
    private let request = UnsafeMutablePointer<FCGX_Request>.allocate(capacity: 1)
    private let watch: ConnectionWatch
    private let limits: FastCGITimeLimits

    init(watch: ConnectionWatch, limits: FastCGITimeLimits) {
        self.watch = watch
        self.limits = limits
        // Without a listening socket, libfcgi never accepts by itself.
        FCGX_InitRequest(request, -1, 0)
    }

    deinit {
        abort()
        request.deallocate()
    }

    /// Takes the descriptor over, closing it in the end. The whole head must be there to be read.
    ///
    /// - Returns: false if libfcgi finds no request in it.
    func open(_ descriptor: Int32) -> Bool {
        setTimeLimit(SO_RCVTIMEO, descriptor)
        setTimeLimit(SO_SNDTIMEO, descriptor)
        request.pointee.ipcFd = descriptor
        request.pointee.keepConnection = 1
        // Otherwise libfcgi lingers for up to 2 s over each close.
        FCGX_Detach(request)
        guard FCGX_Accept_r(request) == 0 else { return false }
        // Whatever the web server asked for: a kept connection would hold the worker.
        request.pointee.keepConnection = 0
        watch.opened(descriptor, readBy: .now + limits.body)
        return true
    }

    var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? { request.pointee.envp }

    func readBody(length: Int, limit: Int) throws(RequestRefusal) -> ByteBuffer {
        guard length <= limit else { throw .bodyTooLarge(limit: limit) }
        var body = ByteBuffer()
        var count = 0
        if length > 0 {
            count = body.writeWithUnsafeMutableBytes(minimumWritableBytes: length) {
                Int(FCGX_GetStr($0.baseAddress, Int32(clamping: length), request.pointee.in))
            }
        }
        let isLonger = discard() > 0
        guard count == length, !isLonger, FCGX_GetError(request.pointee.in) == 0 else {
            throw .badRequest("the body is not as long as Content-Length says")
        }
        return body
    }

    func discardBody() { _ = discard() }

    private func discard() -> Int {
        var total = 0
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 8_192) { scratch in
            var count: Int32
            repeat {
                count = FCGX_GetStr(scratch.baseAddress, Int32(scratch.count), request.pointee.in)
                total += Int(count)
            } while count > 0
        }
        watch.requestIsRead()
        return total
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(PeerGone) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(Int32.max)))
            let text = part.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard FCGX_PutStr(text, Int32(part.count), request.pointee.out) >= 0 else { throw PeerGone() }
            rest = rest.dropFirst(part.count)
        }
    }

    func flush() throws(PeerGone) {
        guard FCGX_FFlush(request.pointee.out) == 0 else { throw PeerGone() }
    }

    /// Sends what is left and the end of the request, and closes.
    func finish() {
        FCGX_FClose(request.pointee.err)
        FCGX_FClose(request.pointee.out)
        watch.closing()
        FCGX_Finish_r(request)
    }

    /// Closes without an end of the request, by which the web server sees that the answer is not whole.
    func abort() {
        watch.closing()
        FCGX_Free(request, 1)
    }

    private func setTimeLimit(_ option: Int32, _ descriptor: Int32) {
        let (seconds, attoseconds) = limits.silence.components
        var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
}
