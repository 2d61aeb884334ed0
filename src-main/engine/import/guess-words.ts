import type { Category } from '../../contract/event'

/** Values of fields that are read in our own words, and only where every value seen is one we know. */
export const userTypes: Readonly<Record<string, string>> = {
  user: 'person',
  person: 'person',
  human: 'person',
  member: 'person',
  service: 'service',
  service_account: 'service',
  serviceaccount: 'service',
  machine: 'service',
  bot: 'service',
  system: 'system',
  automated: 'system',
  api_key: 'api_key',
  apikey: 'api_key',
  token: 'api_key',
  root_key: 'api_key'
}

// OCSF severity_id: 1 informational, 2 low, 3 medium, 4 high, 5 critical.
export const severities: Readonly<Record<string, number>> = {
  info: 1,
  informational: 1,
  notice: 1,
  low: 2,
  medium: 3,
  moderate: 3,
  warn: 3,
  warning: 3,
  high: 4,
  error: 4,
  critical: 5,
  fatal: 5,
  emergency: 5
}

/** Words for success and failure that the shared conversion does not know. */
export const outcomeWords: Readonly<Record<string, 'success' | 'failure'>> = {
  erfolg: 'success',
  erfolgreich: 'success',
  erlaubt: 'success',
  fehlgeschlagen: 'failure',
  fehlschlag: 'failure',
  fehler: 'failure',
  abgelehnt: 'failure',
  verweigert: 'failure',
  succès: 'success',
  réussi: 'success',
  réussite: 'success',
  autorisé: 'success',
  échec: 'failure',
  échoué: 'failure',
  refusé: 'failure',
  erreur: 'failure',
  éxito: 'success',
  exito: 'success',
  correcto: 'success',
  permitido: 'success',
  fallo: 'failure',
  fallido: 'failure',
  denegado: 'failure',
  successo: 'success',
  riuscito: 'success',
  fallito: 'failure',
  negato: 'failure',
  sucesso: 'success',
  falha: 'failure',
  negado: 'failure',
  gelukt: 'success',
  mislukt: 'failure',
  geweigerd: 'failure',
  sukces: 'success',
  błąd: 'failure',
  odmowa: 'failure',
  succeed: 'success',
  successfully: 'success',
  yes: 'success',
  no: 'failure'
}

/** What an action's words say of its kind. */
export const categories: Readonly<Record<string, Category>> = {
  '*logout*': 'session',
  '*log_out*': 'session',
  '*logoff*': 'session',
  '*signout*': 'session',
  '*sign_out*': 'session',
  '*session*': 'session',
  '*login*': 'authentication',
  '*log_in*': 'authentication',
  '*logon*': 'authentication',
  '*signin*': 'authentication',
  '*sign_in*': 'authentication',
  '*authenticat*': 'authentication',
  '*billing*': 'billing',
  '*subscription*': 'billing',
  '*invoice*': 'billing',
  '*payment*': 'billing',
  '*extension*': 'extension',
  '*plugin*': 'extension',
  '*integration*': 'extension',
  '*webhook*': 'extension',
  '*export*': 'data',
  '*import*': 'data',
  '*download*': 'data',
  '*backup*': 'data',
  '*password*': 'iam',
  '*mfa*': 'iam',
  '*user*': 'iam',
  '*member*': 'iam',
  '*role*': 'iam',
  '*permission*': 'iam',
  '*group*': 'iam',
  '*api_key*': 'iam',
  '*apikey*': 'iam',
  '*application*': 'application',
  'app.*': 'application',
  '*setting*': 'configuration',
  '*config*': 'configuration',
  '*policy*': 'configuration'
}

/** What an action's words say of its type. */
export const types: Readonly<Record<string, string>> = {
  '*login*fail*': 'denied',
  '*failed*login*': 'denied',
  '*logout*': 'end',
  '*signout*': 'end',
  '*login*': 'start',
  '*signin*': 'start',
  '*delete*': 'deletion',
  '*remove*': 'deletion',
  '*revoke*': 'deletion',
  '*create*': 'creation',
  '*update*': 'change',
  '*change*': 'change',
  '*modif*': 'change'
}

/** The kinds Skycloak's documentation groups its workspace events in. */
export const skycloakCategories: Readonly<Record<string, Category>> = {
  authentication: 'authentication',
  workspace: 'configuration',
  clusters: 'configuration',
  cluster: 'configuration',
  applications: 'application',
  application: 'application',
  billing: 'billing',
  extensions: 'extension',
  extension: 'extension',
  security: 'iam',
  data: 'data'
}
