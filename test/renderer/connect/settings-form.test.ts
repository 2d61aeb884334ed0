import { describe, expect, it } from 'vitest'
import type { ConnectorInfo } from '../../../src-main/contract/connect'
import {
  formPath,
  formSchema,
  fromForm,
  inFiles,
  lacking,
  titleOf,
  toForm
} from '../../../src-renderer/components/connect/settings-form'

const info = {
  id: 'any',
  title: 'Any',
  settings: {
    type: 'object',
    required: ['base', 'realm'],
    properties: {
      base: { type: 'string', title: 'Address' },
      realm: { type: 'string', title: 'Realm' },
      auth: {
        type: 'object',
        properties: {
          kind: { type: 'string', enum: ['none', 'bearer'], default: 'none' },
          token: { type: 'string', title: 'Token', format: 'password' }
        }
      },
      headers: {
        type: 'array',
        items: { type: 'object', properties: { name: { type: 'string' }, value: { type: 'string' } } }
      },
      secret: { type: 'string', title: 'Client secret', format: 'password', options: { file: true } },
      note: { type: 'string', format: 'textarea' },
      ca: { type: 'string', format: 'textarea' },
      timeout: { type: 'integer', default: 60 },
      unencrypted: { type: 'boolean', default: false }
    }
  },
  network: ['ca', 'timeout', 'unencrypted'],
  secrets: ['auth.token', 'secret']
} as unknown as ConnectorInfo

describe('the form of a connection', () => {
  it('takes secrets out of the settings, by their paths', () => {
    const typed = fromForm(info, {
      base: ' https://id.example.com ',
      realm: 'acme',
      auth: { kind: 'bearer', token: 'a-token' },
      secret: 'a secret ',
      network: { timeout: '90', unencrypted: false }
    })
    expect(typed).toEqual({
      settings: {
        base: 'https://id.example.com',
        realm: 'acme',
        auth: { kind: 'bearer' },
        timeout: 90,
        unencrypted: false
      },
      secrets: { 'auth.token': 'a-token', secret: 'a secret ' }
    })
  })

  it('leaves out what is empty, rows of tables too, and knows what is needed of it', () => {
    const { settings, secrets } = fromForm(info, {
      base: 'https://id.example.com',
      realm: '  ',
      auth: { kind: '', token: '' },
      headers: [
        { name: '', value: '' },
        { name: 'X-Tenant', value: '7' }
      ],
      network: { timeout: '' }
    })
    expect(settings).toEqual({ base: 'https://id.example.com', headers: [{ name: 'X-Tenant', value: '7' }] })
    expect(secrets).toEqual({})
    expect(lacking(info, settings)).toEqual(['realm'])
  })

  it('leaves what is no number as it is typed, for the engine to refuse', () => {
    expect(fromForm(info, { network: { timeout: 'soon' } }).settings).toEqual({ timeout: 'soon' })
  })

  it('shows settings again as they were kept, and of secrets only what is being typed', () => {
    const settings = { base: 'https://id.example.com', realm: 'acme', auth: { kind: 'bearer' }, timeout: 90 }
    const form = toForm(info, settings, { secret: 'new', 'auth.token': null })
    expect(form).toEqual({
      base: 'https://id.example.com',
      realm: 'acme',
      auth: { kind: 'bearer', token: '' },
      secret: 'new',
      network: { timeout: '90' }
    })
    expect(fromForm(info, form)).toEqual({ settings, secrets: { secret: 'new' } })
  })

  it('folds away what every connection has', () => {
    const schema = formSchema(info, false) as { properties: Record<string, { properties?: object; options?: object }> }
    expect(Object.keys(schema.properties)).toEqual(['base', 'realm', 'auth', 'headers', 'secret', 'note', 'network'])
    expect(Object.keys(schema.properties['network']?.properties ?? {})).toEqual(['ca', 'timeout', 'unencrypted'])
    expect(schema.properties['network']?.options).toMatchObject({ collapsed: true })
    expect([formPath(info, 'timeout'), formPath(info, 'auth.token')]).toEqual([
      'root.network.timeout',
      'root.auth.token'
    ])
    expect([titleOf(info, 'auth.token'), titleOf(info, 'gone')]).toEqual(['Token', 'gone'])
  })

  it('takes from a file what stands in one', () => {
    expect(inFiles(info)).toEqual(['secret', 'ca'])
  })
})
