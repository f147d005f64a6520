// Points and directions as plain arrays of numbers.

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

/// The length of a vector, also where the squares of its numbers have no room.
func norm(_ a: [Double]) -> Double {
  let square = dot(a, a)
  if square.isFinite, square > 1e-290 || square == 0 && a.allSatisfy({ $0 == 0 }) { return square.squareRoot() }
  let largest = a.reduce(0) { max($0, abs($1)) }
  guard largest > 0, largest.isFinite else { return largest }
  let scaled = a.map { $0 / largest }
  return largest * dot(scaled, scaled).squareRoot()
}

func distance(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}
