import HTML

/// Everything around a page's content.
struct PageFrame {
    /// The h1, and the first part of the window's title.
    var title: String
    /// The pages above this one, from the top.
    var breadcrumbs: [(title: String, path: String)] = []
    /// One sentence.
    var purpose: String? = nil
    var primaryAction: HTML? = nil
    var menu: [MenuGroup] = []
    var brokerName: String? = nil
    var regionChip: String? = nil
    /// The address that answers the search form of the top bar; its field is `q`.
    var searchPath: String? = nil
    var user: (name: String, email: String)? = nil
    /// Without it there is no sign-out form.
    var csrfToken: String? = nil
    var ribbons: [Ribbon] = []
    /// For browsers without JavaScript.
    var refreshSeconds: Int? = nil
    /// The page leaves for this address at once.
    var departure: String? = nil
    var notice: Notice? = nil
    /// Puts "Error: " before the window's title.
    var hasErrors = false
}
