import Foundation

extension String {
    /// As a value of `application/x-www-form-urlencoded`, with blanks as `%20`.
    var formEncoded: String {
        addingPercentEncoding(withAllowedCharacters: Self.plain) ?? ""
    }

    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
