import Foundation

/// SplitMix64: the same garbage in each run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// From pure noise to requests that are wrong in one place.
func garbage(_ random: inout SeededGenerator) -> [UInt8] {
    func number(_ range: ClosedRange<UInt8>) -> UInt8 { UInt8.random(in: range, using: &random) }
    func noise(_ range: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: range, using: &random)).map { _ in number(0...255) }
    }
    let head = Record.head(Record.post("/echo", length: 64))
    let good = head + Record.stream(.standardInput, noise(64...64))
    switch number(0...8) {
    case 0: return noise(0...200)
    case 1:  // Broken off.
        return Array(good.prefix(Int.random(in: 0..<good.count, using: &random)))
    case 2:  // Some bytes changed.
        var bytes = good
        for _ in 0..<number(1...8) { bytes[Int.random(in: 0..<bytes.count, using: &random)] = number(0...255) }
        return bytes
    case 3:  // Another version.
        return Record.make(number(0...20), noise(0...32), version: number(2...255))
    case 4:  // Unknown and misplaced types.
        return Record.begin() + Record.make(number(0...255), noise(0...300), padding: 255)
    case 5:  // Variables of noise: truncated pairs, impossible lengths.
        return Record.begin() + Record.stream(.parameters, noise(1...300)) + Record.stream(.standardInput, [])
    case 6:  // A second request, and another's records, in the middle of the body.
        return head + Record.begin(id: 2) + Record.make(.standardInput, noise(1...64), id: 3)
            + Record.stream(.standardInput, noise(64...64))
    case 7:  // Management records.
        return Record.make(.getValues, Record.pairs([("FCGI_MAX_CONNS", "")]), id: 0)
            + Record.make(number(11...255), id: 0)
    default:  // An unknown type in the middle of the body.
        return head + Record.make(number(0...255), noise(0...64))
    }
}

func openDescriptors() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
}
