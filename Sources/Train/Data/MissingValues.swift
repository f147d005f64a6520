/// What happens to rows with a cell that says nothing: empty, `NA`, `N/A`, `nan`, `null` or `?`.
public enum MissingValues: Sendable, Equatable {
  /// They are an error that tells where the first one is and how many there are.
  case refused
  /// Their rows are left out.
  case dropped
  /// In inputs a value takes their place, in columns of categories the most frequent one; rows without target are left
  /// out. Means and medians are those of the whole column, before any part of the rows is held out.
  case filled(Filling)

  /// What takes the place of a missing number.
  public enum Filling: Sendable, Equatable {
    case mean, median
    case constant(Double)

    func value(for numbers: [Double]) -> Double {
      switch self {
      case .constant(let value): return value
      // Each by itself, so that large ones do not overflow together.
      case .mean: return numbers.reduce(0) { $0 + $1 / Double(numbers.count) }
      case .median:
        let (sorted, half) = (numbers.sorted(), numbers.count / 2)
        return numbers.count % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2
      }
    }
  }

  /// `refuse`, `drop`, `mean`, `median`, or a number to fill in.
  public init(parsing text: String) throws(OptionError) {
    switch text {
    case "refuse": self = .refused
    case "drop": self = .dropped
    case "mean": self = .filled(.mean)
    case "median": self = .filled(.median)
    default:
      guard let value = Double(text), value.isFinite else {
        throw OptionError("expected drop, mean, median or a number, found '\(text)'")
      }
      self = .filled(.constant(value))
    }
  }
}

extension Table {
  /// Whether a cell with that text, blanks around it cut off, says nothing.
  static func isMissing(_ text: String) -> Bool {
    text.isEmpty || text.utf8.count <= 4 && ["na", "n/a", "#n/a", "nan", "null", "?"].contains(text.lowercased())
  }
}
