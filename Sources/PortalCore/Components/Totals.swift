import HTML

struct Total {
    var count: Int
    var word: String
    var path: String? = nil
    var tone: Tone = .idle
}

/// "62 at the provider = 48 linked + 9 unlinked + …", over a bar of the parts. The parts must add up to the whole.
func totals(_ whole: Total, _ parts: [Total]) -> HTML {
    """
    <div class="totals">
    <p>\(term(whole, sign: nil, swatch: false))\
    \(each(parts.enumerated()) { term($1, sign: $0 == 0 ? "=" : "+", swatch: true) })</p>
    \(bar(whole.count, parts))
    </div>

    """
}

private func term(_ total: Total, sign: String?, swatch: Bool) -> HTML {
    let number: HTML = """
        <b>\(grouped(total.count))</b> \
        <span>\(when(swatch, #"<i class="swatch \#(total.tone.rawValue)"></i>"#))\(total.word)</span>
        """
    return """
        <span class="term">\(when(sign) { #"<span class="sign">\#($0)</span> "# })\
        \(total.path.map { #"<a href="\#(url: $0)">\#(number)</a>"# } ?? "<span>\(number)</span>")</span> 
        """
}

/// In percent attributes of an SVG, because the page's policy allows no style attribute.
private func bar(_ whole: Int, _ parts: [Total]) -> HTML {
    var x = 0.0
    var segments = HTML()
    for part in parts where part.count > 0 && whole > 0 {
        let width = 100 * Double(part.count) / Double(whole)
        segments += #"<rect class="\#(part.tone.rawValue)" x="\#(percent(x))" width="\#(percent(width))" height="8"/>"#
        x += width
    }
    return #"<svg class="bar-chart" width="100%" height="8" aria-hidden="true">\#(segments)</svg>"#
}

/// Two decimals, without the locale and the weight of a formatter.
private func percent(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)%"
}
