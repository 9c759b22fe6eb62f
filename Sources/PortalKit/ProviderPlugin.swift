/// A provider's knowledge. What else it can do is told by the further protocols that its type conforms to.
///
/// A plugin is built when it is enabled and when its settings change. It owns no pages, no tables and no clock: the core
/// asks, draws, stores and repeats.
public protocol ProviderPlugin: Sendable {
    /// What is true of the plugin without its settings.
    static var manifest: PluginManifest { get }

    /// The settings of practice mode, in which the provider's services are emulated at `sandbox`, an address on this
    /// machine without a path.
    static func practiceSettings(sandbox: String) -> [String: String]

    /// The base URLs that this plugin calls or sends people to. The core lets no request go anywhere else, and in
    /// practice mode refuses to start when one of them is not on this machine.
    var endpoints: [String] { get }

    /// - Throws: ``FieldProblem`` or any error whose text says what is wrong with the settings. No I/O here.
    init(_ environment: PluginEnvironment) throws
}

extension ProviderPlugin {
    public static func practiceSettings(sandbox: String) -> [String: String] { [:] }
}

/// What a plugin is built from.
public struct PluginEnvironment: Sendable {
    /// One value for each field of ``PluginManifest/settings``, read by that form.
    public let settings: Values

    public init(settings: Values) {
        self.settings = settings
    }
}
