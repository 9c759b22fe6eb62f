/// The connection broke in the middle of an answer, as a fault wanted it.
public struct ConnectionReset: Error, Equatable {}
