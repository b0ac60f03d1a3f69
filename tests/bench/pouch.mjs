// SPDX-License-Identifier: GPL-3.0-or-later
// pouch.mjs URL EMPTY: pulls a database into a new PouchDB on disk, then pushes that to an empty one; prints the seconds of
// each, of the wall clock and of the processor.

import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PouchDB = createRequire(join(process.env.SIGNPOST_PEERS, 'peers.js'))('pouchdb')
const auth = { username: 'root', password: 'root' }
const fetch = (url, options) => PouchDB.fetch(url, { ...options, compress: false }) // on one machine ours asks for no gzip either

async function measure(work) {
  const start = process.hrtime.bigint(), before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  console.log(Number(process.hrtime.bigint() - start) / 1e9, (user + system) / 1e6)
}

const [full, empty] = process.argv.slice(2).map(url => new PouchDB(url, { auth, fetch }))
const folder = mkdtempSync(join(tmpdir(), 'signpost-bench-'))
const local = new PouchDB(join(folder, 'local'))
await measure(() => local.replicate.from(full, { batch_size: 1000 }))
await measure(() => local.replicate.to(empty, { batch_size: 1000 }))
await local.close()
rmSync(folder, { recursive: true, force: true })
