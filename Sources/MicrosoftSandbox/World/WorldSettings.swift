/// What a world is made from. Equal settings make equal worlds, on every machine.
public struct WorldSettings: Sendable, Codable, Equatable {
    public var seed: UInt64
    /// How many customers Liberty IT has, 0 to 100,000. Acme Cloud has 62, always the same.
    public var customers: Int
    /// What they are called.
    public var names: WorldNames

    public static let mostCustomers = 100_000

    public init(seed: UInt64 = 1, customers: Int = 1200, names: WorldNames = .plain) {
        self.seed = seed
        self.customers = customers
        self.names = names
    }
}
