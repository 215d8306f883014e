import Glibc

/// An open file of the system, closed once: when nobody holds it any more, also where whoever opened it fails half-way. An object that closes by
/// hand in a failing initializer and again at its end closes what another thread has opened in between.
final class OpenDescriptor: Sendable {
    let number: Int32

    /// Nil where it cannot be opened; children do not inherit it.
    init?(_ path: String, _ flags: Int32, _ mode: mode_t = 0) {
        number = Glibc.open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { return nil }
    }

    /// One that was opened elsewhere, the end of a pipe, and is this object's from now on.
    init(taking number: Int32) { self.number = number }

    deinit { if number >= 0 { Glibc.close(number) } }

    /// Its size, where it is a regular file.
    var size: Int64? {
        var status = stat()
        guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }
}
