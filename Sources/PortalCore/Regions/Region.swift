/// A canonical address of the installation: `eu`, `us`. An address, not a promise where data lies.
package struct Region: Sendable, Hashable {
    package let id: String
    package let baseURL: BaseURL

    package init(id: String, baseURL: BaseURL) {
        self.id = id
        self.baseURL = baseURL
    }

    /// As the top bar shows it.
    var label: String { id.uppercased() }
}
