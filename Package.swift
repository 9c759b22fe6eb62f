// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

extension Target.Dependency {
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
    static let jwtKit = product(name: "JWTKit", package: "jwt-kit")
    static let logging = product(name: "Logging", package: "swift-log")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let swiftASN1 = product(name: "SwiftASN1", package: "swift-asn1")
    static let x509 = product(name: "X509", package: "swift-certificates")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
}

/// What `gatehouse` is built with. Deleting a plugin: its folder, its lines here, its entry in
/// `Sources/gatehouse/Plugins.swift`.
let plugins: [Target] = [
    .target(
        name: "MicrosoftCSPDirect",
        dependencies: ["PortalKit", "MicrosoftKit", "Microsoft", .httpTypes],
        path: "Plugins/MicrosoftCSPDirect/Sources",
        swiftSettings: settings
    ),
    .target(
        name: "GuestOnboarding",
        dependencies: ["PortalKit", "MicrosoftKit", "Microsoft", .httpTypes],
        path: "Plugins/GuestOnboarding/Sources",
        swiftSettings: settings
    ),
    .testTarget(
        name: "GuestOnboardingTests",
        dependencies: [
            "GuestOnboarding", "MicrosoftSandbox", "MicrosoftTestPortal", "PortalCore", "PortalKit", "TestPortal",
            .httpTypes,
        ],
        path: "Plugins/GuestOnboarding/Tests",
        swiftSettings: settings
    ),
    .testTarget(
        name: "MicrosoftCSPDirectTests",
        dependencies: [
            "MicrosoftCSPDirect", "MicrosoftSandbox", "MicrosoftTestPortal", "PortalCore", "PortalKit", "TestPortal",
            .httpTypes,
        ],
        path: "Plugins/MicrosoftCSPDirect/Tests",
        swiftSettings: settings
    ),
]

let package = Package(
    name: "gatehouse",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gatehouse", targets: ["gatehouse"]),
        .executable(name: "microsoft-sandbox", targets: ["microsoft-sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CFCGI", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "CQREncode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "FastCGI",
            dependencies: ["CFCGI", .hummingbird, .httpTypes, .nioCore, .logging, .serviceLifecycle],
            swiftSettings: settings
        ),
        .target(name: "HTML", swiftSettings: settings),
        .target(
            name: "OpenIDConnect",
            dependencies: [.httpTypes, .crypto, .jwtKit],
            swiftSettings: settings
        ),
        .target(name: "PortalKit", dependencies: [.httpTypes], swiftSettings: settings),
        .target(
            name: "PortalCore",
            dependencies: [
                "CQREncode", "CSQLite", "FastCGI", "HTML", "OpenIDConnect", "PortalKit", .hummingbird, .asyncHTTPClient,
                .crypto, .cryptoExtras, .httpTypes, .nioCore, .logging, .serviceLifecycle,
            ],
            swiftSettings: settings
        ),
        .target(name: "Microsoft", dependencies: [.httpTypes], swiftSettings: settings),
        .target(
            name: "MicrosoftKit",
            dependencies: ["PortalKit", "Microsoft", "OpenIDConnect", .httpTypes],
            swiftSettings: settings
        ),
        .target(
            name: "MicrosoftSandbox",
            dependencies: [
                "HTML", .hummingbird, .httpTypes, .jwtKit, .crypto, .cryptoExtras, .logging, .nioCore,
                .serviceLifecycle,
                .swiftASN1, .unixSignals, .x509,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "microsoft-sandbox",
            dependencies: ["MicrosoftSandbox", .argumentParser, .logging],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "gatehouse",
            dependencies: [
                "PortalCore", "PortalKit", "FastCGI", "MicrosoftCSPDirect", "GuestOnboarding", .argumentParser,
                .httpTypes, .logging,
                .serviceLifecycle, .unixSignals,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "TestPortal",
            dependencies: ["PortalCore", "PortalKit", "FastCGI", .hummingbird, .httpTypes, .logging, .nioCore],
            swiftSettings: settings
        ),
        .target(
            name: "MicrosoftContract",
            dependencies: [.httpTypes],
            path: "Tests/MicrosoftContract",
            exclude: ["Documents"],
            swiftSettings: settings
        ),
        .target(
            name: "MicrosoftTestPortal",
            dependencies: ["MicrosoftSandbox", "PortalCore", "TestPortal", .httpTypes, .logging],
            path: "Tests/MicrosoftTestPortal",
            swiftSettings: settings
        ),
        .testTarget(
            name: "FastCGITests",
            dependencies: ["FastCGI", .hummingbird, .httpTypes, .logging, .nioCore, .serviceLifecycle],
            swiftSettings: settings
        ),
        .testTarget(name: "HTMLTests", dependencies: ["HTML"], swiftSettings: settings),
        .testTarget(
            name: "OpenIDConnectTests",
            dependencies: ["OpenIDConnect", .crypto, .cryptoExtras, .jwtKit, .httpTypes],
            swiftSettings: settings
        ),
        .testTarget(name: "PortalKitTests", dependencies: ["PortalKit"], swiftSettings: settings),
        .testTarget(
            name: "PortalCoreTests",
            dependencies: [
                "PortalCore", "PortalKit", "TestPortal", "HTML", "FastCGI", .asyncHTTPClient, .crypto, .cryptoExtras,
                .hummingbird, .httpTypes,
                .logging,
                .nioCore,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MicrosoftContractTests",
            dependencies: ["MicrosoftContract", .httpTypes],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MicrosoftTests",
            dependencies: ["Microsoft", "MicrosoftContract", .httpTypes],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MicrosoftKitTests",
            dependencies: ["MicrosoftKit", "Microsoft", "OpenIDConnect", "PortalKit", .httpTypes],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MicrosoftFlowTests",
            dependencies: [
                "Microsoft", "MicrosoftContract", "MicrosoftKit", "MicrosoftSandbox", "OpenIDConnect", "PortalKit",
                .httpTypes,
                .logging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MicrosoftSandboxTests",
            dependencies: ["MicrosoftSandbox", "MicrosoftContract", .hummingbird, .hummingbirdTesting, .httpTypes],
            swiftSettings: settings
        ),
    ] + plugins
)
