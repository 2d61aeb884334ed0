const place = (city, country, continent, lat, long, asn, as_org, network) => ({
  geo: { lat, city, long, country, continent },
  asn: { asn, as_org, network }
})

/** What authentik's own geo lookup wrote beside each address. A private address has neither. */
export const places = {
  '91.32.232.199': place('Hamburg', 'DE', 'EU', 53.5507, 9.993, 3320, 'Deutsche Telekom AG', '91.0.0.0/10'),
  '92.226.186.91': place('Hamburg', 'DE', 'EU', 53.6059, 10.0202, 6805, 'Telefonica Germany', '92.224.0.0/13'),
  '77.6.107.95': place('Hamburg', 'DE', 'EU', 53.5488, 9.9872, 6805, 'Telefonica Germany', '77.0.0.0/12'),
  '93.229.124.112': place('Hamburg', 'DE', 'EU', 53.5508, 10.0017, 3320, 'Deutsche Telekom AG', '93.192.0.0/10'),
  '2.109.174.81': place('Copenhagen', 'DK', 'EU', 55.6761, 12.5683, 3292, 'TDC Holding A/S', '2.104.0.0/13'),
  '80.36.232.98': place('Madrid', 'ES', 'EU', 40.5158, -3.6628, 3352, 'Telefonica De Espana', '80.36.0.0/15'),
  '2a0c:5a80:3c94:31bd:cc15:595d:27:d17b': place(
    'Madrid',
    'ES',
    'EU',
    40.4167,
    -3.7033,
    57269,
    'Digi Spain',
    '2a0c:5a80::/29'
  ),
  '89.72.121.77': place('Warsaw', 'PL', 'EU', 52.2297, 21.0122, 9141, 'UPC Polska', '89.64.0.0/12'),
  '2a02:a31b:9ac0:16b8:9466:5182:5a99:1977': place(
    'Warsaw',
    'PL',
    'EU',
    52.2297,
    21.0122,
    9141,
    'UPC Polska',
    '2a02:a310::/28'
  ),
  '99.244.152.147': place('Toronto', 'CA', 'NA', 43.67, -79.3794, 812, 'Rogers Communications', '99.240.0.0/13'),
  '2607:fea8:48c4:f82c:3cf6:b6cf:fd77:cbc0': place(
    'Toronto',
    'CA',
    'NA',
    43.6715,
    -79.38,
    812,
    'Rogers Communications',
    '2607:fea8::/32'
  ),
  '121.87.225.118': place('Osaka', 'JP', 'AS', 34.6932, 135.494, 17511, 'OPTAGE Inc.', '121.80.0.0/13'),
  '2400:4050:c5d7:aff4:4194:aeeb:8e7b:7e7e': place(
    'Osaka',
    'JP',
    'AS',
    34.6937,
    135.502,
    4713,
    'NTT Communications',
    '2400:4050::/30'
  ),
  '105.163.175.38': place('Nairobi', 'KE', 'AF', -1.2591, 36.7858, 33771, 'Safaricom Limited', '105.160.0.0/13'),
  '85.245.105.159': place('Lisbon', 'PT', 'EU', 38.7314, -9.1457, 3243, 'MEO', '85.240.0.0/13'),
  '2001:8a0:40c2:64b2:9557:4ef2:75b8:52ee': place('Lisbon', 'PT', 'EU', 38.7314, -9.1456, 3243, 'MEO', '2001:8a0::/32'),
  '159.89.200.10': place('Singapore', 'SG', 'AS', 1.3212, 103.695, 14061, 'DigitalOcean, LLC', '159.89.192.0/20'),
  '45.76.150.3': place('Singapore', 'SG', 'AS', 1.3212, 103.695, 20473, 'The Constant Company, LLC', '45.76.144.0/20'),
  '188.166.250.1': place('Singapore', 'SG', 'AS', 1.3212, 103.695, 14061, 'DigitalOcean, LLC', '188.166.240.0/20'),
  '178.62.10.1': place('Slough', 'GB', 'EU', 51.5222, -0.6292, 14061, 'DigitalOcean, LLC', '178.62.0.0/17'),
  '18.228.10.10': place('São Paulo', 'BR', 'SA', -23.5558, -46.6396, 16509, 'Amazon.com, Inc.', '18.228.0.0/16'),
  '3.79.26.217': place('Frankfurt am Main', 'DE', 'EU', 50.1109, 8.6821, 16509, 'Amazon.com, Inc.', '3.64.0.0/12')
}
