import Ops

/// The linear regression of the document *Mathematics of neural computation*, section 4.2.2.
struct Regression {
  let tape = Tape<Double>()
  let w, b, x, y, u, ŷ, e, c: Variable<Double>

  init() {
    w = tape.parameter(5, "w")
    b = tape.parameter(1, "b")
    x = tape.constant(1, "x")
    y = tape.constant(2, "y")
    u = (w * x).named("u")
    ŷ = (u + b).named("ŷ")
    e = (ŷ - y).named("e")
    c = square(e).named("c")
  }
}

/// The composite of section 3.3.2 there: f = y + exp(x·y) with x = cos t and y = t².
struct Composite {
  let tape = Tape<Double>()
  let t, x, y, f: Variable<Double>

  init(_ value: Double) {
    t = tape.parameter(value, "t")
    x = cos(t).named("x")
    y = pow(t, 2).named("y")
    f = (y + exp(x * y)).named("f")
  }

  /// The document's formula for df/dt.
  static func slope(_ t: Double) -> Double {
    let (x, y) = (Double.cos(t), t * t)
    return y * .exp(x * y) * -.sin(t) + (1 + x * .exp(x * y)) * 2 * t
  }
}
