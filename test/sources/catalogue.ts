/** The actions each product documents, or names in its code, in its own spelling. */
const list = (text: string) => text.trim().split(/\s+/)

export const authentik =
  list(`login login_failed logout user_write user_offboarded suspicious_request password_set secret_view
  secret_rotate invitation_used authorize_application source_linked impersonation_started impersonation_ended flow_execution
  policy_execution policy_exception property_mapping_exception system_task_execution system_task_exception system_exception
  configuration_error configuration_warning model_created model_updated model_deleted email_sent update_available export_ready
  review_initiated review_overdue review_attested review_completed access_request_created access_request_approved
  access_request_denied access_request_revoked token_view invitation_created`)

export const keycloakTypes = list(`LOGIN REGISTER LOGOUT CODE_TO_TOKEN CLIENT_LOGIN REFRESH_TOKEN VALIDATE_ACCESS_TOKEN
  INTROSPECT_TOKEN FEDERATED_IDENTITY_LINK REMOVE_FEDERATED_IDENTITY UPDATE_EMAIL UPDATE_PROFILE UPDATE_PASSWORD UPDATE_TOTP
  UPDATE_CREDENTIAL REMOVE_CREDENTIAL VERIFY_EMAIL VERIFY_PROFILE REMOVE_TOTP GRANT_CONSENT UPDATE_CONSENT REVOKE_GRANT
  SEND_VERIFY_EMAIL SEND_RESET_PASSWORD SEND_IDENTITY_PROVIDER_LINK RESET_PASSWORD RESTART_AUTHENTICATION INVALID_SIGNATURE
  REGISTER_NODE UNREGISTER_NODE USER_INFO_REQUEST IDENTITY_PROVIDER_LINK_ACCOUNT IDENTITY_PROVIDER_LOGIN
  IDENTITY_PROVIDER_FIRST_LOGIN IDENTITY_PROVIDER_POST_LOGIN IDENTITY_PROVIDER_RESPONSE IDENTITY_PROVIDER_RETRIEVE_TOKEN IMPERSONATE
  CUSTOM_REQUIRED_ACTION EXECUTE_ACTIONS EXECUTE_ACTION_TOKEN CLIENT_INFO CLIENT_REGISTER CLIENT_UPDATE CLIENT_DELETE
  CLIENT_INITIATED_ACCOUNT_LINKING TOKEN_EXCHANGE OAUTH2_DEVICE_AUTH OAUTH2_DEVICE_VERIFY_USER_CODE OAUTH2_DEVICE_CODE_TO_TOKEN
  AUTHREQID_TO_TOKEN PERMISSION_TOKEN DELETE_ACCOUNT PUSHED_AUTHORIZATION_REQUEST USER_DISABLED_BY_PERMANENT_LOCKOUT
  USER_DISABLED_BY_TEMPORARY_LOCKOUT OAUTH2_EXTENSION_GRANT JWT_BEARER INVITE_ORG FEDERATED_IDENTITY_OVERRIDE_LINK
  USER_SESSION_DELETED`)

/** All but CUSTOM, which may be of any kind. */
export const keycloakResources =
  list(`REALM REALM_ROLE REALM_ROLE_MAPPING REALM_SCOPE_MAPPING AUTH_FLOW AUTH_EXECUTION_FLOW
  AUTH_EXECUTION AUTHENTICATOR_CONFIG REQUIRED_ACTION IDENTITY_PROVIDER IDENTITY_PROVIDER_MAPPER PROTOCOL_MAPPER USER
  USER_LOGIN_FAILURE USER_SESSION USER_FEDERATION_PROVIDER USER_FEDERATION_MAPPER GROUP GROUP_MEMBERSHIP CLIENT
  CLIENT_INITIAL_ACCESS_MODEL CLIENT_ROLE CLIENT_ROLE_MAPPING CLIENT_SCOPE CLIENT_SCOPE_MAPPING CLUSTER_NODE COMPONENT
  AUTHORIZATION_RESOURCE_SERVER AUTHORIZATION_RESOURCE AUTHORIZATION_SCOPE AUTHORIZATION_POLICY ORGANIZATION
  ORGANIZATION_MEMBERSHIP CLIENT_TEMPLATE CLIENT_REGISTRATION_TRUSTED_HOST_MODEL`)
