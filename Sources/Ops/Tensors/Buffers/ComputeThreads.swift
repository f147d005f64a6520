import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many threads large operations may use. Results have the same bits for any number.
public enum ComputeThreads {
  private static let setting = Atomic<Int>(0)

  /// The number of processors unless set. Small operations use one thread whatever it says.
  public static var count: Int {
    get {
      let count = setting.load(ordering: .relaxed)
      return count > 0 ? count : available
    }
    set { setting.store(max(newValue, 1), ordering: .relaxed) }
  }

  private static let available = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
