import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Vault } from '../../src-main/engine/connect/vault'
import { temporaryFolder } from '../engine/folder'

it.each(['{"secrets":', '{}', '[]', 'null', '{"secrets":{"keycloak":null}}', '{"secrets":{"keycloak":{"secret":7}}}'])(
  'a damaged vault is told, and not written over: %s',
  async (text) => {
    const home = await temporaryFolder()
    const file = join(home, 'secrets.json')
    writeFileSync(file, text)
    const vault = new Vault(home, undefined, {})
    expect(() => vault.state()).toThrow(`${file} is damaged`)
    await expect(vault.unlock('correct horse')).rejects.toMatchObject({ code: 'settings_invalid' })
    expect(readFileSync(file, 'utf8')).toBe(text)
  }
)
