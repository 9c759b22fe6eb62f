/// Names the content of `www/assets`, so that browsers may keep the files for ever. `ComponentAssetTests` computes it, and
/// says the new value when a file has changed.
let assetVersion = "2sczpcl2j7sip"

/// The address of a file under `www/assets`: `asset("css/gatehouse.css")`.
func asset(_ path: String) -> String {
    "/assets/\(path)?v=\(assetVersion)"
}
