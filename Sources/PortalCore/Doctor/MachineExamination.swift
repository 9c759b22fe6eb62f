package import Foundation

/// What can be said of the machine and of the state folder, whether a portal serves or not.
package struct MachineExamination {
    private let configuration: PortalConfiguration

    package init(_ configuration: PortalConfiguration) { self.configuration = configuration }

    package func findings(now: Date = Date()) -> [Finding] {
        [folder, keyFile, room, library, clock] + (configuration.mailFrom == nil ? [] : [sendmail]) + [
            backups(now: now)
        ]
    }

    private var folder: Finding {
        guard let mode = mode(of: configuration.stateFolder) else {
            return .problem(
                "State folder", "\(configuration.stateFolder) is not there",
                "Start the portal once, or set GATEHOUSE_STATE.")
        }
        return mode & 0o077 == 0
            ? .ok("State folder", configuration.stateFolder)
            : .problem(
                "State folder", "others can look into \(configuration.stateFolder)",
                "Run: chmod 700 \(configuration.stateFolder)")
    }

    private var keyFile: Finding {
        guard FileManager.default.fileExists(atPath: configuration.keyPath) else {
            return .problem("Key file", "\(configuration.keyPath) is missing", "Put it back from where you keep it.")
        }
        do {
            let vault = try Vault(keyFile: configuration.keyPath, mayCreate: false)
            return .ok(
                "Key file",
                "\(configuration.keyPath), key \(vault.fingerprint); keep a copy of it apart from the backups")
        } catch {
            return .problem("Key file", "\(error)", "")
        }
    }

    private var room: Finding {
        var facts = statvfs()
        guard statvfs(configuration.stateFolder, &facts) == 0 else {
            return .warning("Disk", "its room is not known", "")
        }
        let free = (Int(facts.f_bavail) * Int(facts.f_frsize)) >> 20
        return free > 1_024
            ? .ok("Disk", "\(free >> 10) GB free")
            : free > 200
                ? .warning("Disk", "\(free) MB free", "Make room before it is full.")
                : .problem("Disk", "\(free) MB free", "Make room now: without it nothing can be changed.")
    }

    /// CVE-2025-23016, a heap overflow, is mended from this revision of Debian 12 on.
    private var library: Finding {
        let wanted = "2.4.2-2+deb12u1"
        guard let version = output(of: "/usr/bin/dpkg-query", ["--show", "--showformat=${Version}", "libfcgi0ldbl"])
        else {
            return .warning("libfcgi", "its version is not known", "It must have the fix of CVE-2025-23016.")
        }
        return output(of: "/usr/bin/dpkg", ["--compare-versions", version, "ge", wanted]) != nil
            ? .ok("libfcgi", version)
            : .problem("libfcgi", "\(version) has a known hole (CVE-2025-23016)", "Run: apt-get install libfcgi0ldbl")
    }

    private var clock: Finding {
        let signs = [
            "/run/systemd/timesync/synchronized", "/run/chrony/chronyd.sock", "/run/ntpd.pid", "/run/ntpsec/ntpd.pid",
        ]
        return signs.contains { FileManager.default.fileExists(atPath: $0) }
            ? .ok("Clock", "is set by the network")
            : .warning(
                "Clock", "nothing here seems to set it",
                "Sign-ins at providers fail when it is off: apt-get install systemd-timesyncd")
    }

    private var sendmail: Finding {
        FileManager.default.isExecutableFile(atPath: configuration.sendmail)
            ? .ok("sendmail", configuration.sendmail)
            : .problem(
                "sendmail", "\(configuration.sendmail) can't be run",
                "Run: apt-get install msmtp-mta, or set GATEHOUSE_SENDMAIL")
    }

    private func backups(now: Date) -> Finding {
        guard let folder = configuration.backupFolder else {
            return .warning(
                "Backups", "their folder is not named, so their age is not watched", "Set GATEHOUSE_BACKUP_FOLDER.")
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let youngest = files.filter { $0.hasSuffix(".backup") }.compactMap { file in
            (try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)"))?[.modificationDate] as? Date
        }.max()
        guard let youngest else {
            return .problem("Backups", "there is none in \(folder)", "Run: systemctl start gatehouse-backup.service")
        }
        let hours = Int(now.timeIntervalSince(youngest) / 3_600)
        return hours <= 26
            ? .ok("Backups", "the youngest is \(hours) hours old")
            : .problem(
                "Backups", "the youngest is \(hours) hours old", "Look at: systemctl status gatehouse-backup.service")
    }

    private func mode(of path: String) -> Int? {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? NSNumber)?.intValue
    }

    /// What a program prints; `nil` when it fails.
    private func output(of program: String, _ arguments: [String]) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? text : nil
    }
}
