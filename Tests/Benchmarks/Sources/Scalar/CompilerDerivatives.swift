import _Differentiation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// The compiler's own derivatives. They are made when a function is compiled, so the workloads have to be written
// once more, on `Double`.

func measureCompiler(_ workload: SinChain, rounds: Int) -> Measurement {
  let steps = workload.size
  @differentiable(reverse)
  func chain(_ x: Double) -> Double {
    var z = x
    for _ in 0..<steps { z = sin(z) }
    return z
  }
  var pullback: (Double) -> Double = { $0 }
  var slope = 0.0
  return measure(
    "Swift _Differentiation", workload, rounds: rounds,
    record: { pullback = valueWithPullback(at: workload.inputs[0], of: chain).pullback },
    backward: { slope = pullback(1) },
    gradient: { [slope] })
}

func measureCompiler(_ workload: Rosenbrock, rounds: Int) -> Measurement {
  let size = workload.size
  @differentiable(reverse)
  func rosenbrock(_ x: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<size - 1 {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      sum += 100 * (a * a) + b * b
    }
    return sum
  }
  var pullback: (Double) -> Array<Double>.TangentVector = { _ in .zero }
  var slopes = Array<Double>.TangentVector.zero
  return measure(
    "Swift _Differentiation", workload, rounds: rounds,
    record: { pullback = valueWithPullback(at: workload.inputs, of: rosenbrock).pullback },
    backward: { slopes = pullback(1) },
    gradient: { slopes.base })
}
