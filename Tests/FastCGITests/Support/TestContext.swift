import FastCGI
import Hummingbird

struct TestContext: RequestContext {
    typealias Source = FastCGIRequestContextSource

    var coreContext: CoreRequestContextStorage
    let variables: CGIVariables

    init(source: FastCGIRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        variables = source.variables
    }
}
