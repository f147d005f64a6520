extension Parser {
  /// `einsum("ij,jk->ik", A, B)`
  mutating func einsum(at location: Location) throws(ParseError) -> Formula {
    let opening = takeToken()
    guard case .text(let text) = current.kind else {
      throw unexpected("the names of the axes in quotation marks, such as \"ij,jk->ik\"")
    }
    let named = takeToken()
    var operands: [Formula] = []
    while take(",") { operands.append(try inner()) }
    try close(")", opened: opening)
    let sum = try axes(text, at: named)
    guard sum.operands.count == operands.count else {
      throw self.location(of: named).error(
        "einsum: the axes of \(counted(sum.operands.count, "operand")) are named, found \(operands.count)")
    }
    return Formula(.einsum(sum, operands), at: location)
  }

  private func axes(_ text: String, at token: Token) throws(ParseError) -> EinsteinSum {
    do throws(EinsteinSum.Mistake) { return try EinsteinSum(parsing: text) } catch {
      throw Location(source: source, offset: token.offset + 1 + error.offset).error("einsum: \(error.message)")
    }
  }
}
