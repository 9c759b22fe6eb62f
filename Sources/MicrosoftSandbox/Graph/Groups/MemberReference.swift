import Foundation

/// The address of a directory object as `@odata.id` and `members@odata.bind` name it.
struct MemberReference {
    /// In lower case.
    let id: String

    /// Of Graph itself or of this sandbox; `directoryObjects('…')` is the same as `directoryObjects/…`.
    init(_ text: String, base: String) throws(GraphFault) {
        let invalid = GraphFault.badRequest(
            "Invalid URL format specified in @odata.id property for POST/PATCH request.")
        let roots = ["https://graph.microsoft.com/", "\(base)/graph/"]
        guard let root = roots.first(where: { text.lowercased().hasPrefix($0.lowercased()) }) else { throw invalid }
        let path = text.dropFirst(root.count).replacing("('", with: "/").replacing("')", with: "")
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, ["v1.0", "beta"].contains(parts[0]),
            ["directoryObjects", "users"].contains(parts[1]), UUID(uuidString: String(parts[2])) != nil
        else { throw invalid }
        id = parts[2].lowercased()
    }
}