export const keycloakOperations = list('CREATE UPDATE DELETE ACTION')

export const hub = list(`dictionary.attribute.get dictionary.attribute.get.by.fqn dictionary.attribute.get.by.id
  dictionary.attribute.create dictionary.attribute.update dictionary.attribute.delete dictionary.attribute.export
  dictionary.attribute.import dictionary.namespace.get dictionary.cacheprofile.get dictionary.cacheprofile.create
  dictionary.cacheprofile.get.by.name dictionary.cacheprofile.update dictionary.cacheprofile.delete connector.get connector.get.by.fqn
  connector.get.by.id connector.get.by.attributes connector.create connector.update connector.delete connector.export connector.import
  domain.list domain.get_by_id domain.get_by_name domain.compose domain.copy domain.store domain.rollback domain.history.list
  domain.metadata.list policyfile.get policypackage.get policypackage.create policypackage.update project.get project.create
  project.update project.leave principal.user.get principal.user.get.by.id principal.user.get.by.email principal.user.create
  principal.user.update principal.user.me principal.client.get insights.template.get insights.template.get.by.name
  insights.template.get.by.id insights.template.create insights.template.update insights.template.delete insights.report.get
  insights.report.get.by.id insights.report.create insights.endpoint.get`)

export const asgardeo = [
  ...list(`activate-action add-action delete-action update-action deactivate-action create-application delete-application
  update-application create-oauth-application processing-share-application-with-all-orgs processing-unshare-application-from-all-orgs
  processing-unshare-application-from-selected-orgs processing-share-application-with-selected-orgs Add-IDP Delete-IDP Update-IDP
  update-flow-config-INVITED_USER_REGISTRATION update-flow-PASSWORD_RECOVERY update-flow-config-PASSWORD_RECOVERY
  update-flow-INVITED_USER_REGISTRATION update-flow-config-REGISTRATION update-flow-REGISTRATION add-organization delete-organization
  update-organization add-role update-users-of-role delete-role get-users-of-role update-groups-of-role update-permissions-of-role
  update-role-name TerminateSession Kill-All-Agents-In-User-Store Kill-All-Agents-In-Tenant resource-creation-via-impersonation
  Add-Tenant Generate-Access-Token-For-Remote-User-Store issue-access-token ISSUE-SYSTEM-TOKEN PostTokenIssue
  Revoke-All-Access-Tokens-For-Remote-User-Store validate-scope add-group add-user credential-update-by-administrator
  credential-update-by-user delete-group delete-user delete-user-claim-value set-user-claim-value set-user-claim-values
  update-group-name create-federated-user-association`),
  'Account Enable',
  'Account Disable',
  'Update users list of role by id'
]

const each = (names: string, verbs: string) =>
  list(names).flatMap((name) => list(verbs).map((verb) => `${name}.${verb}`))
export const unkey = [
  ...each(
    'workspace api key ratelimitNamespace vercelIntegration vercelBinding role permission identity ratelimit webhook',
    'create'
  ),
  ...each(
    'workspace api key ratelimitNamespace vercelIntegration vercelBinding role permission identity ratelimit webhook',
    'update delete'
  ),
  ...list(`workspace.opt_in key.reroll authorization.connect_role_and_permission authorization.disconnect_role_and_permissions
  authorization.connect_role_and_key authorization.disconnect_role_and_key authorization.connect_permission_and_key
  authorization.disconnect_permission_and_key ratelimit.set_override ratelimit.read_override ratelimit.delete_override
  auditLogBucket.create portal.session.create portal.session.exchange sentinel.create llmSentinel.create llmSentinel.delete
  gateway.create llmGateway.create llmGateway.delete secret.create secret.decrypt secret.update reporter.create project.create
  environment.create deployment.rollback deployment.promote ratelimitOverride.create ratelimitOverride.update
  ratelimitIdentifier.delete`)
]
