// Cholesky's factor of a sparse symmetric matrix, in its envelope.
//
// Rows are put in the reverse order of Cuthill and McKee (E. Cuthill, J. McKee. Reducing the bandwidth of sparse symmetric
// matrices. 1969; A. George. 1971), which walks the graph in waves from a far end. The factor then has entries between the first
// entry of a row and the diagonal only (A. Jennings. A compact storage scheme for the solution of symmetric linear simultaneous
// equations. 1966). A strip of skin n vertices long and b wide costs n b² to factor and n b to solve.

/// A symmetric matrix by rows: columns ascending in each row, the diagonal among them.
struct SparseMatrix {
  /// Entries of row i: `starts[i]..<starts[i + 1]`.
  var starts: [Int]
  var columns: [Int32]
  var values: [Double]

  var count: Int { starts.count - 1 }

  /// Adds `value` to an entry that is there.
  mutating func add(_ value: Double, row: Int, column: Int) {
    var low = starts[row]
    var high = starts[row + 1] - 1
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < Int32(column) { low = middle + 1 } else { high = middle }
    }
    values[low] += value
  }
}

struct EnvelopeFactor {
  /// Row of the matrix that stands at each place.
  private let order: [Int32]
  /// First column of each row, and where the row's entries begin in `values`.
  private let firsts: [Int]
  private let starts: [Int]
  private var values: [Double]

  /// The factor of a positive definite matrix; `nil` where it is not one.
  init?(_ matrix: SparseMatrix) {
    let count = matrix.count
    let order = reverseCuthillMcKee(matrix)
    var place = [Int](repeating: 0, count: count)
    for (new, old) in order.enumerated() { place[Int(old)] = new }
    var firsts = [Int](repeating: 0, count: count)
    var starts = [Int](repeating: 0, count: count + 1)
    for i in 0..<count {
      let row = Int(order[i])
      var first = i
      for k in matrix.starts[row]..<matrix.starts[row + 1] { first = min(first, place[Int(matrix.columns[k])]) }
      firsts[i] = first
      starts[i + 1] = starts[i] + i - first + 1
    }
    var values = [Double](repeating: 0, count: starts[count])
    for i in 0..<count {
      let row = Int(order[i])
      for k in matrix.starts[row]..<matrix.starts[row + 1] {
        let j = place[Int(matrix.columns[k])]
        if j <= i { values[starts[i] + j - firsts[i]] = matrix.values[k] }
      }
    }
    (self.order, self.firsts, self.starts) = (order, firsts, starts)
    let isDefinite = values.withUnsafeMutableBufferPointer { factor($0, firsts: firsts, starts: starts) }
    guard isDefinite else { return nil }
    self.values = values
  }

  /// The solution for a right-hand side of two columns.
  func solve(_ right: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let count = order.count
    var x = order.map { right[Int($0)] }
    values.withUnsafeBufferPointer { l in
      x.withUnsafeMutableBufferPointer { x in
        for i in 0..<count {
          let row = starts[i] - firsts[i]
          var sum = x[i]
          for j in firsts[i]..<i { sum -= x[j] * l[row + j] }
          x[i] = sum / l[row + i]
        }
        for i in stride(from: count - 1, through: 0, by: -1) {
          let row = starts[i] - firsts[i]
          x[i] /= l[row + i]
          let value = x[i]
          for j in firsts[i]..<i { x[j] -= value * l[row + j] }
        }
      }
    }
    var solution = [SIMD2<Double>](repeating: .zero, count: count)
    for i in 0..<count { solution[Int(order[i])] = x[i] }
    return solution
  }
}

/// Turns the lower half of a matrix into its factor, in place; false where it is not positive definite.
private func factor(_ l: UnsafeMutableBufferPointer<Double>, firsts: [Int], starts: [Int]) -> Bool {
  for i in firsts.indices {
    let row = starts[i] - firsts[i]
    for j in firsts[i]..<i {
      let other = starts[j] - firsts[j]
      var sum = l[row + j]
      for k in max(firsts[i], firsts[j])..<max(firsts[i], firsts[j], j) { sum -= l[row + k] * l[other + k] }
      l[row + j] = sum / l[other + j]
    }
    var rest = l[row + i]
    for k in firsts[i]..<i { rest -= l[row + k] * l[row + k] }
    guard rest > 0 else { return false }
    l[row + i] = rest.squareRoot()
  }
  return true
}

/// Rows of a matrix in the reverse order of Cuthill and McKee: from a far end of each part, by waves, rows of few neighbours
/// first.
private func reverseCuthillMcKee(_ matrix: SparseMatrix) -> [Int32] {
  let count = matrix.count
  func degree(_ i: Int32) -> Int { matrix.starts[Int(i) + 1] - matrix.starts[Int(i)] }
  var isTaken = [Bool](repeating: false, count: count)
  /// Rows reached from `start`, in waves.
  func walk(from start: Int32) -> [Int32] {
    var reached = [start]
    isTaken[Int(start)] = true
    var next = 0
    while next < reached.count {
      let row = Int(reached[next])
      next += 1
      let before = reached.count
      for k in matrix.starts[row]..<matrix.starts[row + 1] where !isTaken[Int(matrix.columns[k])] {
        isTaken[Int(matrix.columns[k])] = true
        reached.append(matrix.columns[k])
      }
      reached[before...].sort { (degree($0), $0) < (degree($1), $1) }
    }
    return reached
  }
  var order: [Int32] = []
  order.reserveCapacity(count)
  for i in 0..<Int32(count) where !isTaken[Int(i)] {
    // Twice to the far end and back: the last row of a walk is as far as any.
    var start = i
    for _ in 0..<2 {
      let reached = walk(from: start)
      for row in reached { isTaken[Int(row)] = false }
      start = reached[reached.count - 1]
    }
    order += walk(from: start)
  }
  return order.reversed()
}
