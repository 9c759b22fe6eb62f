import Foundation
import HTML

/// What time it is here.
struct ClockSection {
    let sandbox: MicrosoftSandbox

    var html: HTML {
        """
        <h2>Clock</h2>
        <p>It is \(ControlPieces.code(sandbox.now.formatted(.iso8601))) here. Moving it forward makes codes (10 minutes), \
        access tokens (60 to 90 minutes), unused refresh tokens and unanswered requests for delegated administration \
        (90 days), and approved ones run out.</p>
        <form method="post" action="/control/clock" class="row">
        <div><label for="advance">Forward by</label><select id="advance" name="advance">
        <option value="10">10 seconds</option><option value="660">11 minutes</option>
        <option value="5400">90 minutes</option><option value="86400">1 day</option>
        <option value="7776000">90 days</option><option value="63072000">2 years</option>
        </select></div>
        <button>Move the clock</button>
        </form>
        """
    }
}
