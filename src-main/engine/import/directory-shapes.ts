/** What a directory calls the things that have names. */
export type NameKind = 'user' | 'group' | 'role' | 'application' | 'organization' | 'object'

/** How one product writes its entries. */
export interface Shape {
  readonly title: string
  /** The keys that lead to its list; any where it is left out. */
  readonly lists?: RegExp
  /** Paths every entry has, and of `any` at least one: what tells it from an event. */
  readonly has: readonly string[]
  readonly any?: readonly string[]
  readonly kind: NameKind
  readonly ids: readonly string[]
  readonly names: readonly string[]
  readonly email?: readonly string[]
}

export const realm = 'Keycloak realm export'
const scim = 'SCIM'

// The order decides: an entry is of the first shape it fits.
export const shapes: readonly Shape[] = [
  { title: realm, lists: /^\$$/, has: ['id', 'realm'], kind: 'organization', ids: ['id'], names: ['realm'] },
  {
    title: realm,
    lists: /^users$/,
    has: ['id', 'username'],
    any: ['enabled', 'createdTimestamp', 'emailVerified', 'totp'],
    kind: 'user',
    ids: ['id'],
    names: ['username'],
    email: ['email']
  },
  {
    title: realm,
    lists: /^clients$/,
    has: ['id', 'clientId'],
    kind: 'application',
    ids: ['id'],
    names: ['clientId', 'name']
  },
  {
    title: realm,
    lists: /^roles\.(realm|client\..+)$/,
    has: ['id', 'name'],
    kind: 'role',
    ids: ['id'],
    names: ['name']
  },
  {
    title: realm,
    lists: /^groups(\.subGroups)*$/,
    has: ['id', 'name', 'path'],
    kind: 'group',
    ids: ['id'],
    names: ['path', 'name']
  },
  {
    title: realm,
    lists: /^organizations$/,
    has: ['id', 'name', 'domains'],
    kind: 'organization',
    ids: ['id'],
    names: ['name', 'alias']
  },
  {
    title: scim,
    has: ['id', 'schemas', 'userName'],
    kind: 'user',
    ids: ['id', 'externalId'],
    names: ['userName', 'displayName'],
    email: ['emails[0].value']
  },
  {
    title: scim,
    has: ['id', 'schemas', 'displayName'],
    kind: 'group',
    ids: ['id', 'externalId'],
    names: ['displayName']
  },
  {
    title: 'Keycloak users',
    has: ['id', 'username'],
    any: ['emailVerified', 'createdTimestamp', 'notBefore', 'requiredActions'],
    kind: 'user',
    ids: ['id'],
    names: ['username'],
    email: ['email']
  },
  {
    title: 'Keycloak clients',
    has: ['id', 'clientId'],
    any: ['publicClient', 'protocol', 'redirectUris'],
    kind: 'application',
    ids: ['id'],
    names: ['clientId', 'name']
  },
  {
    title: 'Keycloak roles',
    has: ['id', 'name', 'containerId', 'composite'],
    kind: 'role',
    ids: ['id'],
    names: ['name']
  },
  { title: 'Keycloak groups', has: ['id', 'name', 'path'], kind: 'group', ids: ['id'], names: ['path', 'name'] },
  {
    title: 'authentik users',
    has: ['pk', 'username', 'name'],
    any: ['is_active', 'uid', 'uuid', 'groups_obj'],
    kind: 'user',
    ids: ['pk', 'uuid', 'uid'],
    names: ['username', 'name'],
    email: ['email']
  },
  { title: 'authentik groups', has: ['pk', 'name', 'is_superuser'], kind: 'group', ids: ['pk'], names: ['name'] },
  {
    title: 'authentik applications',
    has: ['pk', 'slug', 'name'],
    any: ['provider', 'launch_url', 'meta_launch_url'],
    kind: 'application',
    ids: ['pk'],
    names: ['name', 'slug']
  },
  {
    title: 'Okta users',
    has: ['id', 'status', 'profile.login'],
    kind: 'user',
    ids: ['id'],
    names: ['profile.login'],
    email: ['profile.email']
  },
  {
    title: 'Okta groups',
    has: ['id', 'objectClass', 'profile.name'],
    kind: 'group',
    ids: ['id'],
    names: ['profile.name']
  },
  {
    title: 'Okta applications',
    has: ['id', 'label', 'signOnMode'],
    kind: 'application',
    ids: ['id'],
    names: ['label', 'name']
  },
  {
    title: 'Entra users',
    has: ['id', 'userPrincipalName'],
    kind: 'user',
    ids: ['id'],
    names: ['userPrincipalName', 'displayName'],
    email: ['mail']
  },
  {
    title: 'Entra applications',
    has: ['id', 'appId', 'displayName'],
    kind: 'application',
    ids: ['appId', 'id'],
    names: ['displayName']
  },
  {
    title: 'Entra groups',
    has: ['id', 'displayName'],
    any: ['securityEnabled', 'mailEnabled', 'groupTypes'],
    kind: 'group',
    ids: ['id'],
    names: ['displayName'],
    email: ['mail']
  },
  {
    title: 'GitHub members',
    has: ['id', 'login', 'node_id'],
    kind: 'user',
    ids: ['id', 'node_id'],
    names: ['login'],
    email: ['email']
  },
  {
    title: 'GitLab users',
    has: ['id', 'username', 'name', 'state'],
    kind: 'user',
    ids: ['id'],
    names: ['username', 'name'],
    email: ['email', 'public_email']
  },
  {
    title: 'Slack members',
    has: ['id', 'team_id', 'name', 'profile'],
    kind: 'user',
    ids: ['id'],
    names: ['name', 'real_name'],
    email: ['profile.email']
  },
  {
    title: 'Google Workspace users',
    has: ['id', 'primaryEmail'],
    kind: 'user',
    ids: ['id'],
    names: ['primaryEmail', 'name.fullName'],
    email: ['primaryEmail']
  },
  {
    title: 'Auth0 users',
    has: ['user_id', 'identities'],
    kind: 'user',
    ids: ['user_id'],
    names: ['username', 'email', 'nickname', 'name'],
    email: ['email']
  },
  {
    title: 'AWS IAM users',
    has: ['UserId', 'UserName', 'Arn'],
    kind: 'user',
    ids: ['UserId', 'Arn'],
    names: ['UserName']
  },
  {
    title: 'AWS IAM roles',
    has: ['RoleId', 'RoleName', 'Arn'],
    kind: 'role',
    ids: ['RoleId', 'Arn'],
    names: ['RoleName']
  },
  {
    title: 'AWS IAM groups',
    has: ['GroupId', 'GroupName', 'Arn'],
    kind: 'group',
    ids: ['GroupId', 'Arn'],
    names: ['GroupName']
  }
]
