/// What came back on a connection.
struct Reply: Sendable {
    /// The content of all STDOUT records.
    var output: [UInt8] = []
    /// Whether END_REQUEST came; without it the web server knows that the answer is not whole.
    var isWhole = false
    /// Whether the server closed without having read everything. nginx then forgets the answer.
    var wasReset = false

    /// From the bytes of a whole connection.
    init(records bytes: [UInt8]) {
        var next = 0
        while next + 8 <= bytes.count {
            let length = Int(bytes[next + 4]) << 8 | Int(bytes[next + 5])
            let content = bytes[(next + 8)..<min(next + 8 + length, bytes.count)]
            if bytes[next + 1] == Record.Kind.standardOutput.rawValue { output += content }
            if bytes[next + 1] == Record.Kind.endRequest.rawValue { isWhole = true }
            next += 8 + length + Int(bytes[next + 6])
        }
    }

    /// Of CGI output.
    init(output: [UInt8]) {
        self.output = output
        isWhole = true
    }

    private var split: (head: Substring, body: ArraySlice<UInt8>) {
        let end = Array("\r\n\r\n".utf8)
        let start = output.indices.first { output[$0...].starts(with: end) } ?? output.endIndex
        return (Substring(decoding: output[..<start], as: UTF8.self), output[start...].dropFirst(4))
    }

    var body: [UInt8] { Array(split.body) }
    var text: String { String(decoding: split.body, as: UTF8.self) }
    var head: [String] { split.head.split(separator: "\r\n").map(String.init) }
    var status: String? { fields("Status").first }

    func fields(_ name: String) -> [String] {
        head.filter { $0.lowercased().hasPrefix(name.lowercased() + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }
}
