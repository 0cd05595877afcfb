import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { checkCtf, CTF_RULES, CtfProblem, openCheck, readCtf, type CtfReading } from '../src/ctf/index.ts'
import { chance, type Chance } from '../src/ctf/prng.ts'
import { xsdOf } from '../src/ctf/xsd.ts'
import { spoiltFiles } from './ctf-mutants-bytes.ts'
import { openLibxml2 } from './libxml2.ts'
import { processorTime } from './processor-time.ts'

/** Milliseconds of processor that the check of one spoilt file may take; they are of some hundred kilobytes at most. */
const MILLISECONDS_EACH = 1000
/** Bytes that the check of one file may take, and that all of them may leave behind. */
const MEMORY = 64e6

const OPTIONS = { today: '2026-11-22' }
const RULES = new Set(CTF_RULES.map(({ rule }) => rule))

/**
 * Checks spoilt files for so many milliseconds of processor, whole and in pieces, and reads them: nothing throws, dwells or
 * takes memory, every answer holds together, pieces give the same, and libxml2 agrees what is well formed. Gives how
 * many it were; a failure names the seed and the file.
 */
export function fuzzCheck(seed: number, milliseconds: number): { files: number; wellFormed: number } {
  const peer = openLibxml2(xsdOf(26))
  const luck = chance(seed)
  const began = { processor: processorTime(), memory: memoryKept() }
  const tally = { files: 0, wellFormed: 0 }
  for (const { title, document } of spoiltFiles(seed, Infinity)) {
    if (processorTime() - began.processor > milliseconds) break
    const place = `seed ${seed}, file ${title}`
    const started = { processor: processorTime(), memory: memoryUsed() }
    const reading = naming(place, () => checkCtf(document, OPTIONS))
    const took = processorTime() - started.processor
    assert.ok(took < MILLISECONDS_EACH, `${place}: took ${took} ms`)
    const used = memoryUsed() - started.memory
    assert.ok(used < MEMORY, `${place}: took ${used} bytes`)
    holdsTogether(reading, place)
    assert.deepEqual(
      naming(place, () => inPieces(document, luck)),
      reading,
      `${place}: pieces give another reading`,
    )
    const isRead = naming(place, () => canRead(document))
    assert.equal(
      isRead,
      reading.wellFormed && /^(CT|AT)file$/.test(reading.root!),
      `${place}: read ${isRead}`,
    )
    const { wellFormed, said } = peer.verdict(document)
    assert.ok(wellFormed !== false || !reading.wellFormed, `${place}: libxml2 says ${said}`)
    assert.ok(
      !wellFormed || reading.wellFormed || reading.gate !== null,
      `${place}: well formed for libxml2, but ${reading.findings[0]?.rule} for us`,
    )
    tally.files++
    if (reading.wellFormed) tally.wellFormed++
  }
  const kept = memoryKept() - began.memory
  assert.ok(kept < MEMORY, `seed ${seed}: ${tally.files} files left ${kept} bytes behind`)
  peer.dispose()
  return tally
}

function memoryUsed(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Bytes that somebody still refers to. */
export function memoryKept(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  // what the first found to be free it gives back by and by; the second waits for that
  collect()
  return memoryUsed()
}

/** What is thrown says of which file. */
function naming<T>(place: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(place, { cause: error })
  }
}

/** Whether the file's data is given; what is wrong with it is said as such. */
function canRead(document: Buffer): boolean {
  try {
    readCtf(document)
    return true
  } catch (error) {
    if (error instanceof CtfProblem) return false
    throw error
  }
}

function inPieces(document: Buffer, luck: Chance): CtfReading {
  const check = openCheck(OPTIONS)
  const most = luck.pick([1, 7, 100, 5000])
  // single bytes of a long file would only take time
  const least = Math.ceil(document.length / 5000)
  for (let from = 0; from < document.length;) {
    const to = from + least + luck.number(most)
    check.write(document.subarray(from, to))
    from = to
  }
  return check.end()
}

function holdsTogether(reading: CtfReading, place: string): void {
  const { errors, warnings, findings, findingCount, wellFormed } = reading
  assert.equal(errors + warnings, findingCount, place)
  assert.equal(findings.length, Math.min(findingCount, 1000), place)
  assert.ok(wellFormed || errors === 1, place)
  for (const { rule, line, column, path } of findings) {
    assert.ok(RULES.has(rule) && line >= 1 && column >= 1 && path.length <= 200, `${place}: ${rule}`)
  }
}
