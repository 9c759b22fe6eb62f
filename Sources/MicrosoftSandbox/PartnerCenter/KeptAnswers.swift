import HTTPTypes

/// The answer to a keyed call.
struct KeptAnswer: Codable, Sendable {
    private let status: Int
    private let body: String?

    init(_ answer: PartnerCenterAnswer) {
        status = answer.status.code
        body =
            switch answer.body {
            case .json(let json): String(decoding: json.bytes, as: UTF8.self)
            case .text(let text): text
            case .none, .pdf: nil
            }
    }

    var answer: PartnerCenterAnswer {
        PartnerCenterAnswer(HTTPResponse.Status(code: status), body.map { .text($0) } ?? .none)
    }
}

/// The newest of them.
struct KeptAnswers: Codable, Sendable {
    private static let capacity = 1000

    private var answers: [String: KeptAnswer] = [:]
    /// Oldest first.
    private var keys: [String] = []

    func answer(to key: String) -> KeptAnswer? { answers[key] }

    mutating func keep(_ answer: PartnerCenterAnswer, to key: String) {
        if answers.updateValue(KeptAnswer(answer), forKey: key) == nil { keys.append(key) }
        if keys.count > Self.capacity { answers[keys.removeFirst()] = nil }
    }
}
