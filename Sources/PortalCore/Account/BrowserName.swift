/// A User-Agent field in words: "Firefox on Windows". Made of our own words only, whatever the field holds.
struct BrowserName: Sendable, Hashable, CustomStringConvertible {
    let description: String

    init(userAgent: String) {
        func firstOf(_ words: [(mark: String, name: String)]) -> String? {
            words.first { userAgent.contains($0.mark) }?.name
        }
        let browser = firstOf(Self.browsers)
        let system = firstOf(Self.systems)
        description =
            switch (browser, system) {
            case (let browser?, let system?): "\(browser) on \(system)"
            case (let browser?, nil): browser
            case (nil, let system?): "A browser on \(system)"
            case (nil, nil): "An unknown browser"
            }
    }

    /// Those that name others too come first.
    private static let browsers: [(mark: String, name: String)] = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("Lynx/", "Lynx"), ("w3m/", "w3m"), ("curl/", "curl"),
    ]

    private static let systems: [(mark: String, name: String)] = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Macintosh", "macOS"), ("Linux", "Linux"),
    ]
}
