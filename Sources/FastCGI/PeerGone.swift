/// The web server has closed the connection, or takes nothing more, before the whole answer was sent.
struct PeerGone: Error {}
