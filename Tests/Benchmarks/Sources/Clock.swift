#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Processor time of this process, in seconds: what other processes on the machine use does not count, so that a
/// busy machine spoils a figure less than it would by the clock on the wall. All peers measure the same way.
func processorTime() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

/// How long `body` takes, in seconds.
func seconds(_ body: () -> Void) -> Double {
  let start = processorTime()
  body()
  return processorTime() - start
}

/// How long `body` takes by the clock on the wall, which counts the work of several threads once.
func wallTime(_ body: () -> Void) -> Double {
  let time = ContinuousClock().measure(body).components
  return Double(time.seconds) + Double(time.attoseconds) * 1e-18
}

/// The same thing measured several times.
struct Samples: Codable {
  let seconds: [Double]

  init(_ seconds: [Double]) { self.seconds = seconds.sorted() }
  init(from decoder: any Decoder) throws { self.init(try [Double](from: decoder)) }
  func encode(to encoder: any Encoder) throws { try seconds.encode(to: encoder) }

  var median: Double {
    let n = seconds.count
    return n % 2 == 1 ? seconds[n / 2] : (seconds[n / 2 - 1] + seconds[n / 2]) / 2
  }
  var fastest: Double { seconds[0] }
  var slowest: Double { seconds[seconds.count - 1] }
}

/// The largest power of two of repetitions below which `body` would be too short for the clock: at least 2 ms.
func repetitions(_ body: () -> Void) -> Int {
  var count = 1
  while seconds({ for _ in 0..<count { body() } }) < 2e-3 { count *= 2 }
  return count
}

/// Hides from the optimizer where a value comes from and that nobody reads it.
@inline(never) @_optimize(none)
func opaque<T>(_ value: T) -> T { value }
