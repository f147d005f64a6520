import Foundation
import Synchronization

/// A wish to stop at the next step, so that a training can write its checkpoint first.
public enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Whether a training is to stop at its next step.
  public static var isRequested: Bool { flag.load(ordering: .relaxed) }
  /// Makes the wish; safe in a signal handler.
  public static func request() { flag.store(true, ordering: .relaxed) }
  /// Forgets the wish, before another training.
  public static func clear() { flag.store(false, ordering: .relaxed) }

  /// Makes Ctrl-C such a wish; a second Ctrl-C ends the program at once.
  public static func onControlC() {
    // Whoever started the program may have blocked the signal: a child inherits that, and threads of Dispatch do it.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    signal(SIGINT) { _ in
      Interruption.request()
      signal(SIGINT, SIG_DFL)
    }
  }
}
