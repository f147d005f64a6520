extension Tensor {
  /// All elements where they are few: `[[1, 2], [3, 4]]`; else the shape and the range, `[20] from 0 to 1.9`.
  package var text: String {
    guard elements.count > 8 else { return nested { shortText($0) } }
    let ordered = elements.filter { !$0.isNaN }
    guard let least = ordered.min(), let most = ordered.max() else { return "\(shape) of nan" }
    if least == most, ordered.count == elements.count { return "\(shape) all \(shortText(least))" }
    let missing = ordered.count < elements.count ? " and nan" : ""
    return "\(shape) from \(shortText(least)) to \(shortText(most))\(missing)"
  }

  /// All elements, in brackets.
  package func nested(_ text: (Element) -> String) -> String { nested(elements.map(text)[...], shape.dimensions[...]) }

  private func nested(_ texts: ArraySlice<String>, _ extents: ArraySlice<Int>) -> String {
    guard let extent = extents.first else { return texts.first ?? "" }
    let size = extents.dropFirst().reduce(1, *)
    let parts = (0..<extent).map { index in
      nested(texts.dropFirst(index * size).prefix(size), extents.dropFirst())
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }
}
