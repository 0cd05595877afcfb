import { benchAudit } from './audit.ts'
import { benchCtf } from './ctf.ts'
import { benchPages } from './pages.ts'
import { benchSignIn } from './sign-in.ts'
import { benchUpload } from './upload.ts'
import type { Benchmark, Figure } from './figure.ts'

// npm run bench [-- NAME…]: figures as ratios against peers, measured in one run on one machine, one JSON object a line.

const BENCHMARKS: Record<string, Benchmark> = {
  upload: benchUpload,
  pages: benchPages,
  audit: benchAudit,
  ctf: benchCtf,
  'sign-in': benchSignIn,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in BENCHMARKS))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHMARKS).join(', ')}\n`,
  )
  process.exit(2)
}
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  await benchmark((figure: Figure) => process.stdout.write(`${JSON.stringify(figure)}\n`))
}
