"""What holds of every page, whoever sees it."""

from support.browser import axe, screenshot, sideways_scroll

WAYS = [("light", 1280), ("dark", 1280), ("light", 320)]

OUTLINE = """() => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(heading => Number(heading.tagName[1]))
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id)
    const faults = []
    if (levels.filter(level => level === 1).length !== 1) faults.push(`headings of level 1: ${levels.filter(level => level === 1).length}`)
    if (levels.some((level, place) => level > (levels[place - 1] ?? 0) + 1)) faults.push(`a heading level is left out: ${levels}`)
    if (document.querySelectorAll('main').length !== 1) faults.push('not exactly one main')
    if (document.documentElement.lang !== 'en') faults.push('no language')
    if (document.body.firstElementChild.getAttribute('href') !== '#main') faults.push('no skip link')
    if (new Set(ids).size !== ids.length) faults.push(`ids come twice: ${ids.filter((id, place) => ids.indexOf(id) !== place)}`)
    if (document.querySelector('[style], style, script:not([src])')) faults.push('something is inline')
    return faults
}"""


def faults_of(page, name):
    """What is wrong with a page of the portal, its outline included. Empty is well. Keeps a picture of each way."""
    return [f"{name}: {fault}" for fault in page.evaluate(OUTLINE)] + looks_of(page, name)


def looks_of(page, name):
    """What is wrong with any page in light and dark, wide and narrow. Empty is well. Keeps a picture of each way."""
    window, found = page.viewport_size, []
    for scheme, width in WAYS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{name}, {scheme}, {width} px: {fault}" for fault in axe(page) + sideways_scroll(page)]
        screenshot(page, f"{name}-{scheme}-{width}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(window)
    return found


def none(faults):
    """Fails with every fault on a line of its own."""
    assert not faults, "\n" + "\n".join(faults)


def see_all(page, base, paths, titles, role):
    """Visits each page and collects its faults and its title; a title that another page has too is a fault."""
    found = []
    for name, path in paths.items():
        answer = page.goto(base + path)
        if answer.status != 200:
            found.append(f"{name}: status {answer.status}")
        found += faults_of(page, f"{role}-{name}")
        if titles.setdefault(page.title(), path).partition("?")[0] != path.partition("?")[0]:
            found.append(f"{name}: {titles[page.title()]} has the title {page.title()!r} too")
    return found


SHIFTS = """new PerformanceObserver(list => {
    const moved = JSON.parse(sessionStorage.moved ?? '[]')
    for (const entry of list.getEntries().filter(entry => !entry.hadRecentInput)) {
        const what = entry.sources.map(source => `${source.node?.outerHTML?.slice(0, 80) ?? source.node?.data} `
            + `from ${source.previousRect.top} to ${source.currentRect.top}`)
        moved.push(`${location.pathname}: ${entry.value.toFixed(4)} ${what}`)
    }
    sessionStorage.moved = JSON.stringify(moved)
}).observe({type: 'layout-shift', buffered: true})"""


def watch_layout(page):
    """From now on notes what moves on the portal's pages after they are loaded, over reloads too."""
    page.add_init_script(SHIFTS)


def layout_shifts(page):
    """What was noted. Empty is well: the cumulative layout shift is 0."""
    page.wait_for_timeout(100)
    return page.evaluate("JSON.parse(sessionStorage.moved ?? '[]')")


class Weight:
    """Counts what goes over the wire for a page's visitor from now on."""

    def __init__(self, page):
        self.requests = {}
        self._types = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", lambda event: self._types.update({event["requestId"]: event["type"]}))
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _finished(self, event):
        self.requests[event["requestId"]] = (self._types.get(event["requestId"]), event["encodedDataLength"])

    def bytes(self, kind=None):
        return sum(size for type, size in self.requests.values() if kind in (None, type))
