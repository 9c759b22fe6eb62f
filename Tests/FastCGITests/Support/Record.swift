/// FastCGI records as bytes (specification 1.0, §3.3 and §8).
enum Record {
    enum Kind: UInt8 {
        case beginRequest = 1, abortRequest, endRequest, parameters, standardInput, standardOutput, standardError, data
        case getValues
    }

    static func make(
        _ kind: UInt8, _ content: [UInt8] = [], id: UInt16 = 1, version: UInt8 = 1, padding: UInt8 = 0
    ) -> [UInt8] {
        [
            version, kind, UInt8(id >> 8), UInt8(id & 0xFF), UInt8(content.count >> 8), UInt8(content.count & 0xFF),
            padding, 0,
        ] + content + [UInt8](repeating: 0, count: Int(padding))
    }

    static func make(_ kind: Kind, _ content: [UInt8] = [], id: UInt16 = 1, padding: UInt8 = 0) -> [UInt8] {
        make(kind.rawValue, content, id: id, padding: padding)
    }

    static func begin(role: UInt8 = 1, keepsConnection: Bool = false, id: UInt16 = 1) -> [UInt8] {
        make(.beginRequest, [0, role, keepsConnection ? 1 : 0, 0, 0, 0, 0, 0], id: id)
    }

    /// A stream of any length, with the empty record that ends it.
    static func stream(_ kind: Kind, _ content: [UInt8], padding: UInt8 = 0) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = content[...]
        while !rest.isEmpty {
            bytes += make(kind, Array(rest.prefix(60_000)), padding: padding)
            rest = rest.dropFirst(60_000)
        }
        return bytes + make(kind)
    }

    static func pairs(_ variables: [(String, String)]) -> [UInt8] {
        variables.flatMap { name, value in
            length(name.utf8.count) + length(value.utf8.count) + Array(name.utf8) + Array(value.utf8)
        }
    }

    static func length(_ count: Int) -> [UInt8] {
        count < 128
            ? [UInt8(count)]
            : [UInt8(count >> 24) | 0x80, UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
    }

    /// BEGIN_REQUEST and the variables.
    static func head(_ variables: [(String, String)], keepsConnection: Bool = false, padding: UInt8 = 0) -> [UInt8] {
        begin(keepsConnection: keepsConnection) + stream(.parameters, pairs(variables), padding: padding)
    }

    static func request(_ variables: [(String, String)], body: [UInt8] = []) -> [UInt8] {
        head(variables) + stream(.standardInput, body)
    }

    /// What nginx sends of `GET path`, with `more` before it, so that it wins.
    static func get(_ path: String, _ more: [(String, String)] = []) -> [(String, String)] {
        more + [
            ("REQUEST_METHOD", "GET"), ("REQUEST_URI", path), ("CONTENT_LENGTH", ""), ("SERVER_NAME", "server.test"),
            ("REMOTE_ADDR", "192.0.2.7"), ("REQUEST_SCHEME", "http"), ("HTTP_HOST", "host.test"),
        ]
    }

    static func post(_ path: String, length: Int) -> [(String, String)] {
        get(path, [("REQUEST_METHOD", "POST"), ("CONTENT_LENGTH", "\(length)")])
    }
}
