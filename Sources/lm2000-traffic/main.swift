import Glibc

let arguments = (1..<max(1, Int(CommandLine.argc))).map { index in
  CommandLine.unsafeArgv[index].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    ?? []
}

do throws(TrafficFailure) {
  let options = try TrafficOptions(arguments)
  if options.wantsHelp {
    try TrafficFile(path: Array("-".utf8)).write(Array(TrafficOptions.help.utf8))
  } else {
    var run = try TrafficRun(options)
    try run.run()
  }
} catch {
  try? TrafficFile.standardError.write(Array("lm2000-traffic: \(error.text)\n".utf8))
  exit(error.exitStatus)
}
