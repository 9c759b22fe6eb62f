import Foundation

/// A tenant's Secure Score of one day. Follows from tenant and day alone. Source: Microsoft Learn, "secureScore
/// resource type".
struct SecureScore: Sendable {
    let tenantID: String
    /// Midnight, UTC.
    let day: Date
    let userCount: Int
    let licensedCount: Int

    static let daysKept = 90
    static let vendor: JSON = [
        "provider": "SecureScore", "providerVersion": .null, "subProvider": .null, "vendor": "Microsoft",
    ]

    var id: String { "\(tenantID)_\(day.formatted(.iso8601.year().month().day()))" }

    /// A control is done from a certain day on, wholly or by half; each tenant has its own.
    var scores: [(control: SecureScoreControl, score: Double)] {
        let number = Int(day.timeIntervalSince1970) / 86400
        let stream = tenantID.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return SecureScoreControl.all.enumerated().map { index, control in
            var random = SplitMix64(seed: stream, stream: UInt64(index))
            guard random.next(below: 3) > 0 else { return (control, 0) }
            // From 2024 on, one after the other over about three years.
            let begin = 19_700 + random.next(below: 1000)
            let isWhole = number >= begin + 30
            return (control, number < begin ? 0 : isWhole ? control.maxScore : control.maxScore / 2)
        }
    }

    var currentScore: Double { scores.reduce(0) { $0 + $1.score } }
    var maxScore: Double { SecureScoreControl.all.reduce(0) { $0 + $1.maxScore } }
}

extension SecureScore: GraphObject {
    static let typeName = "microsoft.graph.secureScore"
    static let isDirectoryObject = false
    static let sortable = ["createdDateTime"]

    static let properties: [GraphProperty<SecureScore>] = [
        .init("id") { .string($0.id) },
        .init("azureTenantId") { .string($0.tenantID) },
        .init("activeUserCount") { .integer($0.userCount) },
        .init("createdDateTime") { .date($0.day) },
        .init("currentScore") { .number($0.currentScore) },
        .init("enabledServices") { _ in ["HasExchange", "HasSharePoint", "HasAADP1"] },
        .init("licensedUserCount") { .integer($0.licensedCount) },
        .init("maxScore") { .number($0.maxScore) },
        .init("vendorInformation") { _ in SecureScore.vendor },
        .init("averageComparativeScores") { _ in
            [
                ["basis": "AllTenants", "averageScore": .number(34.2)],
                ["basis": "TotalSeats", "averageScore": .number(30.1)],
                ["basis": "IndustryTypes", "averageScore": .number(37.8)],
            ]
        },
        .init("controlScores") { score in
            .array(
                score.scores.map { control, points in
                    [
                        "controlCategory": .string(control.category), "controlName": .string(control.id),
                        "description": .string(control.title), "score": .number(points),
                    ]
                })
        },
    ]
}

extension MicrosoftSandbox {
    /// Newest first, 90 of them. None where the daily run hasn't been: in a tenant that was created here, and in every
    /// sixteenth generated one.
    func secureScores(of directory: Directory) -> [SecureScore] {
        if let customer = directory.customer {
            let isNew = store.read { $0.worldChanges.created.contains { $0.id == customer.id } }
            if isNew || customer.number % 16 == 0 { return [] }
        }
        let users = users(of: directory)
        let today = (now.timeIntervalSince1970 / 86400).rounded(.down)
        return (0..<SecureScore.daysKept).map { age in
            SecureScore(
                tenantID: directory.id, day: Date(timeIntervalSince1970: (today - Double(age)) * 86400),
                userCount: users.count { $0.isEnabled }, licensedCount: users.count { !$0.licences.isEmpty })
        }
    }
}
