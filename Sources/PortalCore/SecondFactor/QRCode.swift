import CQREncode
import HTML

/// A text as a QR code (ISO/IEC 18004), drawn by libqrencode.
struct QRCode: Sendable {
    /// Modules on a side, without the quiet zone.
    let width: Int
    /// Row by row: whether a module is dark.
    let modules: [Bool]

    /// `nil` for a text that is longer than a QR code holds.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_L) else { return nil }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        modules = (0..<width * width).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// Dark on white in either colour scheme, so that every camera reads it; no style, which the page's policy would refuse.
    func image(label: String) -> HTML {
        let side = width + 8
        let pixels = min(side * 4, 240)
        return """
            <svg role="img" aria-label="\(label)" viewBox="0 0 \(side) \(side)" width="\(pixels)" height="\(pixels)" \
            shape-rendering="crispEdges"><rect width="\(side)" height="\(side)" fill="#fff"></rect>\
            <path fill="#000" d="\(darkRuns)"></path></svg>
            """
    }

    /// One rectangle for each run of dark modules in a row, four modules from the edge.
    private var darkRuns: String {
        var path = ""
        for y in 0..<width {
            var x = 0
            while x < width {
                guard modules[y * width + x] else {
                    x += 1
                    continue
                }
                let start = x
                while x < width, modules[y * width + x] { x += 1 }
                path += "M\(start + 4) \(y + 4)h\(x - start)v1h-\(x - start)z"
            }
        }
        return path
    }
}
