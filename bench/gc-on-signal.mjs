// Loaded before a program (`node --expose-gc --import …`): on SIGUSR2 it collects garbage and says how much memory is left.
process.on('SIGUSR2', () => {
  globalThis.gc()
  globalThis.gc()
  process.stdout.write(`rss ${process.memoryUsage.rss()}\n`)
})
