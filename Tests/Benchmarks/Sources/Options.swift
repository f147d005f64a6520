/// What the command line asks for.
struct Options {
  var command: String
  /// Names of peers, or nil for all.
  var peers: [String]?
  var markdown = false
  var rounds = 15
  var threads = [1, 2]
  /// A PJRT plugin.
  var plugin: String?

  static let usage = """
    usage: benchmarks scalar|batch|tensor|steady|engine [--peers all|none|NAME,…] [--rounds N] [--threads N,…] [--markdown]

      scalar      ns per elementary operation of scalar gradients: recording, walking backwards, both
      batch       ns per elementary operation of functions at many points, recorded once
      tensor      µs per training step and per gradient of tensors; GFLOP/s of matrix products
      steady      allocations and growth of memory in 100,000 training steps
      engine      µs per training step on a tape, recorded once, and by a PJRT plugin
      --plugin    of engine: the plugin
      --peers     which other systems run after ours: of scalar \(names(Peer.scalar));
                  of batch \(names(Peer.batch));
                  of tensor \(names(Peer.tensor))
      --rounds    how often each is measured; the median is shown (15)
      --threads   of batch and tensor: runs everything with each of these numbers (1,2)
      --markdown  the tables as Docs/Benchmarks.md has them
    """

  private static func names(_ peers: [Peer]) -> String { peers.map(\.key).joined(separator: ", ") }

  init(_ arguments: [String]) throws(UsageError) {
    guard let command = arguments.first else { throw UsageError(what: "which benchmarks?") }
    self.command = command
    let known = command == "tensor" ? Peer.tensor : command == "batch" ? Peer.batch : Peer.scalar
    var rest = arguments.dropFirst()
    while let option = rest.popFirst() {
      switch option {
      case "--markdown": markdown = true
      case "--peers": peers = try Self.peers(rest.popFirst(), of: known)
      case "--rounds": rounds = try Self.counts("--rounds", rest.popFirst())[0]
      case "--plugin": plugin = rest.popFirst()
      case "--threads": threads = try Self.counts("--threads", rest.popFirst())
      default: throw UsageError(what: "unknown option '\(option)'")
      }
    }
  }

  private static func peers(_ argument: String?, of known: [Peer]) throws(UsageError) -> [String]? {
    switch argument {
    case nil: throw UsageError(what: "--peers wants names")
    case "all": return nil
    case "none": return []
    case let list?:
      let names = list.split(separator: ",").map(String.init)
      for name in names where !known.contains(where: { $0.key == name }) {
        throw UsageError(what: "--peers: unknown peer '\(name)'")
      }
      return names
    }
  }

  private static func counts(_ option: String, _ argument: String?) throws(UsageError) -> [Int] {
    let counts = (argument ?? "").split(separator: ",").map { Int($0) ?? 0 }
    guard !counts.isEmpty, counts.allSatisfy({ $0 > 0 }) else {
      throw UsageError(what: "\(option) wants a number of 1 or more")
    }
    return counts
  }
}

struct UsageError: Error { let what: String }
