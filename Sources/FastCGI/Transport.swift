import NIOCore

/// What a request comes in on and its answer goes out on: a FastCGI connection, or the descriptors of a CGI process.
///
/// Everything blocks the thread, and is used by one task at a time.
protocol Transport: AnyObject {
    /// `NAME=value` strings, a null pointer after the last. Valid until the transport is done with the request.
    var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? { get }

    /// Reads the body to its end. It is refused when it is longer than `limit`, or not `length` bytes long.
    func readBody(length: Int, limit: Int) throws(RequestRefusal) -> ByteBuffer

    /// Reads past what was sent and nobody wants. A web server whose bytes stay unread sees a reset, not the answer.
    func discardBody()

    func write(_ bytes: UnsafeRawBufferPointer) throws(PeerGone)

    /// Sends what `write` may have kept back.
    func flush() throws(PeerGone)
}
