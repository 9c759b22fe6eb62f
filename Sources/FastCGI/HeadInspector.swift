import Glibc

/// Looks, without taking anything from the socket, whether a whole and well-formed head has arrived: BEGIN_REQUEST and
/// PARAMS up to their end. libfcgi is given a connection only then.
///
/// Left alone, libfcgi waits in its thread for the rest, takes a head that breaks off between two variables for
/// complete, allocates whatever length a variable claims and ends the process when it can't (2.4.2). Management records
/// are refused: nginx sends none.
struct HeadInspector {
    enum Verdict: Equatable {
        case nothingYet, partial, whole
        case refused(String)
    }

    /// Four times what nginx accepts of header fields by default, and it fits in any socket's buffer.
    static let maxHeadBytes = 65_536

    private var buffer = [UInt8](repeating: 0, count: maxHeadBytes)
    private var parameters: [UInt8] = []

    mutating func inspect(_ descriptor: Int32) -> Verdict {
        let count = buffer.withUnsafeMutableBytes {
            recv(descriptor, $0.baseAddress, $0.count, Int32(MSG_PEEK | MSG_DONTWAIT))
        }
        guard count > 0 else {
            if count < 0 && [EAGAIN, EWOULDBLOCK, EINTR].contains(errno) { return .nothingYet }
            return .refused("closed before the request was complete")
        }
        let verdict = judge(count)
        return verdict == .partial && count == Self.maxHeadBytes ? .refused("head too large") : verdict
    }

    private mutating func judge(_ count: Int) -> Verdict {
        guard buffer[0] == 1 else { return .refused("not FastCGI version 1") }
        guard count >= 16 else { return .partial }
        let id = (buffer[2], buffer[3])
        // Type BEGIN_REQUEST, content of 8 bytes, role RESPONDER.
        guard buffer[1] == 1, id != (0, 0), (buffer[4], buffer[5]) == (0, 8), (buffer[8], buffer[9]) == (0, 1) else {
            return .refused("does not begin a request")
        }
        parameters.removeAll(keepingCapacity: true)
        var start = 16 + Int(buffer[6])
        while start + 8 <= count {
            guard buffer[start] == 1, buffer[start + 1] == 4, (buffer[start + 2], buffer[start + 3]) == id else {
                return .refused("another record where PARAMS should be")
            }
            let length = Int(buffer[start + 4]) << 8 | Int(buffer[start + 5])
            if length == 0 { return parametersAreWellFormed ? .whole : .refused("malformed variables") }
            let content = start + 8
            guard content + length <= count else { return .partial }
            parameters += buffer[content..<content + length]
            start = content + length + Int(buffer[start + 6])
        }
        return .partial
    }

    /// Whether the name-value pairs end exactly where the stream ends.
    private var parametersAreWellFormed: Bool {
        parameters.withUnsafeBufferPointer { bytes in
            var next = 0
            func length() -> Int? {
                guard next < bytes.count else { return nil }
                let first = Int(bytes[next])
                guard first & 0x80 != 0 else {
                    next += 1
                    return first
                }
                guard next + 4 <= bytes.count else { return nil }
                let length = bytes[next + 1..<next + 4].reduce(first & 0x7F) { $0 << 8 | Int($1) }
                next += 4
                return length
            }
            while next < bytes.count {
                guard let name = length(), let value = length() else { return false }
                next += name + value
                guard next <= bytes.count else { return false }
            }
            return true
        }
    }
}
