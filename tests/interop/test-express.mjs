// SPDX-License-Identifier: GPL-3.0-or-later
// Our client with express-pouchdb as the server.

import assert from 'node:assert/strict'

import { Store, endPeers, newName, startExpress } from './peers.mjs'
import { runCases } from './tap.mjs'

const MANY = 10_000

let express

// A database there: its address, and the PouchDB behind it.
async function newDatabase() {
  const name = newName()
  const db = express.open(name)
  await db.info()
  return { url: express.address + name, db }
}

async function bothWays() {
  const [near, far, { url, db }] = [new Store(), new Store(), await newDatabase()]
  const id = await near.add('name=Lunch Club', 'kind=group', 'categories=food')
  assert.deepEqual(await near.sync(url), [0, 1])
  assert.equal((await db.get(id)).name, 'Lunch Club')
  await db.put({ ...await db.get(id), name: 'Soup Club' })
  await db.put({ _id: 'asset:theirs', type: 'asset', schema: 1, kind: 'group', name: 'Walking Group', categories: ['walking'] })
  assert.deepEqual(await near.sync(url), [2, 0])
  assert.equal((await near.show(id)).name, 'Soup Club')
  assert.deepEqual(await near.sync(url), [0, 0]) // the checkpoint is found again, and written a second time
  assert.deepEqual(await far.sync(url), [2, 0])
  assert.deepEqual((await far.find()).map(entry => entry.name).sort(), ['Soup Club', 'Walking Group'])
}

async function conflicts() {
  const [near, far, { url, db }] = [new Store(), new Store(), await newDatabase()]
  const id = await near.add('name=Hall', 'kind=place', 'categories=venue')
  await near.sync(url)
  await far.sync(url)
  await near.call('edit', id, 'url=https://hall.example.org')
  await far.call('edit', id, 'summary=Warm and dry')
  for (const store of [near, far, near]) await store.sync(url)
  const merged = await near.show(id)
  assert.equal(merged.url, 'https://hall.example.org')
  assert.equal(merged.summary, 'Warm and dry')
  assert.deepEqual(await far.show(id), merged)
  assert.equal((await db.get(id, { conflicts: true }))._conflicts, undefined)
  await near.call('edit', id, 'name=Village Hall')
  await far.call('edit', id, 'name=Town Hall')
  for (const store of [near, far, near]) await store.sync(url)
  assert.equal((await db.get(id, { conflicts: true }))._conflicts.length, 1)
  assert.equal((await near.show(id))._conflicts.length, 1)
  await near.call('resolve', id, 'name=mine')
  for (const store of [near, far]) await store.sync(url)
  assert.equal((await far.show(id)).name, 'Village Hall')
  assert.equal((await db.get(id, { conflicts: true }))._conflicts, undefined)
}

async function deletions() {
  const [near, { url, db }] = [new Store(), await newDatabase()]
  const ids = [await near.add('name=One', 'kind=group', 'categories=food'), await near.add('name=Two', 'kind=group', 'categories=food')]
  await near.sync(url)
  await near.call('delete', ids[0])
  await db.remove(await db.get(ids[1]))
  await near.sync(url)
  assert.deepEqual(await near.find(), [])
  await assert.rejects(db.get(ids[0]), { status: 404, reason: 'deleted' })
}

async function unicodeIds() {
  const [near, { url, db }] = [new Store(), await newDatabase()]
  const ids = ['a/b', 'a%2Fb', 'q?x=1&y#z', '"quoted"', 'Caffè Ysbyty Môn', '日本語', '😀', 'a\u0301', '\u00e1', '=='].map(id => `asset:${id}`)
  await db.bulkDocs(ids.map(_id => ({ _id, type: 'asset', schema: 1, kind: 'group', name: _id, categories: ['food'] })))
  assert.deepEqual(await near.sync(url), [ids.length, 0])
  for (const id of ids) await near.call('edit', id, `summary=${id}`)
  assert.deepEqual(await near.sync(url), [0, ids.length])
  for (const id of ids) assert.equal((await db.get(id)).summary, id)
}

// Their documents may have attachments, which stay with them; the others arrive.
async function attachments() {
  const [near, { url, db }] = [new Store(), await newDatabase()]
  await db.put({ _id: 'asset:photo', type: 'asset', name: 'Photo', _attachments: { 'a.txt': { content_type: 'text/plain', data: 'aGVsbG8=' } } })
  await db.put({ _id: 'asset:plain', type: 'asset', schema: 1, kind: 'group', name: 'Plain', categories: ['food'] })
  await near.sync(url)
  assert.deepEqual((await near.find()).map(entry => entry.name), ['Plain'])
  assert.deepEqual(await near.sync(url), [0, 0])
}

async function many() {
  const [near, there, elsewhere] = [new Store(), await newDatabase(), await newDatabase()]
  await there.db.bulkDocs(Array.from({ length: MANY }, (_, i) =>
    ({ _id: `asset:${i}`, type: 'asset', schema: 1, kind: 'group', name: `Lunch club ${i}`, categories: ['food'] })))
  assert.deepEqual(await near.sync(there.url), [MANY, 0])
  assert.deepEqual(await near.sync(elsewhere.url), [0, MANY])
  assert.equal((await elsewhere.db.info()).doc_count, MANY)
}

express = await startExpress()
process.exitCode = await runCases([
  ['both-ways', bothWays],
  ['conflicts', conflicts],
  ['deletions', deletions],
  ['unicode-ids', unicodeIds],
  ['attachments', attachments],
  ['many', many],
])
await endPeers()
