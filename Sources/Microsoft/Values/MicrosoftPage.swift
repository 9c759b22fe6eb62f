/// A page of a list, in Microsoft's order. An item can come twice, on two pages or on one: its id is what counts.
public struct MicrosoftPage<Item: Sendable>: Sendable {
    public let items: [Item]
    /// What leads to the next page; nil on the last one. It works after a restart too, and holds Microsoft's own
    /// continuation unchanged.
    public let next: String?

    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}

extension MicrosoftPage: Equatable where Item: Equatable {}
