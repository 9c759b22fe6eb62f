/// The OpenID configuration and the signing keys of a tenant. Source: Microsoft Learn, "OpenID Connect on the Microsoft
/// identity platform".
struct DiscoveryDocuments {
    let sandbox: MicrosoftSandbox
    let tenant: TenantSegment

    private var base: String { "\(sandbox.configuration.base)/entra" }

    static func issuer(tenant: String, base: String) -> String { "\(base)/entra/\(tenant)/v2.0" }

    private var issuer: String { Self.issuer(tenant: tenant.issuerPart, base: sandbox.configuration.base) }

    /// What is listed and not enabled for the application is refused at the endpoint, as at Microsoft.
    var configuration: JSON {
        let endpoints = "\(base)/\(tenant.pathPart)/oauth2/v2.0"
        return [
            "token_endpoint": "\(endpoints)/token",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
            "jwks_uri": "\(base)/\(tenant.pathPart)/discovery/v2.0/keys",
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": .string(issuer),
            "request_uri_parameter_supported": false,
            "userinfo_endpoint": "\(sandbox.configuration.base)/graph/oidc/userinfo",
            "authorization_endpoint": "\(endpoints)/authorize",
            "device_authorization_endpoint": "\(endpoints)/devicecode",
            "http_logout_supported": true,
            "frontchannel_logout_supported": true,
            "end_session_endpoint": "\(endpoints)/logout",
            "claims_supported": .strings([
                "sub", "iss", "cloud_instance_name", "cloud_instance_host_name", "cloud_graph_host_name",
                "msgraph_host", "aud",
                "exp", "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver", "at_hash",
                "c_hash",
                "email",
            ]),
            "kerberos_endpoint": "\(base)/\(tenant.pathPart)/kerberos",
            "tenant_region_scope": tenantRegion,
            "cloud_instance_name": "microsoftonline.com",
            "cloud_graph_host_name": "graph.windows.net",
            "msgraph_host": "graph.microsoft.com",
            "rbac_url": "https://pas.windows.net",
        ]
    }

    private var tenantRegion: JSON { if case .any = tenant { .null } else { "NA" } }

    var keys: JSON {
        [
            "keys": .array(
                sandbox.keys.published.map { key in
                    [
                        "kty": "RSA", "use": "sig", "kid": .string(key.id), "x5t": .string(key.id),
                        "n": .string(key.modulus), "e": .string(key.exponent), "x5c": .strings([key.certificate]),
                        "issuer": .string(issuer),
                    ]
                })
        ]
    }
}
