import Foundation

/// The part of a blob's address that lets whoever has it read, for a day. Source: Microsoft Learn, "Grant limited access
/// to Azure Storage resources using shared access signatures (SAS)".
enum BlobSignature {
    private struct Contents: Codable {
        let manifestID: String
        let expiry: Date
    }

    private static let lifetime: TimeInterval = 86_400

    /// What stands behind the question mark.
    static func make(for export: BillingExport, _ sandbox: MicrosoftSandbox) throws -> String {
        let expiry = sandbox.now.addingTimeInterval(lifetime)
        let signature = try Sealer(sandbox.store).seal(
            Contents(manifestID: export.manifestID, expiry: expiry), as: .continuation)
        return "sv=2024-11-04&sr=c&sp=r&se=\(expiry.formatted(.iso8601).percentEncoded)&sig=\(signature)"
    }

    static func isGood(_ query: FormFields, for export: BillingExport, _ sandbox: MicrosoftSandbox) -> Bool {
        guard let text = query["sig"],
            let contents: Contents = Sealer(sandbox.store).open(text, as: .continuation)
        else { return false }
        return contents.manifestID == export.manifestID && sandbox.now < contents.expiry
    }
}
