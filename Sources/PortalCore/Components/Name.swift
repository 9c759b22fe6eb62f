import HTML

/// What somebody else has named, in a direction of its own: beside it stands text that an Arabic name must not turn.
func name(_ text: String) -> HTML { "<bdi>\(text)</bdi>" }

/// Leads to what has the name.
func nameLink(_ text: String, path: String) -> HTML { #"<bdi><a href="\#(url: path)">\#(text)</a></bdi>"# }
