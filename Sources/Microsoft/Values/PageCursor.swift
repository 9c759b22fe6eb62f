/// Where a list goes on, and how far it came: Microsoft's continuation with what it takes to notice that pages lead in a
/// circle. It needs no memory but itself, so that a list that is read across restarts ends too.
///
/// Brent's algorithm: the hash of the continuation at the last page whose number is a power of two is kept; a continuation
/// with the same hash is the same page again. Written as `page:hash:continuation`.
struct PageCursor: Sendable, Equatable {
    /// A link or a token, unchanged.
    let continuation: String
    /// 1 on the second page of a list.
    private let page: Int
    private let landmark: UInt64

    /// 100,000 customers in pages of two are half of it.
    static let maxPages = 100_000

    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3, parts[1].utf8.count == 16, let page = Int(parts[0]), (1...Self.maxPages).contains(page),
            let landmark = UInt64(parts[1], radix: 16)
        {
            self.init(continuation: String(parts[2]), page: page, landmark: landmark)
        } else {
            self.init(continuation: text, page: 1, landmark: Self.hash(text))
        }
    }

    private init(continuation: String, page: Int, landmark: UInt64) {
        self.continuation = continuation
        self.page = page
        self.landmark = landmark
    }

    var text: String {
        let digits = String(landmark, radix: 16)
        return "\(page):\(String(repeating: "0", count: 16 - digits.count))\(digits):\(continuation)"
    }

    /// The cursor after the page that `cursor` led to.
    ///
    /// - Throws: ``Endless`` when the continuation was there before, or there are too many pages.
    static func next(_ continuation: String, after cursor: PageCursor?) throws -> PageCursor {
        let hash = hash(continuation)
        guard let cursor else { return PageCursor(continuation: continuation, page: 1, landmark: hash) }
        guard hash != cursor.landmark, cursor.page < maxPages else { throw Endless() }
        let page = cursor.page + 1
        return PageCursor(
            continuation: continuation, page: page, landmark: page & (page - 1) == 0 ? hash : cursor.landmark)
    }

    struct Endless: Error {}

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}

extension Answer {
    /// The text of the next page's cursor.
    func cursor(_ continuation: String, after cursor: PageCursor?) throws -> String {
        do {
            return try PageCursor.next(continuation, after: cursor).text
        } catch {
            throw unusable(.endlessPages, "The pages of the list don't come to an end.")
        }
    }
}
