/// What was probably meant by an unknown name: a product without its sign, or the nearest known name.
///
/// A long name one slip away from a known one is taken for that slip; else a text made of known names for their
/// product (`wx` for `w*x`); else the nearest name is offered.
func suggestion(for name: String, among known: Set<String>) -> String? {
  let near = nearest(to: name, among: known)
  if let near, name.count >= 4, editDistance(name, near) == 1 { return near }
  return product(for: name, among: known) ?? near
}

/// The known name with the fewest slips, at most one in three characters; of several the one that begins alike for
/// longest, then the first in the alphabet.
package func nearest(to name: String, among known: Set<String>) -> String? {
  let limit = max(1, name.count / 3)
  // Names longer than this are no slips of anything, and the table of distances is quadratic.
  guard name.count <= 40 else { return nil }
  let near = known.sorted().compactMap { candidate -> (name: String, distance: Int, shared: Int)? in
    guard abs(candidate.count - name.count) <= limit else { return nil }
    let distance = editDistance(name.lowercased(), candidate.lowercased())
    guard distance <= limit, distance < max(name.count, candidate.count) else { return nil }
    return (candidate, distance, zip(name, candidate).prefix { $0 == $1 }.count)
  }
  return near.min { ($0.distance, $1.shared) < ($1.distance, $0.shared) }?.name
}

/// `w*x*b` for `wxb` if `w`, `x` and `b` are known: the fewest factors.
func product(for name: String, among known: Set<String>) -> String? {
  let characters = Array(name)
  guard (2...40).contains(characters.count) else { return nil }
  var best: [[String]?] = [[]]
  for end in 1...characters.count {
    var shortest: [String]?
    for start in 0..<end {
      let word = String(characters[start..<end])
      guard let head = best[start], known.contains(word) else { continue }
      if head.count + 1 < shortest?.count ?? .max { shortest = head + [word] }
    }
    best.append(shortest)
  }
  return best[characters.count]?.joined(separator: "*")
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a), Array(b))
  var before: [Int] = []
  var above = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var distance = min(above[j + 1] + 1, row[j] + 1, above[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, before[j - 1] + 1) }
      row.append(distance)
    }
    (before, above) = (above, row)
  }
  return above[b.count]
}
