/// Which columns of a table are inputs and targets of examples, and how they become numbers.
///
/// ```swift
/// ExampleColumns(target: .numbers(["price"]), categories: .text, missing: .filled(.median))
/// ```
public struct ExampleColumns: Sendable, Equatable {
  /// Which columns are to be predicted, and whether as numbers or classes.
  public enum Target: Sendable, Equatable {
    /// The last column: numbers, or classes where it is a column of texts. One of numbers with a few other cells is
    /// neither, and an error.
    case last
    /// The last column as classes, also where it is numbers.
    case lastAsClasses
    case numbers([Table.Column])
    case label(Table.Column)
  }

  /// Which input columns are texts that stand for categories: each category becomes an input of its own, 1 where the text
  /// is this one and else 0.
  public enum Categories: Sendable, Equatable {
    /// None: a text among the inputs is an error.
    case none
    /// Those that are mostly text.
    case text
    /// These, also where they look like numbers, as codes do.
    case columns([Table.Column])
  }

  /// All columns that are no target, where it is nil.
  public var inputs: [Table.Column]?
  /// What is to be predicted.
  public var target: Target
  /// Which inputs are texts that stand for categories.
  public var categories: Categories
  /// What happens to rows with cells that say nothing.
  public var missing: MissingValues

  /// All other columns as inputs, the last as target, neither categories nor missing values: unless given.
  public init(
    inputs: [Table.Column]? = nil, target: Target = .last, categories: Categories = .none,
    missing: MissingValues = .refused
  ) {
    (self.inputs, self.target, self.categories, self.missing) = (inputs, target, categories, missing)
  }
}

extension Table {
  /// The targets by their places.
  struct TargetColumns {
    let places: [Int]
    /// Whether they are one column of classes.
    let isLabel: Bool
  }

  func targetColumns(_ target: ExampleColumns.Target) throws(FileError) -> TargetColumns {
    switch target {
    case .label(let column): TargetColumns(places: [try index(of: column)], isLabel: true)
    case .numbers(let columns): TargetColumns(places: try indices(of: columns), isLabel: false)
    case .lastAsClasses: TargetColumns(places: [columns.count - 1], isLabel: true)
    case .last: TargetColumns(places: [columns.count - 1], isLabel: try isLabel(columns.count - 1))
    }
  }

  /// Whether a column that nobody spoke of is one of classes.
  private func isLabel(_ column: Int) throws(FileError) -> Bool {
    let summary = summary(ofColumn: column)
    guard let row = summary.firstText else { return false }
    guard summary.isText else {
      let share = "\(summary.numbers) of \(count) cells of this column are numbers"
      throw expectedNumber(row: row, column: column, summary.numbers > 0 ? share : "")
    }
    let classes = Set((0..<count).map { label(row: $0, column: column) }).count
    guard classes <= 20 || classes * 2 <= count else {
      throw FileError(
        .ambiguous, file, at: place(row: row, column: column),
        "'\(columns[column])' has \(classes) different texts in \(counted(count, "row")): say which column is the target"
      )
    }
    return true
  }

  /// The inputs by their places.
  func inputColumns(_ chosen: [Column]?, besides target: TargetColumns) throws(FileError) -> [Int] {
    guard let chosen else {
      let others = columns.indices.filter { !target.places.contains($0) }
      if others.isEmpty { throw FileError(.notFound, file, "there is no column left for the inputs") }
      return others
    }
    return try indices(of: chosen)
  }
}
