// Types of Swift and Foundation mean in a file that imports Train what they mean without it: compiled by type-checking.sh,
// outside of the package, whose own files see more names.

import Foundation
import Train

let slice: Slice<[Int]> = Slice(base: [1, 2, 3], bounds: 1..<3)
let names: (Set<Int>, Range<Int>, IndexPath, Data, Decimal, Date) = ([1], 0..<2, [0], Data([1]), 1, Date())
let operations: (OperationQueue, Operation, Progress) = (OperationQueue(), Operation(), Progress(totalUnitCount: 2))
let scanner: Scanner = Scanner(string: "1")
let units: (Measurement<UnitLength>, UnitAngle) = (Measurement(value: 1, unit: .meters), .degrees)
let roots: [Double] = [1.0, 4].map(sqrt), powers: [Double] = zip([2.0], [3.0]).map(pow)

/// Names that many programs have, which hide those of the package.
enum Layer { case dense }
struct Point { var x = 0.0 }
struct Model { var layers: [Layer] = [.dense], origin = Point() }
enum Step { case forward }
struct Max { var value = 0 }
struct Table { var rows: [[String]] = [] }
struct Options { var isVerbose = false }
let own: (Model, Step, Max, Table, Options) = (Model(), .forward, Max(), Table(), Options())
