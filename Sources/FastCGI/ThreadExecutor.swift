import Dispatch
import Glibc
import Synchronization

/// A thread of its own that runs the tasks which prefer it, so that such a task may block without holding up others.
final class ThreadExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isFinished = false
    }

    private let state = Mutex(State())
    private let wakeUp = DispatchSemaphore(value: 0)

    private init() {}

    /// The thread lives until ``finish()``.
    static func start() throws(FastCGIError) -> ThreadExecutor {
        let executor = ThreadExecutor()
        let argument = Unmanaged.passRetained(executor)
        var thread = pthread_t()
        let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
            guard let argument else { return nil }
            Unmanaged<ThreadExecutor>.fromOpaque(argument).takeRetainedValue().runJobs()
            return nil
        }
        let code = pthread_create(&thread, nil, main, argument.toOpaque())
        guard code == 0 else {
            argument.release()
            throw .system(call: "pthread_create", code: code)
        }
        pthread_detach(thread)
        return executor
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        wakeUp.signal()
    }

    /// Ends the thread. Only for when every task that prefers it is over.
    func finish() {
        state.withLock { $0.isFinished = true }
        wakeUp.signal()
    }

    private func runJobs() {
        let executor = asUnownedTaskExecutor()
        while true {
            wakeUp.wait()
            let (job, isFinished) = state.withLock { state in
                (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isFinished)
            }
            if let job {
                job.runSynchronously(on: executor)
            } else if isFinished {
                return
            }
        }
    }
}
