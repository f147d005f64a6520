/// The cases that a computation falls into: which of two numbers is larger, and which of its roots a square has.
///
/// Nothing says which of them occur, so each is looked at: a proof holds in all of them.
final class Cases {
  /// What was decided in this case, in the order of the questions.
  private var decisions: [Bool] = []
  private var answers: [Question: Bool] = [:]
  private var roots: [UInt64: Tower] = [:]
  /// Whether the root was asked of a number that has none: then another point is needed.
  private(set) var lacksRoot = false

  private enum Question: Hashable {
    case isPositive(UInt64)
    case isOtherRoot(UInt64)
  }

  /// Goes on to the next case; false if there is none.
  func advance() -> Bool {
    (answers, roots) = ([:], [:])
    while let last = decisions.popLast() {
      guard last else {
        decisions.append(true)
        return true
      }
    }
    return false
  }

  /// Whether a difference is positive. The difference the other way round is not, then.
  func isPositive(_ difference: Tower) -> Bool {
    let key = difference.key
    let opposite = Tower.primes[0] - key
    return key < opposite ? answer(.isPositive(key)) : !answer(.isPositive(opposite))
  }

  func squareRoot(of x: Tower) -> Tower {
    guard x.exists else { return .unknown }
    let root = roots[x.key] ?? x.squareRoot
    roots[x.key] = root
    if !root.exists { lacksRoot = true }
    return root.exists && answer(.isOtherRoot(x.key)) ? -root : root
  }

  private func answer(_ question: Question) -> Bool {
    if let known = answers[question] { return known }
    let place = answers.count
    if place == decisions.count { decisions.append(false) }
    answers[question] = decisions[place]
    return decisions[place]
  }
}
