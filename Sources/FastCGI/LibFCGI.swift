import CFCGI
import Glibc

/// libfcgi as a whole.
enum LibFCGI {
    private static let initialization = Result { () throws(FastCGIError) in
        var previous: [(signal: Int32, action: sigaction)] = []
        for signal in [SIGTERM, SIGUSR1] {
            var action = sigaction()
            guard sigaction(signal, nil, &action) == 0 else { throw .system("sigaction") }
            previous.append((signal, action))
        }
        let code = FCGX_Init()
        guard code == 0 else { throw .system(call: "FCGX_Init", code: code) }
        for (signal, var action) in previous {
            guard sigaction(signal, &action, nil) == 0 else { throw .system("sigaction") }
        }
    }

    /// Once per process, however often called. SIGTERM and SIGUSR1 do afterwards what they did before: libfcgi's own
    /// handlers would swallow them and set a flag that nothing here reads.
    static func initialize() throws(FastCGIError) { try initialization.get() }

    /// A peer that has gone is an error of the write, not the end of the process.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }
}
