import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Vault } from '../../src-main/engine/connect/vault'
import { temporaryFolder } from '../engine/folder'

const ways = ['https://id.example.com']
const [old, next] = ['correct horse', 'battery staple']

async function opened() {
  const home = await temporaryFolder()
  const vault = new Vault(home, undefined, {})
  await vault.unlock(old)
  await vault.set('keycloak', 'secret', 'first', ways)
  await vault.set('okta', 'auth.token', 'second', ways)
  return { home, vault, file: join(home, 'secrets.json') }
}

const inKeychain = { seal: async (text: string) => `sealed:${text}`, open: async (text: string) => text.slice(7) }

describe('the passphrase of secrets', () => {
  it('is changed: all that is kept opens with the new one, and nothing with the old', async () => {
    const { home, vault } = await opened()
    expect(await vault.change(old, next)).toEqual({ kind: 'passphrase', state: 'open' })
    expect(await vault.get('keycloak', 'secret', ways)).toBe('first')
    await vault.set('okta', 'auth.more', 'third', ways)
    const later = new Vault(home, undefined, {})
    await expect(later.unlock(old)).rejects.toThrow('not the passphrase')
    await later.unlock(next)
    expect(await later.get('keycloak', 'secret', ways)).toBe('first')
    expect(await later.get('okta', 'auth.token', ways)).toBe('second')
    expect(await later.get('okta', 'auth.more', ways)).toBe('third')
  })

  it('is changed by who knows it only, and never to none', async () => {
    const { home, vault, file } = await opened()
    const before = readFileSync(file, 'utf8')
    await expect(vault.change('incorrect horse', next)).rejects.toThrow('not the passphrase')
    await expect(vault.change(old, '')).rejects.toThrow('at least one character')
    const locked = new Vault(home, undefined, {})
    await expect(locked.change('incorrect horse', next)).rejects.toThrow('not the passphrase')
    expect(readFileSync(file, 'utf8')).toBe(before)
    await locked.change(old, next)
    expect(await locked.get('okta', 'auth.token', ways)).toBe('second')
  })

  it('is not changed where a secret would be lost by it', async () => {
    const { vault, file } = await opened()
    const damaged = readFileSync(file, 'utf8').replace(
      /("auth\.token": \{\s+"kind": "passphrase",\s+"sealed": ")..../,
      '$1AAAA'
    )
    writeFileSync(file, damaged)
    await expect(vault.change(old, next)).rejects.toThrow('The secret okta/auth.token cannot be read any more')
    expect(readFileSync(file, 'utf8')).toBe(damaged)
    expect(await vault.get('keycloak', 'secret', ways)).toBe('first')
  })

  it('locks whoever opened with the old one, so that nothing is kept under that', async () => {
    const { home, vault } = await opened()
    const other = new Vault(home, undefined, {})
    await other.change(old, next)
    expect(vault.state()).toEqual({ kind: 'passphrase', state: 'locked' })
    await expect(vault.get('keycloak', 'secret', ways)).rejects.toThrow('is kept under a passphrase')
    await expect(vault.set('keycloak', 'secret', 'fourth', ways)).rejects.toMatchObject({ code: 'vault_locked' })
    await vault.unlock(next)
    expect(await vault.get('keycloak', 'secret', ways)).toBe('first')
  })

  it('is dropped by who forgot it, with what is kept under it and nothing else', async () => {
    const { home, vault, file } = await opened()
    await new Vault(home, inKeychain, {}).set('github', 'token', 'of the keychain', ways)
    expect(vault.forgetPassphrase()).toEqual({ kind: 'passphrase', state: 'new' })
    expect(vault.place('keycloak', 'secret', ways)).toBe('missing')
    expect(vault.place('github', 'token', ways)).toBe('kept')
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual(['secrets'])
    await expect(vault.set('keycloak', 'secret', 'fifth', ways)).rejects.toThrow('choose one first')
    await vault.unlock(next)
    await vault.set('keycloak', 'secret', 'fifth', ways)
    expect(await new Vault(home, inKeychain, {}).get('github', 'token', ways)).toBe('of the keychain')
  })

  it('is none of Spoor’s where the keychain keeps secrets', async () => {
    const vault = new Vault(await temporaryFolder(), inKeychain, {})
    await expect(vault.change(old, next)).rejects.toThrow('The operating system keeps the secrets here')
  })
})
