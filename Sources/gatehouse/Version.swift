import ArgumentParser

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The release of this program.")
    static let number = "0.1.0"

    func run() {
        print(Self.number)
    }
}
