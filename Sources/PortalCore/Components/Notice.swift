import HTML

/// What the last action did, on top of the next page. It stays until dismissed.
struct Notice {
    enum Kind: String {
        case good, bad, info
    }

    var kind: Kind
    var text: String
    var link: (title: String, path: String)? = nil
}

func notice(_ notice: Notice) -> HTML {
    let tone: Tone =
        switch notice.kind {
        case .good: .good
        case .bad: .bad
        case .info: .wait
        }
    return """
        <div class="notice \(tone.rawValue)" role="status">\(icon(.tone(tone)))<p>\(notice.text)\
        \(when(notice.link) { #" <a href="\#(url: $0.path)">\#($0.title)</a>"# })</p>\
        <button class="button quiet needs-js" type="button" data-dismiss>Dismiss</button></div>

        """
}
