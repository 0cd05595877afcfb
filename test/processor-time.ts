/** Milliseconds of processor that this thread has used: what other processes take of the machine does not count. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
