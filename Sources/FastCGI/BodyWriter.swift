import HTTPTypes
import Hummingbird
import NIOCore

/// Writes a response's body straight to the transport. A full socket blocks the worker, and so slows the body down.
struct BodyWriter<Output: Transport>: ResponseBodyWriter {
    let transport: Output
    /// For bodies that come bit by bit, over a longer time.
    let flushesEachWrite: Bool

    func write(_ buffer: ByteBuffer) async throws {
        try buffer.withUnsafeReadableBytes { try transport.write($0) }
        if flushesEachWrite { try transport.flush() }
    }

    /// CGI knows no trailer fields: they are left out.
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
