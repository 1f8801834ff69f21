// counts KERNEL N    runs a kernel N times on fixed data and prints a value that depends on the work
// counts --list      names the kernels, each with the N to count it with
// counts --time      prints wall times of all kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Fixed data and one unit of work on it. The data is made when the kernel is chosen, before the first unit.
struct Kernel {
  var name: String
  /// How often to run it to drown what the first calls pay for once; few for a large kernel.
  var units = 10
  /// Makes the data; the result does unit `i` of the work and returns a value that depends on it.
  var prepare: () throws -> (_ i: Int) throws -> Int
}

let kernels: [Kernel] =
  headKernels() + designKernels() + samplingKernels() + ageingKernels() + opticsKernels() + renderKernels()
  + pngKernels()

let arguments = CommandLine.arguments.dropFirst()
if arguments == ["--list"] {
  for kernel in kernels { print(kernel.name, kernel.units) }
  exit(0)
}
if arguments == ["--time"] {
  try printTimes(kernels)
  exit(0)
}
guard arguments.count == 2, let kernel = kernels.first(where: { $0.name == arguments[1] }),
  let count = Int(arguments[2]), count >= 1
else {
  print("usage: counts KERNEL N | counts --list | counts --time")
  exit(64)
}
let unit = try kernel.prepare()
var sum = 0
for i in 0..<count { sum &+= try unit(i) }
print(kernel.name, count, sum)
