import Train

func time(_ name: String, ops: Int, _ f: () -> Void) {
  var best = Duration.seconds(1000)
  for _ in 0..<7 { let t = ContinuousClock().measure(f); best = min(best, t) }
  let ns = Double(best.components.attoseconds) / 1e9 + Double(best.components.seconds) * 1e9
  print(name, ns / Double(ops), "ns/op")
}
let n = 100_000
do {
  let tape = Tape<Double>()
  let x = (0..<n).map { tape.parameter(-1.2 + Double($0 % 3)) }
  let start = tape.mark()
  var y = Variable<Double>(0)
  func rosen() -> Variable<Double> {
    var s = Variable<Double>(0)
    for i in 0..<n - 1 {
      let a = x[i + 1] - x[i] * x[i], b = 1 - x[i]
      s += 100 * (a * a) + b * b
    }
    return s
  }
  tape.rewind(to: start)
  time("rosen record", ops: 8 * n) {
    tape.rewind(to: start); y = rosen()
  }
  var g: Gradients<Double>!
  time("rosen backward", ops: 8 * n) { g = y.backward() }
  time("rosen both", ops: 8 * n) {
    tape.rewind(to: start); y = rosen(); g = y.backward()
  }
  print(tape.count - n, g[x[5]], y.value)
}
do {
  let tape = Tape<Double>()
  let x = tape.parameter(0.3)
  let start = tape.mark()
  var y = Variable<Double>(0)
  let m = 1_000_000
  func chain() -> Variable<Double> { var z = x; for _ in 0..<m { z = sin(z) }; return z }
  time("sin record", ops: m) {
    tape.rewind(to: start); y = chain()
  }
  time("sin backward", ops: m) { _ = y.backward() }
  time("sin both", ops: m) {
    tape.rewind(to: start); y = chain(); _ = y.backward()
  }
  func plain() -> Double { var z = 0.3; for _ in 0..<m { z = .sin(z) }; return z }
  var p = 0.0
  time("sin plain", ops: m) { p += plain() }
  print(p)
}
do {
  let tape = Tape<Double>()
  var w1: [Variable<Double>] = [], w2 = w1, w3 = w1
  func p(_ k: Int) -> Variable<Double> { tape.parameter(Double((k * 7919) % 13) / 13 - 0.5) }
  for k in 0..<48 { w1.append(p(k)) }
  for k in 0..<272 { w2.append(p(k + 5)) }
  for k in 0..<17 { w3.append(p(k + 9)) }
  let start = tape.mark()
  func layer(_ x: [Variable<Double>], _ w: [Variable<Double>], _ n: Int) -> [Variable<Double>] {
    let m = x.count
    return (0..<n).map { j in
      var s = w[j * (m + 1) + m]
      for i in 0..<m { s += w[j * (m + 1) + i] * x[i] }
      return tanh(s)
    }
  }
  var ops = 0
  func net() -> Variable<Double> {
    var loss = Variable<Double>(0)
    for k in 0..<100 {
      let x = [Variable<Double>(Double(k) / 100), Variable<Double>(Double(k * k % 100) / 100)]
      let y = layer(layer(layer(x, w1, 16), w2, 16), w3, 1)[0]
      let e = y - Variable<Double>(Double(k % 2))
      loss += e * e
    }
    return loss
  }
  var y = net()
  tape.rewind(to: start); y = net()
  ops = tape.count - 337
  time("mlp record", ops: ops) {
    tape.rewind(to: start); y = net()
  }
  time("mlp backward", ops: ops) { _ = y.backward() }
  if CommandLine.arguments.contains("mlp") { for _ in 0..<3000 { tape.rewind(to: start); y = net() } }
  time("mlp both", ops: ops) {
    tape.rewind(to: start); y = net(); _ = y.backward()
  }
  print(ops, y.value)
}
