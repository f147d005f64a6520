/// What the command line asks for.
struct Options {
  var command: String
  /// Names of peers, or nil for all.
  var peers: [String]?
  var markdown = false
  var rounds = 15

  static let usage = """
    usage: benchmarks scalar [--peers all|none|NAME,…] [--rounds N] [--markdown]

      scalar      ns per elementary operation of scalar gradients: recording, walking backwards, both
      --peers     which other systems run after ours: \(Peer.all.map(\.key).joined(separator: ", "))
      --rounds    how often each is measured; the median is shown (15)
      --markdown  the tables as Docs/Benchmarks.md has them
    """

  init(_ arguments: [String]) throws(UsageError) {
    guard let command = arguments.first else { throw UsageError(what: "which benchmarks?") }
    self.command = command
    var rest = arguments.dropFirst()
    while let option = rest.popFirst() {
      switch option {
      case "--markdown": markdown = true
      case "--peers": peers = try Self.peers(rest.popFirst())
      case "--rounds": rounds = try Self.count(rest.popFirst())
      default: throw UsageError(what: "unknown option '\(option)'")
      }
    }
  }

  private static func peers(_ argument: String?) throws(UsageError) -> [String]? {
    switch argument {
    case nil: throw UsageError(what: "--peers wants names")
    case "all": return nil
    case "none": return []
    case let list?:
      let names = list.split(separator: ",").map(String.init)
      for name in names where !Peer.all.contains(where: { $0.key == name }) {
        throw UsageError(what: "--peers: unknown peer '\(name)'")
      }
      return names
    }
  }

  private static func count(_ argument: String?) throws(UsageError) -> Int {
    guard let count = argument.flatMap(Int.init), count > 0 else {
      throw UsageError(what: "--rounds wants a number of 1 or more")
    }
    return count
  }
}

struct UsageError: Error { let what: String }
