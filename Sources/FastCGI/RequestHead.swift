import Glibc
import HTTPTypes

/// A request's variables (RFC 3875, 4.1), converted byte by byte.
struct RequestHead {
    static let maxFields = 100
    /// Names and values of all header fields, and the target.
    static let maxBytes = 32_768

    let request: HTTPRequest
    let variables: CGIVariables
    /// 0 when there is none; `Int.max` for a number that does not fit.
    let contentLength: Int

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Of variables that come twice, the first counts; of header fields, each.
    init(
        _ environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
        names: inout HeaderFieldNames
    ) throws(RequestRefusal) {
        var method, target, host, https, scheme, serverName, remoteAddress, length, type: Bytes?
        var fields = HTTPFields()
        fields.reserveCapacity(16)
        var bytes = 0
        var next = environment
        while let variable = next?.pointee {
            next = next?.successor()
            guard let (name, value) = Self.split(variable), !value.isEmpty else { continue }
            switch name {
            case "REQUEST_METHOD": method = method ?? value
            case "REQUEST_URI": target = target ?? value
            case "HTTP_HOST": host = host ?? value
            case "HTTPS": https = https ?? value
            case "REQUEST_SCHEME": scheme = scheme ?? value
            case "SERVER_NAME": serverName = serverName ?? value
            case "REMOTE_ADDR": remoteAddress = remoteAddress ?? value
            case "CONTENT_LENGTH": length = length ?? value
            case "CONTENT_TYPE": type = type ?? value
            case let name where name.starts(with: "HTTP_".utf8):
                bytes += name.count + value.count
                guard fields.count < Self.maxFields, bytes <= Self.maxBytes else { throw .headTooLarge }
                guard let field = names.name(for: Bytes(rebasing: name.dropFirst(5))) else { continue }
                fields.append(HTTPField(name: field, value: value))
            default: break
            }
        }
        guard bytes + (target?.count ?? 0) + (host?.count ?? 0) + (type?.count ?? 0) <= Self.maxBytes else {
            throw .headTooLarge
        }
        guard let method = HTTPRequest.Method(Self.text(method)) else { throw .badRequest("no valid method") }
        guard let target, target.first == UInt8(ascii: "/"), Self.isVisible(target), !target.contains(UInt8(ascii: "#"))
        else { throw .badRequest("no valid path") }
        guard host.map(Self.isVisible) ?? true else { throw .badRequest("no valid host") }
        contentLength = try Self.number(length)
        if let type { fields.append(HTTPField(name: .contentType, value: type)) }
        if let length { fields.append(HTTPField(name: .contentLength, value: length)) }

        let isHTTPS = ["on", "1"].contains(Self.text(https).lowercased()) || Self.text(scheme).lowercased() == "https"
        request = HTTPRequest(
            method: method,
            scheme: isHTTPS ? "https" : "http",
            authority: host.map(Self.text),
            path: Self.text(target),
            headerFields: fields
        )
        variables = CGIVariables(
            serverName: Self.text(serverName),
            remoteAddress: Self.text(remoteAddress),
            isHTTPS: isHTTPS
        )
    }

    private static func split(_ variable: UnsafeMutablePointer<CChar>) -> (name: Bytes, value: Bytes)? {
        guard let separator = strchr(variable, Int32(UInt8(ascii: "="))) else { return nil }
        let bytes = UnsafeRawPointer(variable).assumingMemoryBound(to: UInt8.self)
        let count = separator - variable
        return (Bytes(start: bytes, count: count), Bytes(start: bytes + count + 1, count: strlen(separator + 1)))
    }

    private static func text(_ bytes: Bytes?) -> String {
        bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// No spaces, no control characters, nothing beyond ASCII (RFC 9112, 3.2).
    private static func isVisible(_ bytes: Bytes) -> Bool { bytes.allSatisfy { (0x21...0x7E).contains($0) } }

    private static func number(_ digits: Bytes?) throws(RequestRefusal) -> Int {
        guard let digits else { return 0 }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .badRequest("no valid Content-Length") }
        return Int(text(digits)) ?? .max
    }
}

private func ~= (pattern: StaticString, bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count == pattern.utf8CodeUnitCount, let start = bytes.baseAddress else { return false }
    return memcmp(start, pattern.utf8Start, bytes.count) == 0
}
