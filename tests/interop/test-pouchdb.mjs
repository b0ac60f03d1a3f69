// SPDX-License-Identifier: GPL-3.0-or-later
// PouchDB with our server, both ways.

import assert from 'node:assert/strict'
import { once } from 'node:events'

import { Server, endPeers, newPouch } from './peers.mjs'
import { runCases, within } from './tap.mjs'

const MANY = 10_000
const IDS = ['asset:plain', 'with space', 'a/b', 'a%2Fb', 'a+b', 'q?x=1&y#z', '"quoted"', "o'clock", 'Caffè Ysbyty Môn', 'ŵŷ', '日本語', '😀', 'a\u0301', '\u00e1', '=='
]

const makeDocuments = (count, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ _id: `asset:${String(from + i).padStart(6, '0')}`, type: 'asset', name: `Lunch club ${from + i}`, categories: ['food'] }))

const count = async db => (await db.info()).doc_count

// The winner and the other living versions of a document.
async function versions(db, id) {
  const { _rev, _conflicts = [] } = await db.get(id, { conflicts: true })
  return [_rev, ..._conflicts.sort()]
}

let server

async function oneShot() {
  const [near, far, remote] = [newPouch(), newPouch(), server.database()]
  await near.bulkDocs(makeDocuments(250))
  const out = await near.replicate.to(remote)
  assert.equal(out.docs_written, 250)
  assert.equal((await far.replicate.from(remote)).docs_written, 250)
  await far.put({ ...await far.get('asset:000007'), name: 'Soup kitchen' })
  await far.sync(remote)
  await near.sync(remote)
  assert.equal((await near.get('asset:000007')).name, 'Soup kitchen')
  assert.equal((await near.replicate.to(remote)).docs_read, 0) // the checkpoint is found again
  assert.deepEqual((await remote.allDocs()).rows, (await near.allDocs()).rows)
}

async function conflicts() {
  const [near, far, remote] = [newPouch(), newPouch(), server.database()]
  await near.put({ _id: 'asset:1', type: 'asset', name: 'Hall' })
  await near.sync(remote)
  await far.sync(remote)
  await near.put({ ...await near.get('asset:1'), name: 'Village hall' })
  await far.put({ ...await far.get('asset:1'), name: 'Town hall' })
  for (const db of [near, far, near]) await db.sync(remote)
  const all = await versions(remote, 'asset:1')
  assert.equal(all.length, 2)
  assert.deepEqual(await versions(near, 'asset:1'), all)
  assert.deepEqual(await versions(far, 'asset:1'), all)
  await far.remove('asset:1', all[1])
  for (const db of [far, near]) await db.sync(remote)
  assert.deepEqual(await versions(near, 'asset:1'), [all[0]])
  assert.deepEqual(await versions(remote, 'asset:1'), [all[0]])
}

async function deletions() {
  const [near, far, remote] = [newPouch(), newPouch(), server.database()]
  await near.bulkDocs(makeDocuments(3))
  await near.sync(remote)
  await far.sync(remote)
  await near.put({ _id: 'asset:000001', _rev: (await near.get('asset:000001'))._rev, _deleted: true, type: 'asset' })
  await remote.remove(await remote.get('asset:000002'))
  for (const db of [near, far]) await db.sync(remote)
  for (const db of [near, far, remote]) {
    assert.equal(await count(db), 1)
    await assert.rejects(db.get('asset:000001'), { status: 404, reason: 'deleted' })
  }
  const tombstone = await far.get('asset:000001', { open_revs: 'all' })
  assert.equal(tombstone[0].ok.type, 'asset')
  await far.put({ _id: 'asset:000001', type: 'asset', name: 'Again' })
  await far.sync(remote)
  assert.match((await remote.get('asset:000001'))._rev, /^3-/)
}

