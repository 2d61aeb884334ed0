import { readFileSync } from 'node:fs'
import { type Connection, type ConnectorInfo, type DiagnosisStep, variableOf } from '../../contract/connect'
import { AppError } from '../../contract/errors'
import type { Engine } from '../../contract/rpc'
import { wantedSecrets } from '../../contract/wanted-secrets'
import { changePassphrase } from '../change-passphrase'
import { type Call, type Command, type ExitCode, jsonOption } from '../command'
import { connectorText, neededSettings } from '../connector-text'
import { printable } from '../printable'
import { askHidden } from '../prompt'
import { startEngine } from '../session'
import { secretsIn, settingsTyped } from '../settings-typed'
import { table } from '../table'
import { unlockFor, unlockVault } from '../unlock'

export default {
  usage:
    '[list | types [<type>] | add <type> [<setting>=<value>…] | test <connection> | remove <connection> | passphrase]',
  about:
    'Products whose audit log can be pulled: those you connected, and what is in the way where one does not answer.',
  options: {
    name: { type: 'string', value: '<name>', about: 'what a new connection is called' },
    settings: { type: 'string', value: '<file>', about: 'its settings as JSON' },
    secrets: { type: 'string', value: '<file>', about: 'its secrets, one a line: secret=…; - reads them from stdin' },
    forget: { type: 'boolean', about: 'with passphrase: drop one that is forgotten, and all secrets kept under it' },
    json: jsonOption
  },
  notes: `types <type> says what a product asks for: what has to be made there first, each setting by its name, what is secret.
Secrets are never given on the command line. They are asked for, read with --secrets, or taken from the environment whenever they
are needed: SPOOR_<CONNECTION>_<SECRET>, such as SPOOR_KEYCLOAK_SECRET. Kept ones are encrypted under a passphrase (SPOOR_PASSPHRASE).
passphrase changes that, asking for both or taking them from SPOOR_PASSPHRASE and SPOOR_NEW_PASSPHRASE.
test exits with 1 where a pull would fail, with 3 where it would not bring all.`,
  async run(call) {
    const [action = 'list', ...words] = call.words
    const run = Object.hasOwn(actions, action) ? actions[action] : undefined
    if (!run)
      throw new AppError('usage', `connections ${action}: there are list, types, add, test, remove and passphrase.`)
    const [, excess] = action === 'add' ? [] : action === 'list' || action === 'passphrase' ? ['', ...words] : words
    if (excess !== undefined) throw new AppError('usage', `connections ${action}: what is ${excess} for?`)
    return run(call, startEngine(), words)
  }
} satisfies Command as Command

