import Foundation
import HTML
import PortalKit

func jobListPage(_ jobs: [Job], now: Date) -> HTML {
    guard !jobs.isEmpty else {
        return emptyState(
            title: "No jobs yet",
            text:
                "Linking tenants, reading a provider's list and checking a sign-in appear here while they run and after."
        )
    }
    return table(
        caption: "Jobs",
        columns: [
            Column(title: "Job"), Column(title: "State"), Column(title: "Progress", numeric: true),
            Column(title: "Started"),
        ],
        rows: jobs.map { job in
            [
                twoLines(
                    #"<a href="\#(url: "/jobs/\(job.id)")">\#(job.title)</a>"#,
                    "\(job.reason ?? job.problem?.title ?? "")"), jobBadge(job),
                job.state == .failed
                    ? HTML() : "\(job.total.map { "\(grouped(job.done)) of \(grouped($0))" } ?? grouped(job.done))",
                timestamp(job.createdAt, now: now),
            ]
        })
}

func jobBadge(_ job: Job) -> HTML {
    switch job.state {
    case .queued: stateBadge(.wait, "Queued")
    case .running: stateBadge(.wait, "Running")
    case .waiting: stateBadge(.wait, "Waiting", why: job.reason)
    case .parked: stateBadge(.warn, "Stands still", why: job.reason)
    case .succeeded: stateBadge(.good, "Done")
    case .failed: stateBadge(.bad, "Failed", why: job.problem?.title)
    case .cancelled: stateBadge(.idle, "Cancelled")
    }
}

/// The part of a job's page that keeps itself up to date.
///
/// - Parameter withResult: what came of it, which the page shows when it is loaded again: a piece that grows would move what
///   stands below it.
func jobProgress(_ job: Job, now: Date, withResult: Bool = true) -> HTML {
    """
    <p>\(jobBadge(job))</p>
    \(when(job.state != .failed || !withResult, jobBar(job, now: now)))
    \(when(withResult && job.state.isFinal ? job.reason : nil) { alert(job.state == .succeeded ? .good : .idle, "What it did", "<p>\($0)</p>") })
    \(when(job.state == .waiting || job.state == .parked ? job.reason : nil) { waitingBox(job, $0) })
    \(when(withResult ? job.problem : nil) { $0.box(reference: job.id.rawValue, action: signInAgain(job)) })
    """
}

private func signInAgain(_ job: Job) -> HTML? {
    guard job.problem?.remedy == .signInAgain, let plugin = job.pluginID else { return nil }
    return linkButton("Sign in again", path: "/services/\(plugin)/authentication")
}

/// A job that stands still has neither a pace nor a thing at hand.
private func jobBar(_ job: Job, now: Date) -> HTML {
    guard job.state != .waiting && job.state != .parked else {
        return when(job.total) { progress(done: job.done, total: $0) }
    }
    let pace = JobPace(job, now: now)
    return progress(
        done: job.done, total: job.total ?? (job.state.isFinal ? job.done : nil), rate: pace.rate,
        remaining: pace.remaining,
        item: job.item)
}

private func waitingBox(_ job: Job, _ reason: String) -> HTML {
    alert(
        job.state == .waiting ? .wait : .warn, job.state == .waiting ? "The job is waiting" : "The job stands still",
        "<p>\(reason)</p>")
}

/// How fast a job goes, and how long it will take: told once five things are done.
struct JobPace {
    let rate: String?
    let remaining: String?

    init(_ job: Job, now: Date) {
        guard let start = job.startedAt, job.done >= 5 else {
            rate = nil
            remaining = nil
            return
        }
        let seconds = max(0.1, (job.finishedAt ?? now).timeIntervalSince(start))
        let perSecond = Double(job.done) / seconds
        rate =
            perSecond >= 1
            ? "\(grouped(Int(perSecond.rounded()))) a second" : "\(grouped(Int((perSecond * 60).rounded()))) a minute"
        guard !job.state.isFinal, let total = job.total, total > job.done else {
            remaining = nil
            return
        }
        let left = Double(total - job.done) / perSecond
        remaining =
            left < 90 ? "about \(Int(left.rounded(.up))) s left" : "about \(Int((left / 60).rounded(.up))) min left"
    }
}

func jobActions(_ job: Job, csrf: String) -> HTML {
    """
    <div class="actions">\
    \(when(!job.state.isFinal && !job.cancelRequested, postButton("Cancel", action: "/jobs/\(job.id)/cancellation", csrfToken: csrf)))\
    \(when(job.isRetriable, postButton("Retry", action: "/jobs/\(job.id)/retry", csrfToken: csrf, style: .primary)))\
    </div>
    """
}

func skippedTable(_ items: [(tenant: Key<StoredTenant>, name: String, reason: String)]) -> HTML {
    section(
        "Left as they were",
        table(
            caption: "Tenants that were left as they were", columns: [Column(title: "Tenant"), Column(title: "Why")],
            rows: items.map { [nameLink($0.name, path: "/tenants/\($0.tenant)"), "\($0.reason)"] }))
}

func jobFacts(_ job: Job, _ plugins: PluginRegistry, now: Date) -> HTML {
    section(
        "About this job",
        definitionList(
            [
                ("Started by", "\(job.startedBy)"), ("Started", timestamp(job.startedAt ?? job.createdAt, now: now)),
                ("Ended", job.finishedAt.map { timestamp($0, now: now) } ?? "not yet"),
                ("Job", copyable(job.id.rawValue, label: "job id")),
            ] + (job.pluginID.flatMap { plugins[$0] }.map { [("Service", "\($0.manifest.listing.name)")] } ?? [])))
}