// The document is refused, the replication goes on and does not come back to it.
async function refusedAttachments() {
  const [near, remote] = [newPouch(), server.database()]
  await near.bulkDocs(makeDocuments(5))
  await near.put({ _id: 'asset:photo', type: 'asset', _attachments: { 'a.txt': { content_type: 'text/plain', data: 'aGVsbG8=' } } })
  await near.bulkDocs(makeDocuments(5, 5))
  const denied = []
  const pushed = await near.replicate.to(remote).on('denied', error => denied.push(error))
  assert.equal(pushed.docs_written, 10)
  assert.equal(pushed.doc_write_failures, 1)
  assert.equal(denied.length, 1)
  assert.match(JSON.stringify(denied[0]), /forbidden.*Attachments are not kept/)
  assert.equal((await near.replicate.to(remote)).docs_read, 0)
  await assert.rejects(remote.putAttachment('asset:000001', 'a.txt', (await remote.get('asset:000001'))._rev, Buffer.from('hello'), 'text/plain'))
  assert.equal(await count(remote), 10)
}

async function unicodeIds() {
  const [near, far, remote] = [newPouch(), newPouch(), server.database()]
  await near.bulkDocs(IDS.map(_id => ({ _id, type: 'asset', name: _id })))
  assert.equal((await near.replicate.to(remote)).docs_written, IDS.length)
  assert.equal((await far.replicate.from(remote)).docs_written, IDS.length)
  for (const id of IDS) {
    const there = await remote.get(id)
    assert.equal(there.name, id)
    await remote.put({ ...there, name: `${id} again` })
  }
  await far.replicate.from(remote)
  for (const id of IDS) assert.equal((await far.get(id)).name, `${id} again`)
  assert.deepEqual((await remote.allDocs({ keys: IDS })).rows.map(row => row.id), IDS)
}

async function roles() {
  const [near, remote] = [newPouch(), server.database('town', 'con')]
  await near.put({ _id: 'submission:con:1', type: 'submission', state: 'proposed' })
  await near.put({ _id: 'asset:mine', type: 'asset', name: 'Mine' })
  const pushed = await near.replicate.to(remote)
  assert.equal(pushed.docs_written, 1)
  assert.equal(pushed.doc_write_failures, 1)
  assert.equal((await server.database('town', 'eve').get('submission:con:1')).state, 'proposed')
  await assert.rejects(server.database('town', 'nobody').info(), { status: 401 })
}

async function filters() {
  const [near, remote] = [newPouch(), server.database()]
  await remote.bulkDocs([...makeDocuments(20), { _id: 'area:1', type: 'area' }])
  assert.equal((await near.replicate.from(remote, { selector: { type: 'area' } })).docs_written, 1)
  assert.equal((await near.replicate.from(remote, { doc_ids: ['asset:000003', 'asset:000004'] })).docs_written, 2)
  assert.equal(await count(near), 3)
}

// A write of each side comes to the other while both listen.
async function live() {
  const [near, far, remote] = [newPouch(), newPouch(), server.database()]
  const feeds = [near, far].map(db => db.sync(remote, { live: true, retry: true }))
  for (const [from, to, id] of [[near, far, 'asset:1'], [far, near, 'asset:2'], [remote, near, 'asset:3']]) {
    const changes = to.changes({ since: 'now', live: true })
    const arrived = once(changes, 'change')
    await from.put({ _id: id, type: 'asset', name: 'Walk' })
    assert.equal((await within(30_000, id, arrived))[0].id, id)
    changes.cancel()
  }
  for (const feed of feeds) {
    feed.cancel()
    await feed
  }
}

async function many() {
  const [near, far, remote] = [newPouch(), newPouch(), server.database()]
  await near.bulkDocs(makeDocuments(MANY))
  assert.equal((await near.replicate.to(remote, { batch_size: 1000 })).docs_written, MANY)
  assert.equal(await count(remote), MANY)
  assert.equal((await far.replicate.from(remote, { batch_size: 1000 })).docs_written, MANY)
  assert.deepEqual((await far.allDocs()).rows, (await near.allDocs()).rows)
}

server = await Server.start()
process.exitCode = await runCases([
  ['one-shot', oneShot],
  ['conflicts', conflicts],
  ['deletions', deletions],
  ['refused-attachments', refusedAttachments],
  ['unicode-ids', unicodeIds],
  ['roles', roles],
  ['filters', filters],
  ['live', live],
  ['many', many],
])
await endPeers()
