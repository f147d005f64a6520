import Foundation
import Synchronization

/// Tells which input it was where a command crashes or does not end: the process cannot be saved then.
final class FuzzWatch: Sendable {
  private let limit: Duration
  private let current = Mutex<(text: String, start: ContinuousClock.Instant)?>(nil)

  /// - Parameter limit: how long a command may take.
  init(limit: Duration) {
    self.limit = limit
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      signal(number) { number in
        if let note = UnsafePointer<CChar>(bitPattern: crashNote.load(ordering: .relaxed)) {
          _ = write(STDERR_FILENO, note, strlen(note))
        }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    let thread = Thread { [self] in
      while true {
        usleep(200_000)
        let late = current.withLock { now in now.flatMap { ContinuousClock.now - $0.start > limit ? $0.text : nil } }
        if let late { fatalError("no end after \(limit):\n\(late)") }
      }
    }
    thread.start()
  }

  func during<Result>(_ text: String, _ body: () throws -> Result) rethrows -> Result {
    let note = strdup("the input:\n\(text)\n")
    crashNote.store(UInt(bitPattern: note), ordering: .relaxed)
    current.withLock { $0 = (text, .now) }
    defer {
      current.withLock { $0 = nil }
      crashNote.store(0, ordering: .relaxed)
      free(note)
    }
    return try body()
  }
}

/// The address of a text: a handler of signals may read no more than this.
private let crashNote = Atomic<UInt>(0)
