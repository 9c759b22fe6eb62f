/// A path below a service's base URL. What is put into it must be an id, or the call is never sent.
///
/// Ids are letters, digits and `-._~:`; nothing of them needs encoding, and nothing else is an id.
struct Path: Sendable, ExpressibleByStringInterpolation {
    let text: String
    /// The first thing put in that is not an id.
    let notAnID: String?

    init(stringLiteral value: StaticString) {
        text = value.description
        notAnID = nil
    }

    init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        notAnID = stringInterpolation.notAnID
    }

    static func + (left: Path, right: Path) -> Path {
        Path(text: left.text + right.text, notAnID: left.notAnID ?? right.notAnID)
    }

    private init(text: String, notAnID: String?) {
        self.text = text
        self.notAnID = notAnID
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var notAnID: String?

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: StaticString) {
            text += literal.description
        }

        mutating func appendInterpolation(_ id: String) {
            if Path.isID(id) {
                text += id
            } else if notAnID == nil {
                notAnID = id
            }
        }
    }

    static func isID(_ text: String) -> Bool {
        !text.isEmpty && text != "." && text != ".." && text.utf8.count <= 512 && text.utf8.allSatisfy { $0.isOfAnID }
    }
}

extension UInt8 {
    fileprivate var isOfAnID: Bool { isUnreserved || self == UInt8(ascii: ":") }

    /// RFC 3986 §2.3.
    var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
