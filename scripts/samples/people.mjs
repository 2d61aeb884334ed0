const firefox = (os, version = '144.0') => `Mozilla/5.0 (${os}; rv:${version}) Gecko/20100101 Firefox/${version}`
const chrome = (os, version = '142.0.0.0') =>
  `Mozilla/5.0 (${os}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15'
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1'
const mac = 'Macintosh; Intel Mac OS X 10_15_7'
const windows = 'Windows NT 10.0; Win64; x64'
const linux = 'X11; Linux x86_64'

export const domain = 'harbourlight.example'
export const office = '91.32.232.199'

const person = (pk, username, name, role, zone, homes, agent, atOffice, id, apps) => ({
  pk,
  username,
  name,
  role,
  zone,
  homes,
  agent,
  atOffice,
  id,
  apps,
  email: `${username}@${domain}`
})

/** The staff of Harbourlight, a company that does not exist. `id` is the person's id in Keycloak, Asgardeo and the hub. */
export const people = [
  person(
    7,
    'mara.lindqvist',
    'Mara Lindqvist',
    'identity lead',
    'Europe/Berlin',
    ['92.226.186.91'],
    firefox(`${mac}`),
    0.7,
    'b3f0a1de-5c57-4c1e-9a53-0f6d2f1c7a10',
    ['Keycloak console', 'Skycloak', 'Unkey', 'AWS', 'Authorization Hub', 'Asgardeo']
  ),
  person(
    8,
    'tomasz.wisniewski',
    'Tomasz Wiśniewski',
    'platform engineer',
    'Europe/Warsaw',
    ['89.72.121.77', '2a02:a31b:9ac0:16b8:9466:5182:5a99:1977'],
    chrome(linux),
    0,
    '4d8a0c6b-92b1-4f0e-8d0f-6b1b0a7e2c21',
    ['AWS', 'Grafana', 'Unkey', 'GitLab', 'Keycloak console']
  ),
  person(
    9,
    'zoe.almeida',
    'Zoë Almeida',
    'security',
    'Europe/Lisbon',
    ['85.245.105.159', '2001:8a0:40c2:64b2:9557:4ef2:75b8:52ee'],
    firefox(linux),
    0,
    '7a51e8c4-0b0d-4a39-b7b2-3e9c5d8f4b32',
    ['AWS', 'Grafana', 'Skycloak', 'Unkey', 'Authorization Hub', 'Keycloak console', 'Asgardeo']
  ),
  person(
    11,
    'haruka.sato',
    '佐藤 遥',
    'developer',
    'Asia/Tokyo',
    ['121.87.225.118', '2400:4050:c5d7:aff4:4194:aeeb:8e7b:7e7e'],
    chrome(mac),
    0,
    'c9e7b2f3-64aa-4d55-8b1c-7d2e9f0a5c43',
    ['GitLab', 'Unkey', 'Grafana']
  ),
  person(
    12,
    'priya.raman',
    'Priya Raman',
    'product',
    'America/Toronto',
    ['99.244.152.147', '2607:fea8:48c4:f82c:3cf6:b6cf:fd77:cbc0'],
    safari,
    0,
    '1f62d9a7-38cc-4e0b-a6d4-8c3f1b2d6e54',
    ['Wiki', 'Authorization Hub', 'GitLab']
  ),
  person(
    13,
    'soren.kjaer',
    'Søren Kjær',
    'finance',
    'Europe/Copenhagen',
    ['2.109.174.81'],
    chrome(windows),
    0,
    '52b8f4e1-7d19-4b6a-95c0-9a4d2c3e7f65',
    ['Wiki', 'Skycloak', 'Payroll']
  ),
  person(
    14,
    'ana.ruiz',
    'Ana Belén Ruiz',
    'support lead',
    'Europe/Madrid',
    ['80.36.232.98', '2a0c:5a80:3c94:31bd:cc15:595d:27:d17b'],
    chrome(windows),
    0,
    'e0a4c7b8-1e2f-4d93-8f67-ab5e3d4f8076',
    ['Helpdesk', 'Keycloak console', 'Wiki']
  ),
  person(
    15,
    'jonas.weber',
    'Jonas Weber',
    'developer',
    'Europe/Berlin',
    ['77.6.107.95'],
    firefox(linux, '143.0'),
    0.8,
    '8c95d0a2-a7f4-4c28-be31-bc6f4e509187',
    ['GitLab', 'Unkey', 'Grafana', 'Wiki']
  ),
  person(
    16,
    'wanjiru.kamau',
    'Wanjirũ Kamau',
    'support',
    'Africa/Nairobi',
    ['105.163.175.38'],
    phone,
    0,
    '36d7e1f9-c05b-4e84-a12d-cd705f61a298',
    ['Helpdesk', 'Keycloak console', 'Wiki']
  ),
  person(
    17,
    'lena.hofmann',
    'Lena Hofmann',
    'people',
    'Europe/Berlin',
    ['93.229.124.112'],
    chrome(windows, '141.0.0.0'),
    0.9,
    'a8f1b6c3-4d72-4a0e-97e5-de816072b3a9',
    ['Payroll', 'Wiki']
  )
]

export const who = Object.fromEntries(people.map((entry) => [entry.username.split('.')[0], entry]))

/** The intruder: by hand from Singapore, by script from São Paulo, and three addresses that tried passwords the night before. */
export const intruder = {
  hand: '159.89.200.10',
  script: '18.228.10.10',
  spray: ['45.76.150.3', '188.166.250.1', '178.62.10.1'],
  agent: chrome(windows, '139.0.0.0'),
  tool: 'python-requests/2.32.5'
}

/** Machines of the company: the build runners and the trail of its servers. */
export const machines = { runner: '3.79.26.217', terraform: '34.240.10.3', cluster: '10.42.3.17' }
