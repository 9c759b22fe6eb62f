/// A `$filter`, as far as calls here use it. Source: Microsoft Learn, "Use the $filter query parameter".
indirect enum GraphFilter<Object: GraphObject>: Sendable {
    enum Comparison: String {
        case eq, ne, gt, ge, lt, le
    }

    enum TextTest: String {
        case startsWith = "startswith"
        case endsWith = "endswith"
        case contains
    }

    case all([GraphFilter])
    case any([GraphFilter])
    case not(GraphFilter)
    case compares(GraphProperty<Object>, Comparison, JSON)
    case isOneOf(GraphProperty<Object>, [JSON])
    case tests(GraphProperty<Object>, TextTest, String)

    init(_ text: String) throws(GraphFault) {
        var parser = try GraphFilterParser<Object>(text)
        self = try parser.wholeFilter()
    }

    /// Whether directory objects answer it in advanced queries only. Source: Microsoft Learn, "Advanced query
    /// capabilities on Microsoft Entra ID objects".
    var isAdvanced: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.isAdvanced)
        case .not: true
        case .compares(_, let comparison, _): comparison == .ne
        case .isOneOf: false
        case .tests(_, let test, _): test == .endsWith
        }
    }

    /// Texts are compared whatever their case. Throws 400 where the types don't fit.
    func matches(_ object: Object) throws(GraphFault) -> Bool {
        switch self {
        case .all(let parts):
            for part in parts where try !part.matches(object) { return false }
            return true
        case .any(let parts):
            for part in parts where try part.matches(object) { return true }
            return false
        case .not(let part): return try !part.matches(object)
        case .compares(let property, let comparison, let literal):
            return try Self.holds(property.value(object), comparison, literal, property.name)
        case .isOneOf(let property, let literals):
            for literal in literals where try Self.holds(property.value(object), .eq, literal, property.name) {
                return true
            }
            return false
        case .tests(let property, let test, let wanted):
            let value = property.value(object)
            guard let text = value.text?.lowercased() else {
                if value == .null { return false }
                throw .unsupportedFilter(property.name)
            }
            return switch test {
            case .startsWith: text.hasPrefix(wanted)
            case .endsWith: text.hasSuffix(wanted)
            case .contains: text.contains(wanted)
            }
        }
    }

    private static func holds(
        _ value: JSON, _ comparison: Comparison, _ literal: JSON, _ name: String
    ) throws(GraphFault) -> Bool {
        switch (value, literal) {
        case (.null, _), (_, .null):
            return comparison == .eq ? value == literal : comparison == .ne ? value != literal : false
        case (.string(let first), .string(let second)):
            return holds(first.lowercased(), comparison, second.lowercased())
        case (.bool(let first), .bool(let second)) where comparison == .eq || comparison == .ne:
            return (first == second) == (comparison == .eq)
        case (.integer, .integer), (.integer, .number), (.number, .integer), (.number, .number):
            return holds(value.double, comparison, literal.double)
        case (.array, _), (.object, _): throw .unsupportedFilter(name)
        default: throw .incompatibleTypes
        }
    }

    private static func holds<Value: Comparable>(_ first: Value, _ comparison: Comparison, _ second: Value) -> Bool {
        switch comparison {
        case .eq: first == second
        case .ne: first != second
        case .gt: first > second
        case .ge: first >= second
        case .lt: first < second
        case .le: first <= second
        }
    }
}

extension JSON {
    /// Of a number; NaN for anything else.
    fileprivate var double: Double {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: .nan
        }
    }
}
