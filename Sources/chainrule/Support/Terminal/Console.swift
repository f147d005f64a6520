import Foundation
import Train

/// Where a command prints: results on standard output, messages on standard error.
///
/// The one way to the terminal. Each text is written at once, so that results and messages come in their order and a
/// log can be followed, and made safe, so that a name in a file cannot move the cursor. What could not be written is
/// said at the end: a training does not stop for it.
final class Console {
  /// Writes all of a text, or returns why not.
  typealias Sink = (String) -> String?

  private let output: Sink
  private let errors: Sink
  /// Whether a line on standard error can be drawn over.
  let showsProgress: Bool
  private var failure: String?

  init(output: @escaping Sink, errors: @escaping Sink, showsProgress: Bool = false) {
    (self.output, self.errors, self.showsProgress) = (output, errors, showsProgress)
  }

  /// Prints a text with one line end behind it.
  func print(_ text: String) {
    guard failure == nil else { return }
    failure = output(safeText(text) + (text.hasSuffix("\n") ? "" : "\n"))
  }

  /// A line on standard error.
  func message(_ text: String) { _ = errors(safeText(text) + "\n") }

  /// Draws over the line of standard error; nothing clears it.
  func progress(_ text: String) {
    if showsProgress { _ = errors("\r\u{1B}[K" + safeText(text)) }
  }

  /// - Throws: ``Failure`` where standard output did not take everything.
  func finish() throws {
    if let failure { throw Failure("standard output: cannot be written: \(failure)") }
  }
}

extension Console {
  /// That of the process.
  static func standard() -> Console {
    openClosedDescriptors()
    return Console(
      output: { write($0, to: STDOUT_FILENO) }, errors: { write($0, to: STDERR_FILENO) },
      showsProgress: isatty(STDERR_FILENO) == 1)
  }

  /// A file that is opened takes the lowest number that is free. If that were the one of standard error, messages would
  /// go into the file. In place of closed ones there is a device from now on that takes messages and refuses results.
  private static func openClosedDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  private static func write(_ text: String, to descriptor: Int32) -> String? {
    writeAll(Array(text.utf8), to: descriptor) ? nil : String(cString: strerror(errno))
  }
}
