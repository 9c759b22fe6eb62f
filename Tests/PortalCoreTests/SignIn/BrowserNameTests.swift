import Testing

@testable import PortalCore

@Suite struct BrowserNameTests {
    @Test(arguments: [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
            "Edge on Windows"
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
            "Chrome on Android"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone"
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) something else", "A browser on Linux"),
        ("curl/8.5.0", "curl"), ("", "An unknown browser"), ("<script>alert(1)</script>", "An unknown browser"),
    ])
    func `a browser in words`(userAgent: String, words: String) {
        #expect("\(BrowserName(userAgent: userAgent))" == words)
    }
}
