/// A piece of a page, built by string interpolation: what is text is escaped, what is `HTML` is not, and nothing else
/// compiles.
///
///     func row(_ name: String) -> HTML { "<tr><td>\(name)</td></tr>" }
///
/// Keep one function to a section or a row, at most 60 lines and 100 interpolations: type-checking grows with the
/// square. A ternary of two literals is a `String` and comes out escaped; use ``when(_:_:)``.
public struct HTML: Sendable, Equatable {
    /// UTF-8, ready to be sent.
    public private(set) var bytes: [UInt8]

    public init() {
        bytes = []
    }

    @inlinable
    public static func += (left: inout HTML, right: HTML) {
        left.append(right)
    }

    public mutating func append(_ other: HTML) {
        bytes.append(contentsOf: other.bytes)
    }

    public var isEmpty: Bool { bytes.isEmpty }
}

extension HTML: CustomStringConvertible {
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension HTML: ExpressibleByStringInterpolation {
    public init(stringLiteral value: StaticString) {
        bytes = value.withUTF8Buffer { Array($0) }
    }

    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    /// Collects a literal. Only `StaticString` parts are taken as they are, so that no string made at run time slips in.
    public struct StringInterpolation: StringInterpolationProtocol {
        @usableFromInline var bytes: [UInt8] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// Text, for content and for quoted attribute values.
        public mutating func appendInterpolation(_ text: String) {
            appendEscaped(text, to: &bytes)
        }

        public mutating func appendInterpolation(_ text: Substring) {
            appendEscaped(String(text), to: &bytes)
        }

        public mutating func appendInterpolation(_ number: Int) {
            bytes.append(contentsOf: String(number).utf8)
        }

        public mutating func appendInterpolation(_ html: HTML) {
            bytes.append(contentsOf: html.bytes)
        }

        /// Nothing, when there is nothing.
        public mutating func appendInterpolation(_ html: HTML?) {
            if let html { bytes.append(contentsOf: html.bytes) }
        }

        /// A Boolean attribute with its leading space: `<input\(attribute: "required", on)>`.
        public mutating func appendInterpolation(attribute name: StaticString, _ on: Bool) {
            guard on else { return }
            bytes.append(UInt8(ascii: " "))
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// An attribute with its leading space and its value quoted; none when the value is `nil`.
        public mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            bytes.append(UInt8(ascii: " "))
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: #"=""#.utf8)
            appendEscaped(value, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }

        /// The value of `href`, `src` or `action`: http, https, mailto or a local path. Anything else becomes `#`.
        public mutating func appendInterpolation(url: String) {
            appendEscaped(isLinkable(url) ? url : "#", to: &bytes)
        }
    }
}

/// `content` when `condition` holds, else nothing.
public func when(_ condition: Bool, _ content: @autoclosure () throws -> HTML) rethrows -> HTML {
    condition ? try content() : HTML()
}

/// `content` of the value when there is one, else nothing.
public func when<Value>(_ value: Value?, _ content: (Value) throws -> HTML) rethrows -> HTML {
    guard let value else { return HTML() }
    return try content(value)
}

/// One piece for each item, in order.
public func each<Items: Sequence>(_ items: Items, _ content: (Items.Element) throws -> HTML) rethrows -> HTML {
    var all = HTML()
    for item in items { all += try content(item) }
    return all
}
