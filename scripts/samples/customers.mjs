import { random } from './random.mjs'

// Consumer networks around the world; the addresses were chosen for the cities they lie in and stand for nobody.
const addresses =
  `84.46.112.49 92.73.253.81 87.122.94.112 87.152.174.216 217.81.159.155 77.5.165.236 217.229.9.85 84.168.188.153 2.211.249.94
  109.193.55.22 93.213.184.137 77.191.222.54 92.215.106.50 2.164.189.131 91.105.242.235 80.155.113.9 62.250.222.84 77.249.47.87
  5.33.60.122 2.110.81.172 77.214.218.219 80.71.86.39 109.56.44.236 94.18.165.57 91.197.250.249 188.150.96.237 78.78.222.159
  81.231.131.96 84.243.28.233 31.60.229.137 31.175.128.164 46.77.105.4 89.229.21.24 82.177.31.225 5.206.251.86 81.147.208.116
  90.198.240.250 31.103.166.138 82.132.231.74 37.203.138.233 86.197.188.40 88.180.206.201 88.183.38.235 93.27.213.28 90.81.113.157
  176.183.242.126 94.248.81.99 88.11.227.23 85.87.148.150 213.60.99.91 47.62.227.12 91.126.27.199 93.43.251.96 2.115.108.215
  37.101.43.138 95.225.69.178 87.1.217.92 96.255.94.107 64.134.99.121 104.246.154.65 64.15.134.23 220.109.116.7 126.108.255.117
  60.99.233.42 59.138.99.168 202.76.183.22 59.154.89.109 121.44.215.153 49.196.249.54 187.108.45.97 187.121.37.28 187.255.78.213
  14.194.232.202 116.73.19.49 119.151.41.70 197.111.254.219 41.118.74.5 196.104.208.109 88.193.243.24 195.69.3.100 94.227.133.174
  84.195.185.190 81.188.10.112 45.92.214.92 81.3.218.64 62.185.117.97 31.165.77.248 212.109.75.166 95.94.74.105 144.64.89.248
  5.249.76.56 60.234.246.66 176.57.238.43 119.235.73.204 187.145.186.36 201.165.160.152 88.247.163.87 62.29.109.76
  2a02:8109:2dcb:16ac:cdc7:42f7:3923:109c 2a01:c23:464:75fe:2ffa:d004:9d13:df3c 2a00:7660:f3a2:55f7:8df6:bf2b:5a65:f0eb
  2a01:e0a:67e7:ddee:81a4:9213:d6b:83e3 2a00:23c5:6d9c:df3e:375b:c23d:3511:d1be 2a02:1810:fcb8:b49a:fe19:c30a:6a19:5044
  2601:640:8f58:40dc:ac6c:7b8e:f641:408c 2409:10:4cfb:72c6:81dc:c13a:2078:50e2 2804:431:4567:71b5:21a4:5787:fd42:9440
  2c0f:fe38:319b:8159:8651:b3d3:9666:9864 2603:8000:a648:81f0:8146:811c:fe03:ab7 2a02:c7f:e82c:aeaa:ea70:cf19:6059:a16a`.split(
    /\s+/
  )
const given =
  'Amélie Björn Çağla Dávid Elif François Giulia Håkon Inès José Karolína Łukasz Mónica Nikos Oisín Paweł Quynh René Šárka Thérèse Ulrich Véronique Wiktor Ximena Yūki Zofia Ольга مريم 美咲 अनिल'.split(
    ' '
  )
const family =
  'Andersen Bianchi Çelik Dubois Eriksson Fernández García Hansen Ivanova Jansen Kowalska Lopes Müller Nowak Öztürk Petersen Rossi Schmidt Tanaka Virtanen'.split(
    ' '
  )
const plain = (text) =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase() || 'kunde'

/** Customers of the shop: a name, a mail address at example.org or example.net, an address they mostly come from. */
export const customers = (() => {
  const dice = random('customers')
  return Array.from({ length: 180 }, (_, n) => {
    const first = given[n % given.length]
    const last = dice.pick(family)
    return {
      id: dice.uuid(),
      first,
      last,
      username: `${plain(first)}.${plain(last)}${n}@${dice.pick(['example.org', 'example.net'])}`,
      address: addresses[n % addresses.length],
      weight: dice.number() ** 3
    }
  })
})()
