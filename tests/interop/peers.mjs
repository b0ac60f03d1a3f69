// SPDX-License-Identifier: GPL-3.0-or-later
// The peers of a test: our server, PouchDB in a folder, express-pouchdb as a server, and our client on a store.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const require = createRequire(join(process.env.SIGNPOST_PEERS, 'peers.js'))
const PouchDB = require('pouchdb')

const folder = mkdtempSync(join(tmpdir(), 'signpost-interop-'))
const ends = [() => rmSync(folder, { recursive: true, force: true })]
let numbers = 0

// Ends what was begun, the newest first.
export async function endPeers() {
  while (ends.length > 0) await ends.pop()()
}

// A path in the folder of this test, or a name, that was not given before.
export const newName = () => `peer${numbers++}`
const newPath = () => join(folder, newName())

// A PouchDB of its own, on disk.
export const newPouch = () => new PouchDB(newPath())

// ── Our server ──

// A finished program: its status and output.
async function finish(program, args, { input = '', env = {} } = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env } })
  let out = '', errors = ''
  child.stdout.setEncoding('utf8').on('data', text => { out += text })
  child.stderr.setEncoding('utf8').on('data', text => { errors += text })
  child.stdin.on('error', () => {}).end(input)
  const [status] = await once(child, 'close')
  return { status, out, errors }
}

async function mustFinish(program, args, options) {
  const done = await finish(program, args, options)
  if (done.status !== 0) throw new Error(`${args.join(' ')} ends with ${done.status}: ${done.errors}`)
  return done.out
}

// accounts: name → roles, or [roles, database]; each has its name as password.
async function addAccounts(data, accounts) {
  for (const [name, [role, database]] of Object.entries(accounts)) {
    const where = database ? ['--database', database] : []
    await mustFinish(process.env.SIGNPOST_SERVER, ['user', 'add', '--data', data, ...where, name, role], { input: `${name}\n` })
  }
}

export class Server {
  // A server that listens, with the database `town` that has the rules, an administrator, an editor and a contributor.
  static async start() {
    const server = new Server()
    server.data = newPath()
    await addAccounts(server.data, { root: ['admin'], eve: ['editor', 'town'], con: ['contributor', 'town'] })
    await mustFinish(process.env.SIGNPOST_SERVER, ['create', '--data', server.data, 'town'])
    const child = spawn(process.env.SIGNPOST_SERVER, ['--data', server.data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] })
    ends.push(() => server.stop(child))
    const [line] = await once(createInterface(child.stdout), 'line')
    server.address = line.match(/http:\S+/)[0]
    return server
  }

  async stop(child) {
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    const [status] = await closed
    if (status !== 0) throw new Error(`The server ends with ${status}`)
  }

  // A database as PouchDB sees it, made if it is not there.
  database(name = newName(), who = 'root') {
    return new PouchDB(this.address + name, { auth: { username: who, password: who } })
  }
}

// ── express-pouchdb ──

// An express-pouchdb in its least form: its address, and the PouchDBs behind it.
export async function startExpress() {
  const prefix = newPath() + '/'
  require('node:fs').mkdirSync(prefix)
  const Behind = PouchDB.defaults({ prefix })
  const router = require('express-pouchdb')(Behind, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${prefix}log` })
  const listener = require('express')().use(router).listen(0, '127.0.0.1')
  ends.push(() => new Promise(resolve => { listener.close(resolve); listener.closeAllConnections() }))
  await once(listener, 'listening')
  return { address: `http://127.0.0.1:${listener.address().port}/`, open: name => new Behind(name) }
}

// ── Our client ──

export class Store {
  constructor() {
    this.path = `${newPath()}.db`
  }

  // What a subcommand printed.
  call(command, ...args) {
    return mustFinish(process.env.SIGNPOST, [command, '--store', this.path, ...args], { env: { HOME: folder, SIGNPOST_CLOCK: '2026-11-22T10:00:00Z' } })
  }

  // The numbers of changes that came and that went.
  async sync(url) {
    const said = await this.call('sync', url)
    return said.match(/\d+/g).map(Number)
  }

  async add(...fields) {
    return (await this.call('add', ...fields)).trim()
  }

  async show(id) {
    return JSON.parse(await this.call('show', '--json', id))
  }

  async find(...filters) {
    return JSON.parse(await this.call('find', '--json', ...filters))
  }
}
