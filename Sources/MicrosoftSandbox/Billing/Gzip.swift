/// A gzip file whose contents are stored, not compressed: every reader takes it. Source: RFC 1951, §3.2.4, and RFC 1952.
enum Gzip {
    static func file(_ contents: [UInt8]) -> [UInt8] {
        var file: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
        let starts = contents.isEmpty ? [0] : Array(stride(from: 0, to: contents.count, by: 65_535))
        let blocks = starts.map { contents[$0..<min($0 + 65_535, contents.count)] }
        for (index, block) in blocks.enumerated() {
            let length = UInt16(block.count)
            file.append(index == blocks.count - 1 ? 1 : 0)
            file += littleEndian(length) + littleEndian(~length)
            file += block
        }
        return file + littleEndian(checksum(contents)) + littleEndian(UInt32(truncatingIfNeeded: contents.count))
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        var value = UInt32(byte)
        for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : 0xedb8_8320 ^ (value >> 1) }
        return value
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = 0xffff_ffff
        for byte in bytes { value = table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ (value >> 8) }
        return ~value
    }
}
