import Foundation

/// What is not a result goes to standard error.
func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

do throws(UsageError) {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  print("\(machine()); load \(short(load()))\n")
  switch options.command {
  case "scalar": runScalarBenchmarks(options)
  case "tensor": runTensorBenchmarks(options)
  case "batch": runBatchBenchmarks(options)
  case "steady": runSteadyBenchmark()
  case "engine":
    do { try runEngineBenchmarks(options) } catch {
      note("benchmarks: \(error)")
      exit(1)
    }
  default: throw UsageError(what: "unknown benchmarks '\(options.command)'")
  }
} catch {
  note("benchmarks: \(error.what)\n\(Options.usage)")
  exit(2)
}
