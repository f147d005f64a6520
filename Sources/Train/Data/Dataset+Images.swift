extension Dataset where Element == Float {
  /// Labelled images from two IDX files, such as those of MNIST, each plain or compressed by gzip.
  ///
  /// A pixel of 0…255 becomes a number of 0…1; an image becomes one row, line by line.
  ///
  /// - Parameters:
  ///   - images: the file of images, of shape [count, height, width] in bytes.
  ///   - labels: the file of labels, of shape [count] in bytes.
  ///   - classes: the number of classes; a label must be below it.
  ///   - limit: read no more than so many examples.
  /// - Throws: ``FileError`` of the reader, or of kind `outOfRange` where the files do not belong together or a
  ///   label names no class.
  public init(
    images: String, labels: String, classes: Int = 10, limit: Int = .max
  ) throws(FileError) {
    let (pixels, classNumbers) = (try IDX.read(images), try IDX.read(labels))
    guard pixels.shape.count > 1, pixels.type == .u8 else {
      throw FileError(.outOfRange, images, "expected images of bytes, found shape \(pixels.shape)")
    }
    guard classNumbers.shape.count == 1, classNumbers.type == .u8 else {
      throw FileError(.outOfRange, labels, "expected labels of bytes, found shape \(classNumbers.shape)")
    }
    guard pixels.shape[0] == classNumbers.shape[0] else {
      throw FileError(
        .outOfRange, labels, "\(classNumbers.shape[0]) labels for the \(pixels.shape[0]) images of \(images)")
    }
    if let index = classNumbers.bytes.firstIndex(where: { $0 >= classes }) {
      throw FileError(
        .outOfRange, labels, at: .item(index),
        "expected a label from 0 to \(classes - 1), found \(classNumbers.bytes[index])")
    }
    let width = pixels.shape[1...].reduce(1, *)
    guard width > 0 else { throw FileError(.outOfRange, images, "images of shape \(pixels.shape) are empty") }
    let count = Swift.min(pixels.shape[0], Swift.max(limit, 0))
    guard count > 0 else { throw FileError(.outOfRange, images, "expected images, found none") }
    // One division per grey level instead of one per pixel.
    let grey = (0...255).map { Float($0) / 255 }
    let values = [Float](unsafeUninitializedCapacity: count * width) { values, filled in
      // A batch reads rows from all over the data: with large pages the processor knows where they are.
      if let base = values.baseAddress { adviseHugePages(base, values.count * 4) }
      for (place, pixel) in pixels.bytes[..<(count * width)].enumerated() { values[place] = grey[Int(pixel)] }
      filled = count * width
    }
    self.init(
      inputs: Rows(values, width: width),
      labels: classNumbers.bytes[..<count].map { Int($0) },
      classes: (0..<classes).map { String($0) })
  }

  /// The part of MNIST in a folder, whose files have their usual names, with or without `.gz`.
  ///
  /// - Parameter testing: the 10,000 test images instead of the 60,000 others.
  public init(mnist folder: String, testing: Bool = false, limit: Int = .max) throws(FileError) {
    let stem = folder + "/" + (testing ? "t10k" : "train")
    try self.init(
      images: existing(stem + "-images-idx3-ubyte"), labels: existing(stem + "-labels-idx1-ubyte"),
      limit: limit)
  }
}

/// The path, or the path with `.gz` where only that exists.
private func existing(_ path: String) -> String {
  !WholeFile.exists(path) && WholeFile.exists(path + ".gz") ? path + ".gz" : path
}
