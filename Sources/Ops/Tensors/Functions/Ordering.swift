extension Tensor {
  /// The places of the elements along an axis in ascending order, or descending: as many as the tensor has elements, in
  /// its shape. Of equal elements the first comes first; NaN comes last.
  ///
  /// ```swift
  /// Tensor([3, 1, 2]).argsort()  // [1, 2, 0]
  /// ```
  public func argsort(_ axis: Int = -1, descending: Bool = false) -> [Int] {
    let along = shape.axis(axis, "argsort")
    let (extent, step) = (shape[along], shape.strides[along])
    var places = [Int](repeating: 0, count: shape.count)
    for row in 0..<shape.count / Swift.max(extent, 1) {
      let first = row / step * step * extent + row % step
      func isBefore(_ a: Int, _ b: Int) -> Bool {
        let (x, y) = (elements[first + a * step], elements[first + b * step])
        if x.isNaN || y.isNaN { return !x.isNaN || y.isNaN && a < b }
        return x == y ? a < b : descending ? x > y : x < y
      }
      for (rank, place) in (0..<extent).sorted(by: isBefore).enumerated() { places[first + rank * step] = place }
    }
    return places
  }
}

extension Variable where Element: Number {
  /// The places of the elements along an axis in order, as plain numbers; see `Tensor.argsort`.
  public func argsort(_ axis: Int = -1, descending: Bool = false) -> [Int] {
    tensor.argsort(axis, descending: descending)
  }

  /// The elements along an axis in ascending order, or descending. Each gradient goes to where the element came from.
  ///
  /// ```swift
  /// tape.constant(Tensor([3, 1, 2])).sorted().tensor  // [1. 2. 3.]
  /// ```
  public func sorted(_ axis: Int = -1, descending: Bool = false) -> Variable {
    gatheredElements(at: argsort(axis, descending: descending), shape: shape, along: axis)
  }

  /// The k largest along an axis, the largest first, and where they stood.
  public func topK(_ k: Int, along axis: Int = -1) -> (values: Variable, places: [Int]) {
    let along = shape.axis(axis, "topK")
    let (extent, step) = (shape[along], shape.strides[along])
    guard (0...extent).contains(k) else { fatalError("topK: \(shape): axis \(along) has no \(k) elements") }
    let order = argsort(axis, descending: true)
    var kept = shape
    kept[along] = k
    let places = (0..<kept.count).map { order[($0 / step / k * extent + $0 / step % k) * step + $0 % step] }
    return (gatheredElements(at: places, shape: kept, along: axis), places)
  }
}

extension Grid {
  /// The rows along the last axis in order.
  func sortedRows(descending: Bool) -> Grid { inOrder(descending) { row, place in row[place] } }

  /// The places that the elements in order came from.
  func argsortedRows(descending: Bool) -> Grid { inOrder(descending) { _, place in .number(Double(place)) } }

  /// Something of the element that stands there in order: which one does is told by comparing each with each.
  private func inOrder(_ descending: Bool, _ of: (_ row: [A], _ place: Int) -> A) -> Grid {
    let n = shape.rank == 0 ? 1 : shape[-1]
    return Grid(shape: shape) { i in
      let row = (0..<n).map { self[i.dropLast() + [$0]] }
      return .total(
        row.indices.map { a in
          // Of equal elements the first comes first, in either order.
          let rank = A.total(
            row.indices.map { b in
              let (x, y) = descending ? (row[b], row[a]) : (row[a], row[b])
              return b < a ? 1 - A.less(x, y) : .less(y, x)
            })
          return .select(.equal(rank, .number(Double(i[i.count - 1]))), of(row, a), 0)
        })
    }
  }
}
