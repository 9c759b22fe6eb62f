/// How long a peer may keep a connection or a worker waiting.
///
/// A web server that buffers requests sends each at once, so only broken or hostile peers meet these limits.
public struct FastCGITimeLimits: Sendable {
    /// From the connection to the end of the variables. No worker is held meanwhile.
    public var head: Duration
    /// From there to the end of the body.
    public var body: Duration
    /// For a single read of the body, and for a single write that finds the socket full.
    public var silence: Duration

    public init(head: Duration = .seconds(2), body: Duration = .seconds(60), silence: Duration = .seconds(10)) {
        self.head = head
        self.body = body
        self.silence = silence
    }
}
