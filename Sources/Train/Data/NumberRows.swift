/// Rows of numbers of equal width, one after the other: the values of a matrix [count, width].
///
/// ```swift
/// let rows = Rows([[2.7, 1], [4.1, 1], [1.0, 0]])
/// rows.shape       // [3, 2]
/// Array(rows[1])   // [4.1, 1.0]
/// rows.values      // [2.7, 1.0, 4.1, 1.0, 1.0, 0.0]
/// ```
public struct Rows<Element: BinaryFloatingPoint & Sendable>: Equatable, Sendable {
  /// All numbers, row by row.
  public let values: [Element]
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public var count: Int { values.count / width }

  /// - Precondition: the values fill whole rows.
  public init(_ values: [Element], width: Int) {
    precondition(
      width > 0 && values.count % width == 0,
      "Rows: \(values.count) values do not fill rows of width \(width)")
    (self.values, self.width) = (values, width)
  }

  /// - Precondition: there is a row, and all rows are equally long.
  public init(_ rows: [[Element]]) {
    let width = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == width }, "Rows: rows of different widths")
    self.init(rows.flatMap { $0 }, width: width)
  }

  /// Columns of equal length put side by side.
  public init(columns: [[Element]]) {
    let count = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == count }, "Rows: columns of different lengths")
    var values: [Element] = []
    values.reserveCapacity(count * columns.count)
    for row in 0..<count { for column in columns { values.append(column[row]) } }
    self.init(values, width: columns.count)
  }

  /// `[count, width]`.
  public var shape: [Int] { [count, width] }

  /// One row; its indices are those of ``values``.
  public subscript(row: Int) -> ArraySlice<Element> { values[row * width..<(row + 1) * width] }

  /// The numbers of one column, counted from 0.
  public func column(_ column: Int) -> [Element] {
    precondition((0..<width).contains(column), "Rows: no column \(column) in rows of width \(width)")
    return stride(from: column, to: values.count, by: width).map { values[$0] }
  }

  /// The rows of those indices, in their order; an index may occur more than once.
  public func rows(at indices: some Collection<Int>) -> Rows {
    var picked: [Element] = []
    gather(indices, into: &picked)
    return Rows(picked, width: width)
  }

  /// Writes the rows of those indices one after the other into `target`, whose memory is reused.
  ///
  /// - Complexity: linear in the numbers copied; allocates only while `target` grows.
  @inlinable
  public func gather(_ indices: some Collection<Int>, into target: inout [Element]) {
    target.removeAll(keepingCapacity: true)
    target.reserveCapacity(indices.count * width)
    for index in indices { target.append(contentsOf: values[index * width..<(index + 1) * width]) }
  }

  /// The same rows with another element type, rounded to nearest.
  @inlinable
  public func converted<Other: BinaryFloatingPoint & Sendable>(to type: Other.Type) -> Rows<Other> {
    Rows<Other>(values.map { Other($0) }, width: width)
  }

  /// Rows of zeros with a single 1 in the column that the label names.
  ///
  /// ```swift
  /// Rows<Double>(oneHot: [2, 0], classes: 3).values  // [0, 0, 1, 1, 0, 0]
  /// ```
  /// - Precondition: every label is from 0 to below `classes`.
  public init(oneHot labels: [Int], classes: Int) {
    var values = [Element](repeating: 0, count: labels.count * classes)
    for (row, label) in labels.enumerated() {
      precondition((0..<classes).contains(label), "one-hot: label \(label) is not below \(classes)")
      values[row * classes + label] = 1
    }
    self.init(values, width: classes)
  }
}
