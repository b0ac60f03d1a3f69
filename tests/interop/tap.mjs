// SPDX-License-Identifier: GPL-3.0-or-later
// Runs cases one after the other and reports them as TAP, the way the C test programs do.

const LONGEST_MS = 100_000 * Number(process.env.SIGNPOST_PATIENCE ?? 1)

// cases: [name, async function]; what a failed case has to say goes to standard error.
export async function runCases(cases) {
  let failed = 0
  console.log(`TAP version 13\n1..${cases.length}`)
  for (const [number, [name, body]] of cases.entries()) {
    try {
      await within(LONGEST_MS, name, body())
      console.log(`ok ${number + 1} ${name}`)
    } catch (error) {
      failed++
      console.log(`not ok ${number + 1} ${name}`)
      console.error(error)
    }
  }
  return failed === 0 ? 0 : 1
}

// The result of a promise that has to come before the patience is over.
export function within(ms, what, promise) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing came within ${ms / 1000} s`)), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