const actions: Readonly<Record<string, (call: Call, engine: Engine, words: readonly string[]) => Promise<ExitCode>>> = {
  async list(call, engine) {
    const connections = await engine.connections()
    if (call.has('json')) await call.terminal.out(`${JSON.stringify({ connections })}\n`)
    else if (connections.length === 0)
      call.terminal.err('No connection yet. `spoor connections types` lists what can be connected.')
    else {
      const heads = ['Connection', 'Name', 'Type', 'Contacts', 'Secrets'].map((title) => ({ title }))
      const where = ({ hosts, listens }: Connection) => (listens ? `nobody; listens at ${listens}` : hosts.join(', '))
      const rows = connections.map((one) => [one.id, one.name, one.connector, where(one), secretsText(one)])
      await call.terminal.out(table(heads, rows, call.terminal.columns))
    }
    for (const { id, fault } of connections) if (fault) call.terminal.err(printable(`${id}: ${fault}`))
    return connections.some(({ fault }) => fault) ? 3 : 0
  },
  async types(call, engine, [type]) {
    const connectors = await engine.connectors()
    if (type !== undefined) {
      const info = ofType(connectors, type)
      const { terminal } = call
      await terminal.out(call.has('json') ? `${JSON.stringify(info)}\n` : connectorText(info, terminal.columns))
      if (info.fault !== undefined) terminal.err(printable(info.fault))
      return info.fault === undefined ? 0 : 3
    }
    if (call.has('json')) await call.terminal.out(`${JSON.stringify({ connectors })}\n`)
    else {
      const heads = ['Type', 'Title', 'Settings', 'Secrets', 'Streams'].map((title) => ({ title }))
      const rows = connectors.map((one) => [
        one.id,
        one.title,
        neededSettings(one).join(', '),
        one.secrets.filter((name) => name !== 'proxyPassword').join(', '),
        one.streams.map(({ name }) => name).join(', ')
      ])
      await call.terminal.out(table(heads, rows, call.terminal.columns))
      for (const { title, support } of connectors) if (support) call.terminal.err(printable(`${title}: ${support}`))
    }
    for (const { fault } of connectors) if (fault) call.terminal.err(printable(fault))
    return connectors.some(({ fault }) => fault) ? 3 : 0
  },
  async add(call, engine, [type, ...words]) {
    const info = ofType(await engine.connectors(), type)
    const settings = settingsTyped(info, words, call.get('settings'))
    const lacking = neededSettings(info).filter((name) => settings[name] === undefined)
    if (lacking.length > 0)
      throw new AppError(
        'usage',
        `${info.title} needs ${lacking.map((name) => `${name}=<${titleOf(info, name)}>`).join(' ')}. \`spoor connections types ${info.id}\` says more.`
      )
    const secrets = await secretsFor(call, info, settings)
    if (Object.keys(secrets).length) await unlockVault(engine)
    const saved = await engine.saveConnection({
      name: call.get('name') ?? info.title,
      connector: info.id,
      settings,
      secrets
    })
    if (call.has('json')) await call.terminal.out(`${JSON.stringify(saved)}\n`)
    call.terminal.err(
      printable(`${saved.id} is kept; it ${whereText(saved)}. \`spoor connections test ${saved.id}\` tries it.`)
    )
    for (const { name, title } of wantedSecrets(info, settings))
      if (saved.secrets[name] === 'missing')
        call.terminal.err(printable(`“${title}” is not given yet: set ${variableOf(saved.id, name)} for each run.`))
    return 0
  },
  async test(call, engine, words) {
    const connection = await engine
      .connections()
      .then((all) => all.find(({ id, name }) => id === needed(words) || name === words[0]))
    if (connection) await unlockFor(engine, connection)
    const diagnosis = await engine.testConnection(needed(words))
    if (call.has('json')) await call.terminal.out(`${JSON.stringify(diagnosis)}\n`)
    else
      for (const { state, sentence } of diagnosis.steps)
        await call.terminal.out(`${signs[state]}  ${printable(sentence)}\n`)
    return !diagnosis.ok ? 1 : diagnosis.steps.some(({ state }) => state === 'warned') ? 3 : 0
  },
  async remove(call, engine, words) {
    await engine.removeConnection(needed(words))
    call.terminal.err(printable(`${words[0]} is forgotten, with its secrets. What was pulled stays in its cases.`))
    return 0
  },
  async passphrase(call, engine) {
    if (call.has('forget')) {
      await engine.forgetPassphrase()
      call.terminal.err('The passphrase is dropped, and all secrets kept under it. Connections ask for them anew.')
    } else {
      await changePassphrase(engine)
      call.terminal.err('The secrets are kept under the new passphrase. Set SPOOR_PASSPHRASE anew where it is set.')
    }
    return 0
  }
}

const signs: Readonly<Record<DiagnosisStep['state'], string>> = {
  passed: 'ok  ',
  warned: 'note',
  failed: 'FAIL',
  skipped: '-   '
}

function ofType(connectors: readonly ConnectorInfo[], type: string | undefined): ConnectorInfo {
  const found = connectors.find(({ id }) => id === type)
  if (found) return found
  const sentence = type === undefined ? 'Which type?' : `There is no type ${type}.`
  throw new AppError('usage', `${sentence} There are: ${connectors.map(({ id }) => id).join(', ')}.`)
}

const titleOf = ({ settings }: ConnectorInfo, name: string): string => settings.properties[name]?.title ?? name

function needed([id]: readonly string[]): string {
  if (id === undefined) throw new AppError('usage', 'Which connection? `spoor connections` lists those there are.')
  return id
}

const whereText = ({ hosts, listens }: Connection): string =>
  listens === undefined ? `contacts ${hosts.join(', ') || 'nobody'} only` : `contacts nobody, and listens at ${listens}`

const secretsText = ({ secrets }: Connection): string =>
  Object.entries(secrets)
    .filter(([name, place]) => place !== 'missing' || name !== 'proxyPassword')
    .map(([name, place]) => `${name} ${place}`)
    .join(', ')

async function secretsFor(
  call: Call,
  info: ConnectorInfo,
  settings: Readonly<Record<string, unknown>>
): Promise<Readonly<Record<string, string>>> {
  const file = call.get('secrets')
  if (file !== undefined) return secretsIn(readFileSync(file === '-' ? 0 : file, 'utf8'))
  const asked: Record<string, string> = {}
  for (const { name, title } of wantedSecrets(info, settings)) {
    const given = await askHidden(`${title} (empty: from the environment): `)
    if (given) asked[name] = given
  }
  return asked
}
