import PortalKit

extension DatabaseConnection {
    /// Forgets everything that is stored through a plugin, and the tenants that no other plugin sees, with their links.
    /// Organizations stay, and so does what the audit tells.
    mutating func erase(_ plugin: Key<PluginManifest>) throws {
        let connections: SQL = "SELECT id FROM connection WHERE plugin_id = \(plugin)"
        let jobs: SQL = "SELECT id FROM job WHERE plugin_id = \(plugin)"
        let orphans: SQL = """
            SELECT tenant_id FROM tenant_source WHERE plugin_id = \(plugin)
                AND tenant_id NOT IN (SELECT tenant_id FROM tenant_source WHERE plugin_id <> \(plugin))
            """
        let seen = try query(orphans) { try $0[0] as String }
        try eraseSetups("plugin_id = \(plugin)")
        try execute("DELETE FROM approval_template WHERE plugin_id = \(plugin)")
        try execute("DELETE FROM intake WHERE plugin_id = \(plugin)")
        try execute("DELETE FROM job_item WHERE job_id IN (\(jobs))")
        try execute("DELETE FROM job WHERE plugin_id = \(plugin)")
        try execute("DELETE FROM tenant_link WHERE tenant_id IN (\(orphans))")
        try execute("DELETE FROM tenant_source WHERE plugin_id = \(plugin)")
        for tenant in seen { try execute("DELETE FROM tenant WHERE id = \(tenant)") }
        try execute("DELETE FROM provider_grant WHERE connection_id IN (\(connections))")
        try execute("DELETE FROM throttle WHERE connection_id IN (\(connections))")
        try execute("DELETE FROM throttle WHERE connection_id = \("plugin:\(plugin)")")
        try execute("DELETE FROM nightly_reading WHERE connection_id IN (\(connections))")
        try execute("DELETE FROM sign_in_attempt WHERE plugin_id = \(plugin)")
        try execute("DELETE FROM connection WHERE plugin_id = \(plugin)")
        try execute("DELETE FROM service WHERE plugin_id = \(plugin)")
        try execute("DELETE FROM plugin_setting WHERE plugin_id = \(plugin)")
        try execute("DELETE FROM plugin_check WHERE plugin_id = \(plugin)")
        try clearFault(of: plugin)
        // The row stays: its versions only grow.
        try execute("UPDATE plugin SET settings_version = settings_version + 1 WHERE id = \(plugin)")
    }
}
