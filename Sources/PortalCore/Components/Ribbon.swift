import Foundation
import HTML

/// A thin line under the top bar, on every page while its cause lasts.
struct Ribbon {
    enum Kind: String {
        case practice, warning, info
    }

    var kind: Kind
    var text: String
    /// Counted down after the text.
    var until: Date? = nil
    var action: HTML? = nil
}

func ribbon(_ ribbon: Ribbon) -> HTML {
    """
    <div class="ribbon \(ribbon.kind.rawValue)"><p>\(ribbon.text)\(when(ribbon.until) { " \(countdown(until: $0))" })</p>\
    \(ribbon.action)</div>

    """
}
