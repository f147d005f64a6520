import Foundation
import Train

do {
  exit(try Commands.run(Array(CommandLine.arguments.dropFirst())))
} catch {
  FileHandle.standardError.write(Data("chainrule: \(error)\n".utf8))
  exit(2)
}
