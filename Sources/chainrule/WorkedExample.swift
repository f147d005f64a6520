import Train

/// What `chainrule` alone prints: the graph of a linear regression with one datum, x = 1 and y = 2.
enum WorkedExample {
  static let program = "u = w*x; ŷ = u + b; e = ŷ - y; c = e^2"

  static func text() throws -> String {
    let inputs = [("w", 5.0), ("x", 1), ("b", 1), ("y", 2)]
    let recorded = try RecordedProgram(Program(parsing: program), at: inputs.map { ($0.0, $0.1) })
    let table = recorded.tape.table(recorded.output.backward(), output: recorded.output)
    return """
      One step of linear regression: \(program)

      \(table)
      Try next, with chainrule for `swift run -c release chainrule`:
        chainrule tape '\(program)' w=5 x=1 b=1 y=2 --narrate
        chainrule gradient 'x = cos(t); y = t^2; f = y + exp(x*y)' t=0.5 --order 2
        chainrule verify 'e = w*x + b - y; c = e^2' --claim 'dc/dw = 2*e*x' --claim 'dc/db = e'
        chainrule minimize 'J = x^2' x=1.2 --learning-rate 0.3 --until 'J < 0.001'
        chainrule --help
      """
  }
}
