import { expect, it } from 'vitest'
import { isPlaceless, parseAddress } from '../../src-main/engine/normalise/address'

const placeless = (ip: string) => {
  const address = parseAddress(ip)
  return address !== null && isPlaceless(address)
}

it.each([
  ['this network', ['0.0.0.0', '0.255.255.255'], ['1.0.0.0']],
  ['private 10/8', ['10.0.0.0', '10.255.255.255'], ['9.255.255.255', '11.0.0.0']],
  ['carrier NAT', ['100.64.0.0', '100.127.255.255'], ['100.63.255.255', '100.128.0.0']],
  ['loopback', ['127.0.0.1', '127.255.255.255', '::1', '0:0:0:0:0:0:0:1'], ['126.255.255.255', '128.0.0.0', '2000::1']],
  [
    'link-local',
    ['169.254.0.1', '169.254.255.255', 'fe80::1', 'FE80::1%eth0', 'febf::1'],
    ['169.253.1.1', '169.255.0.0']
  ],
  ['private 172.16/12', ['172.16.0.0', '172.31.255.255'], ['172.15.255.255', '172.32.0.0']],
  ['private 192.168/16', ['192.168.0.0', '192.168.255.255'], ['192.167.255.255', '192.169.0.0']],
  [
    'documentation',
    ['192.0.2.1', '198.51.100.7', '203.0.113.255', '2001:db8::1', '3fff:fff::1'],
    ['192.0.3.0', '203.0.114.0', '2001:db9::1']
  ],
  ['benchmarks', ['198.18.0.1', '198.19.255.255', '2001:2::1'], ['198.20.0.0', '2001:2:1::']],
  ['multicast', ['224.0.0.1', '239.255.255.255', 'ff02::1'], ['223.255.255.255']],
  ['reserved and broadcast', ['240.0.0.1', '255.255.255.255'], []],
  ['unspecified', ['0.0.0.0', '::'], []],
  ['unique local', ['fc00::1', 'fd12:3456:789a::1', 'fdff:ffff::1'], ['fbff::1', '2a02:8108::1']],
  [
    'mapped into IPv6',
    ['::ffff:10.0.0.1', '::ffff:c0a8:101', '64:ff9b::10.0.0.1'],
    ['::ffff:8.8.8.8', '64:ff9b::8.8.8.8']
  ]
])('%s', (_, inside, outside) => {
  expect(inside.filter((ip) => !placeless(ip))).toEqual([])
  expect(outside.filter(placeless)).toEqual([])
})

it('takes no public IPv6 address for a private one', () => {
  for (const ip of ['2001:4860:4860::8888', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e', '2400:cb00::1'])
    expect(placeless(ip), ip).toBe(false)
})
