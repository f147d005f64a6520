import Train

extension Option<[Formula.Domain]> {
  /// The intervals that are given to names.
  func intervals(for names: [String]) throws -> [String: ClosedRange<Double>] {
    var intervals: [String: ClosedRange<Double>] = [:]
    for domain in wrappedValue {
      guard names.contains(domain.name) else {
        throw Failure("--\(name): \(domain.name.quoted) is none of \(names.joined(separator: ", "))")
      }
      if case .interval(let bounds)? = domain.values { intervals[domain.name] = bounds }
    }
    return intervals
  }
}
