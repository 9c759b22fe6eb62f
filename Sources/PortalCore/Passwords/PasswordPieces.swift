/// How few pieces a password is made of, as a guesser would put it together: a known word (with the usual digits and signs
/// for letters), a run of the alphabet, the digits or the keyboard, up to four digits, one character repeated, or a single character.
/// What was just there once more costs nothing.
struct PasswordPieces {
    let words: [[Character]]

    func count(in password: String) -> Int {
        let text = Array(password.lowercased())
        var fewest = [0] + Array(repeating: Int.max, count: text.count)
        for start in text.indices {
            func reach(_ end: Int, cost: Int) { fewest[end] = min(fewest[end], fewest[start] + cost) }
            reach(start + 1, cost: 1)
            for length in pieces(in: text, at: start) { reach(start + length, cost: 1) }
            for length in stride(from: 1, through: min(start, text.count - start), by: 1)
            where text[start - length..<start] == text[start..<start + length] {
                reach(start + length, cost: 0)
            }
        }
        return fewest[text.count]
    }

    /// The lengths of the known pieces that begin here.
    private func pieces(in text: [Character], at start: Int) -> Set<Int> {
        var lengths: Set<Int> = []
        for word in words where word.count <= text.count - start {
            if zip(word, text[start...]).allSatisfy({ $0 == $1 || Self.signs[$1]?.contains($0) == true }) {
                lengths.insert(word.count)
            }
        }
        for row in Self.rows {
            for place in row.indices where row[place] == text[start] {
                let length = zip(row[place...], text[start...]).prefix { $0 == $1 }.count
                if length >= 3 { lengths.formUnion(3...length) }
            }
        }
        let digits = text[start...].prefix(4).prefix { $0.isNumber }.count
        if digits >= 2 { lengths.formUnion(2...digits) }
        return lengths
    }

    private static let rows: [[Character]] = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiopü+",
        "asdfghjklöä", "yxcvbnm,.-", "azertyuiop", "qsdfghjklm", "wxcvbn", "!@#$%^&*()_+", "!\"§$%&/()=?",
        "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp",
        "q1w2e3r4t5y6u7i8o9p0",
        "147258369", "159357", "123321",
    ].flatMap { [Array($0), $0.reversed()] }

    private static let signs: [Character: String] = [
        "@": "a", "4": "a", "3": "e", "1": "il", "!": "il", "0": "o", "$": "s", "5": "s", "7": "t", "8": "b", "9": "g",
    ]
}
