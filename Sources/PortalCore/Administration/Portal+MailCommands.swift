/// Mail by the command line.
extension Portal {
    func recordedBounce(_ message: String) throws -> AdminAnswer {
        switch try recordBounce(message: message) {
        case .recorded(let recipient): try AdminAnswer(done: "Recorded: the message to \(recipient) did not arrive.")
        case .notOurs: try AdminAnswer(done: "It tells of no failure of a message of this portal's.")
        }
    }
}
