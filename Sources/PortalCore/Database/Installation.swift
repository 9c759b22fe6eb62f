/// A state folder is for practice or for real work, from its first start on: the demo accounts have well-known passwords, and
/// real credentials must not reach the sandbox.
enum Installation {
    struct OtherMode: Error, CustomStringConvertible {
        let isPractice: Bool

        var description: String {
            isPractice
                ? "This state folder was made in practice mode. Set GATEHOUSE_STATE to another folder for real work."
                : "This state folder holds real work. Set GATEHOUSE_STATE to another folder for practice mode."
        }
    }
}

extension DatabaseConnection {
    /// - Throws: ``Installation/OtherMode`` when the folder is of the other kind.
    mutating func claim(isPractice: Bool) throws {
        let mode = isPractice ? "practice" : "real"
        try execute("INSERT INTO installation (name, value) VALUES ('mode', \(mode)) ON CONFLICT (name) DO NOTHING")
        let kept: String? = try first("SELECT value FROM installation WHERE name = 'mode'") { try $0[0] }
        guard kept == mode else { throw Installation.OtherMode(isPractice: !isPractice) }
    }
}
