/// Bodies that no client should trip over, sent in place of a right one with its status.
public enum WrongBody: String, Sendable, CaseIterable, Codable {
    case empty, html, null, list, wrongTypes, duplicateKeys, deepNesting, huge, badUTF8, numbersAsStrings, onlyMark

    /// Instead of `body`.
    func bytes(insteadOf body: [UInt8]) -> [UInt8] {
        switch self {
        case .empty: []
        case .html: Array("<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>".utf8)
        case .null: Array("null".utf8)
        case .list: Array("[1,2,3]".utf8)
        case .wrongTypes: Self.changing(body) { _ in .array([.bool(true)]) }
        case .duplicateKeys: Self.doubled(body)
        case .deepNesting: Array((String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)).utf8)
        case .huge:
            Array("{\"items\":[],\"value\":[],\"padding\":\"".utf8) + [UInt8](repeating: 0x61, count: 200 << 20)
                + Array("\"}".utf8)
        case .badUTF8: Array("{\"id\":\"".utf8) + [0xc3, 0x28, 0xff, 0xed, 0xa0, 0x80] + Array("\"}".utf8)
        case .numbersAsStrings: Self.changing(body) { number in .string(String(decoding: number.bytes, as: UTF8.self)) }
        case .onlyMark: [0xef, 0xbb, 0xbf]
        }
    }

    /// Every number replaced; with ``wrongTypes`` every text too.
    private static func changing(_ body: [UInt8], _ change: (JSON) -> JSON) -> [UInt8] {
        func changed(_ json: JSON) -> JSON {
            switch json {
            case .integer, .number, .amount: change(json)
            case .string(let text):
                if case .array = change(.integer(0)) { .object([.init("text", .string(text))]) } else { json }
            case .array(let items): .array(items.map(changed))
            case .object(let members): .object(members.map { .init($0.name, changed($0.value)) })
            default: json
            }
        }
        return JSON(body).map { changed($0).bytes } ?? body
    }

    /// The first member of the outermost object twice, with another value.
    private static func doubled(_ body: [UInt8]) -> [UInt8] {
        guard let members = JSON(body)?.members, let first = members.first else { return body }
        return JSON.object([.init(first.name, .string("first"))] + members).bytes
    }
}
