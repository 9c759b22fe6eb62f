/// A value of a contract document and where it stands there.
struct DocumentNode {
    let value: JSONValue
    let pointer: String

    func error(_ message: String) -> ContractError { ContractError(pointer: pointer, message: message) }

    func members() throws -> [String: DocumentNode] {
        guard case .object(let members) = value else { throw error("is not an object") }
        var nodes: [String: DocumentNode] = [:]
        for (name, member) in members {
            nodes[name] = DocumentNode(value: member, pointer: pointer.appending(pointerToken: name))
        }
        return nodes
    }

    /// Of an object in which only these names have a meaning.
    func members(among names: Set<String>) throws -> [String: DocumentNode] {
        let nodes = try members()
        for (name, node) in nodes where !names.contains(name) { throw node.error("has no meaning here") }
        return nodes
    }

    func elements() throws -> [DocumentNode] {
        guard case .array(let elements) = value else { throw error("is not an array") }
        return elements.enumerated().map { DocumentNode(value: $1, pointer: "\(pointer)/\($0)") }
    }

    func string() throws -> String {
        guard case .string(let text) = value else { throw error("is not a string") }
        return text
    }

    func strings() throws -> [String] {
        var strings: [String] = []
        for element in try elements() { strings.append(try element.string()) }
        return strings
    }

    func bool() throws -> Bool {
        guard case .bool(let flag) = value else { throw error("is not a boolean") }
        return flag
    }

    func count() throws -> Int {
        guard case .integer(let count) = value, count >= 0 else { throw error("is not a count") }
        return count
    }

    func number() throws -> Double {
        switch value {
        case .integer(let number): return Double(number)
        case .decimal(let number): return number
        default: throw error("is not a number")
        }
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable<String>>(_ type: Word.Type) throws -> Word {
        guard let word = Word(rawValue: try string()) else { throw error("is not a word known here") }
        return word
    }
}

extension String {
    /// RFC 6901.
    func appending(pointerToken token: String) -> String {
        "\(self)/\(token.replacing("~", with: "~0").replacing("/", with: "~1"))"
    }
}
