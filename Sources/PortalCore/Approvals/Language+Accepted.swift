import Foundation
import PortalKit

extension Language {
    /// The first language of an `Accept-Language` header field that there is here, by quality (RFC 9110 §12.5.4).
    init?(accepted header: String) {
        var best: (language: Language, quality: Double)?
        for item in header.split(separator: ",").prefix(30) {
            let parts = item.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = parts.first?.lowercased().split(separator: "-").first,
                let language = Language(rawValue: String(tag))
            else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if quality > 0, quality > best?.quality ?? 0 { best = (language, quality) }
        }
        guard let best else { return nil }
        self = best.language
    }
}
