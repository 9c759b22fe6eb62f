/// The two generations of the endpoints: `/oauth2/…` with `resource`, `/oauth2/v2.0/…` with `scope`.
enum EndpointVersion: String, Codable, Sendable {
    case v1, v2
}
