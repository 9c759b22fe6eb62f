import Foundation
import PortalKit

/// A new identifier: 128 bits, random.
func newID() -> String {
    UUID().uuidString.lowercased()
}

extension Key {
    static func new() -> Self { Self(newID()) }
}
