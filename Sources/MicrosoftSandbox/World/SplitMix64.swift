/// Steele, Lea and Flood's generator (2014): tiny, and the same on every machine. Separate streams of one seed let any
/// thing in a world follow from its place, without those before it.
struct SplitMix64: Sendable {
    private var state: UInt64

    init(seed: UInt64, stream: UInt64 = 0) {
        state = seed
        let start = next()
        state = start ^ (stream &* 0xd6e8_feb8_6659_fd93)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func next(below bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// `choices` is not empty.
    mutating func pick<Choice>(of choices: [Choice]) -> Choice { choices[next(below: choices.count)] }
}

/// A number with leading zeros.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
