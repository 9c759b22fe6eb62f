/// What was made in directories since the first day.
struct DirectoryState: Codable, Sendable {
    var guests: [Guest] = []
}
