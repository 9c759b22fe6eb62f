import Foundation
import HTML
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: html.bytes)))
    }

    /// A piece of a page that a script asked for; `isDone` tells it to stop asking.
    static func fragment(_ html: HTML, isDone: Bool) -> Response {
        var response = page(html)
        if isDone, let name = HTTPField.Name("X-Live-Done") { response.headers[name] = "1" }
        return response
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Where every POST ends that is not a 422.
    static func seeOther(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }

    mutating func set(cookie name: String, _ value: String, maxAge: Int? = nil) {
        let age = maxAge.map { "; Max-Age=\($0)" } ?? ""
        headers.append(
            HTTPField(name: .setCookie, value: "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax\(age)"))
    }
}

extension Request {
    /// The value of a cookie; `nil` when it is missing, or there more than once.
    func cookie(_ name: String) -> String? {
        let values = headers[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap { pair -> String? in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name else { return nil }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }
        return values.count == 1 ? values[0] : nil
    }
}

/// A path of this portal, or the start page: nothing that a browser would read as another site.
func localPath(_ text: String) -> String {
    guard text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"), text.utf8.count <= 1_000,
        text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { return "/" }
    return text
}

extension String {
    /// As a value in a query.
    var queryEncoded: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
    }
}
