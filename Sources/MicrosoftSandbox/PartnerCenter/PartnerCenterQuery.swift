import Hummingbird

/// The parameters of an address; their names are matched without case.
struct PartnerCenterQuery: Sendable {
    private let pairs: [(name: String, value: String)]

    init(_ request: Request) {
        pairs = FormFields(query: request).pairs.map { ($0.name.lowercased(), $0.value) }
    }

    /// The first of that name that isn't empty.
    subscript(_ name: String) -> String? {
        let name = name.lowercased()
        return pairs.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// All of a name that may come more than once.
    func all(_ name: String) -> [String] {
        let name = name.lowercased()
        return pairs.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }

    /// Not negative, or nil when not sent.
    func number(_ name: String) throws(PartnerCenterFault) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), number >= 0 else { throw .invalidProperty(name) }
        return number
    }

    /// Two letters, in upper case.
    func country() throws(PartnerCenterFault) -> String {
        guard let country = self["country"], country.utf8.count == 2, country.allSatisfy(\.isLetter) else {
            throw .invalidProperty("country")
        }
        return country.uppercased()
    }
}
