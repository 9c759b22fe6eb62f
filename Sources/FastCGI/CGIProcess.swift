import Glibc
import NIOCore

/// A CGI request: the environment, and a descriptor for either direction (RFC 3875).
final class CGIProcess: Transport {
    let environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    private let input: Int32
    private let output: Int32
    private var unsent: [UInt8] = []

    init(environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, input: Int32 = 0, output: Int32 = 1) {
        self.environment = environment
        self.input = input
        self.output = output
    }

    /// Only `length` bytes are read: there need be no end of file after them (RFC 3875, 4.2).
    func readBody(length: Int, limit: Int) throws(RequestRefusal) -> ByteBuffer {
        guard length <= limit else { throw .bodyTooLarge(limit: limit) }
        var body = ByteBuffer()
        while body.readableBytes < length {
            let missing = length - body.readableBytes
            let count = body.writeWithUnsafeMutableBytes(minimumWritableBytes: missing) { buffer in
                max(0, retrying { read(input, buffer.baseAddress, missing) })
            }
            guard count > 0 else { throw .badRequest("the body is not as long as Content-Length says") }
        }
        return body
    }

    /// Nothing to do: the pipe ends with the process.
    func discardBody() {}

    func write(_ bytes: UnsafeRawBufferPointer) throws(PeerGone) {
        unsent += bytes
        if unsent.count >= 8_192 { try flush() }
    }

    func flush() throws(PeerGone) {
        defer { unsent.removeAll(keepingCapacity: true) }
        var sent = 0
        while sent < unsent.count {
            let count = unsent.withUnsafeBytes { bytes in
                retrying { Glibc.write(output, bytes.baseAddress.map { $0 + sent }, bytes.count - sent) }
            }
            guard count > 0 else { throw PeerGone() }
            sent += count
        }
    }

    private func retrying(_ call: () -> Int) -> Int {
        while true {
            let count = call()
            if count >= 0 || errno != EINTR { return count }
        }
    }
}
