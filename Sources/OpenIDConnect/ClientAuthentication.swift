/// How a client proves itself at a token endpoint (OpenID Connect Core 1.0, §9), the way we like best first.
public enum ClientAuthentication: String, Sendable, CaseIterable {
    case basic = "client_secret_basic"
    case post = "client_secret_post"
}
