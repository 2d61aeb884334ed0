/** What the clouds' products name what they log, as they document it: for each the actions it is to know the kind of. */
const list = (text: string) => text.trim().split(/\s+/)
const named = (text: string) => text.split('|').map((name) => name.trim().replaceAll(/\s+/g, ' '))

export const okta = list(`
  access.request.approve access.request.create analytics.reports.export.download app.access_request.approver.approve
  app.ad.login.bad_password app.generic.provision.assign_user_to_app app.inbound_del_auth.login_success
  app.kerberos_rich_client.account_not_found app.ldap.login.unknown_failure app.oauth2.as.authorize.code
  app.oauth2.as.token.grant.access_token app.oauth2.as.token.revoke app.oauth2.as.consent.grant app.oauth2.authorize.code
  app.oauth2.client.lifecycle.create app.oauth2.client.lifecycle.delete app.oauth2.client_id_rate_limit_warning
  app.oauth2.credentials.lifecycle.activate app.oauth2.signon app.oauth2.token.grant.id_token app.oauth2.token.revoke
  app.realtimesync.import.details.add_user app.saml.sensitive.attribute.update app.user_management.push_password_update
  application.integration.authentication_failure application.lifecycle.activate application.lifecycle.create
  application.lifecycle.deactivate application.lifecycle.delete application.lifecycle.update
  application.policy.sign_on.deny_access application.policy.sign_on.update application.provision.field_mapping_rule.change
  application.provision.group.add application.provision.user.activate application.provision.user.deactivate
  application.provision.user.push application.user_membership.add application.user_membership.change_password
  application.user_membership.remove application.user_membership.revoke core.concurrency.org.limit.violation
  device.enrollment.create device.lifecycle.delete device.user.add device.user.remove directory.app_user_profile.bootstrap
  directory.mapping.update directory.user_profile.update domain.certificate.lifecycle.create event_hook.created
  event_hook.activated group.application_assignment.add group.lifecycle.create group.lifecycle.delete group.privilege.grant
  group.privilege.revoke group.profile.update group.user_membership.add group.user_membership.remove
  group.user_membership.rule.add_exclusion iam.resourceset.bindings.add iam.role.create iam.role.delete
  iam.role.permissions.add inline_hook.created master_application.user_membership.add mim.checkin.push
  network_zone.rule.disabled oauth2.claim.created oauth2.scope.created org.not_configured_origin.redirection.usage
  pki.cert.issue policy.auth_reevaluate.fail policy.evaluate_sign_on policy.lifecycle.activate policy.lifecycle.create
  policy.lifecycle.delete policy.lifecycle.update policy.rule.add policy.rule.deactivate policy.rule.delete
  policy.rule.update scheduled_action.user_suspension.canceled security.authenticator.lifecycle.activate
  security.breached_credential.detected security.device.add_request_blacklist_policy security.request.blocked
  security.threat.configuration.update security.threat.detected security.trusted_origin.create support.org.update
  system.agent.ad.config_change_detected system.agent.ad.create system.api_token.create system.api_token.revoke
  system.api_token.update system.brand.create system.csv.import_user system.email.account_unlock.sent_message
  system.email.new_device_notification.sent_message system.feature.ea_auto_enroll system.idp.lifecycle.create
  system.idp.lifecycle.read_client_secret system.import.start system.iwa_agentless.auth system.log_stream.lifecycle.create
  system.mfa.factor.activate system.org.lifecycle.create system.org.rate_limit.violation
  system.sms.send_factor_verify_message user.account.access_super_user_app user.account.lock user.account.privilege.grant
  user.account.privilege.revoke user.account.report_suspicious_activity_by_enduser user.account.reset_password
  user.account.unlock user.account.update_password user.account.update_primary_email user.account.update_profile
  user.account.use_token user.authentication.auth_via_AD_agent user.authentication.auth_via_IDP
  user.authentication.auth_via_mfa user.authentication.auth_via_social user.authentication.sso user.authentication.verify
  user.credential.enroll user.import.password user.lifecycle.activate user.lifecycle.create user.lifecycle.deactivate
  user.lifecycle.delete.initiated user.lifecycle.reactivate user.lifecycle.suspend user.lifecycle.unsuspend
  user.mfa.attempt_bypass user.mfa.factor.activate user.mfa.factor.deactivate user.mfa.factor.reset_all
  user.mfa.factor.suspend user.mfa.factor.update user.mfa.okta_verify.deny_push user.risk.change
  user.session.access_admin_app user.session.clear user.session.end user.session.expire user.session.impersonation.grant
  user.session.impersonation.initiate user.session.impersonation.end user.session.start user.authentication.universal_logout
  workflows.user.delegatedflow.run zone.activate zone.create zone.delete zone.update zone.deactivate zone.make_blacklist
`)

/** Operations by workload and record type. */
export const m365: readonly (readonly [workload: string, recordType: number, operations: readonly string[]])[] = [
  [
    'AzureActiveDirectory',
    8,
    named(`
      Add user. | Delete user. | Hard Delete user. | Restore user. | Update user. | Disable account. | Enable account. |
      Change user password. | Reset user password. | Set force change user password. | Set user manager. | Add group. |
      Delete group. | Update group. | Add member to group. | Remove member from group. | Add owner to group. | Add member
      to role. | Remove member from role. | Add eligible member to role. | Add service principal. | Remove service
      principal. | Add service principal credentials. | Update application – Certificates and secrets management | Add
      application. | Delete application. | Update application. | Consent to application. | Add OAuth2PermissionGrant. |
      Add delegated permission grant. | Add app role assignment to service principal. | Add app role assignment grant to
      user. | Add registered owner to device. | Register device. | Add device. | Delete device. | Update device. | Add
      policy. | Update policy. | Delete policy. | Set company information. | Set domain authentication. | Add unverified
      domain. | Verify domain. | Add partner to company. | Set federation settings on domain. | Update
      StsRefreshTokenValidFrom Timestamp. | User registered security info | Add conditional access policy | Invite
      external user | Redeem external user invite | Change user license. | Bulk create users - finished (bulk)
    `)
  ],
  [
    'AzureActiveDirectory',
    15,
    named(`
      UserLoggedIn | UserLoginFailed
    `)
  ],
  [
    'Exchange',
    1,
    named(`
      New-InboxRule | Set-InboxRule | Remove-InboxRule | Disable-InboxRule | Enable-InboxRule | Set-Mailbox |
      Add-MailboxPermission | Remove-MailboxPermission | Add-RecipientPermission | Add-MailboxFolderPermission |
      Set-MailboxJunkEmailConfiguration | New-TransportRule | Set-TransportRule | New-OutboundConnector |
      Set-AdminAuditLogConfig | Add-RoleGroupMember | New-ManagementRoleAssignment | Set-OrganizationConfig |
      Set-CASMailbox | New-MailboxSearch | Set-User | Enable-OrganizationCustomization | New-ComplianceSearch |
      Set-MailboxAutoReplyConfiguration | Update-RoleGroupMember | Hard-Delete
    `)
  ],
  [
    'Exchange',
    2,
    named(`
      MailItemsAccessed | Send | SendAs | SendOnBehalf | SoftDelete | HardDelete | MoveToDeletedItems | Move | Create |
      Update | UpdateInboxRules | MailboxLogin | AddFolderPermissions | ModifyFolderPermissions | RemoveFolderPermissions
      | UpdateCalendarDelegation | ApplyRecord | Copy | FolderBind | MessageBind | RecordDelete |
      SearchQueryInitiatedExchange
    `)
  ],
  [
    'SharePoint',
    6,
    named(`
      FileAccessed | FileAccessedExtended | FileDownloaded | FileUploaded | FileModified | FileModifiedExtended |
      FileDeleted | FileRecycled | FileDeletedFirstStageRecycleBin | FileMoved | FileRenamed | FileCopied | FileCheckedOut
      | FileCheckedIn | FilePreviewed | FileRestored | FileSyncDownloadedFull | FileSyncUploadedFull | FolderCreated |
      FolderDeleted | FolderModified | FolderRenamed | PageViewed | PageViewedExtended | PagePrefetched | ListCreated |
      ListItemCreated | ListItemUpdated | ListViewed | SearchQueryPerformed | SharingSet | SharingRevoked |
      SharingInheritanceBroken | AnonymousLinkCreated | AnonymousLinkUsed | AnonymousLinkRemoved | AnonymousLinkUpdated |
      SecureLinkCreated | SecureLinkUsed | SecureLinkDeleted | CompanyLinkCreated | CompanyLinkUsed | AddedToSecureLink |
      RemovedFromSecureLink | AddedToGroup | RemovedFromGroup | GroupAdded | GroupUpdated | PermissionLevelAdded |
      SiteCollectionAdminAdded | SiteCollectionAdminRemoved | SiteCollectionCreated | SiteDeleted |
      WebRequestAccessModified | SharingInvitationCreated | SharingInvitationAccepted | AccessRequestCreated |
      AccessRequestApproved | ManagedSyncClientAllowed | UnmanagedSyncClientBlocked | ClientViewSignaled | SignInEvent |
      FileMalwareDetected | DLPRuleMatch | DocumentSensitivityMismatchDetected | LockRecord | SiteContentTypeCreated |
      AppCatalogCreated
    `)
  ],
  [
    'MicrosoftTeams',
    25,
    named(`
      TeamsSessionStarted | TeamCreated | TeamDeleted | TeamSettingChanged | MemberAdded | MemberRemoved |
      MemberRoleChanged | ChannelAdded | ChannelDeleted | ChannelSettingChanged | BotAddedToTeam | BotRemovedFromTeam |
      AppInstalled | AppUninstalled | TabAdded | ConnectorAdded | MessageSent | MessageDeleted | MessageUpdated |
      MessageCreatedHasLink | ChatCreated | ChatRetrieved | MessagesListed | MeetingDetail | MeetingParticipantDetail |
      TeamsAdminAction | TeamsTenantSettingChanged | ReactedToMessage | RecordingExported | TranscriptsExported
    `)
  ],
  [
    'SecurityComplianceCenter',
    40,
    named(`
      AlertTriggered | AlertEntityGenerated | AlertUpdated | SearchCreated | SearchStarted | SearchExportDownloaded |
      SearchViewed | CaseAdded | HoldCreated | ViewedSearchExported | New-ComplianceSearchAction |
      RemovedSearchResultsSentToZoom
    `)
  ],
  [
    'PowerBI',
    20,
    named(`
      ExportReport | ViewReport | CreateReport | DeleteReport | ShareReport | DownloadReport | GetWorkspaces |
      ViewDashboard | PublishToWebReport
    `)
  ],
  [
    'Copilot',
    261,
    named(`
      CopilotInteraction
    `)
  ],
  [
    'ThreatIntelligence',
    28,
    named(`
      TIMailData
    `)
  ],
  [
    'PowerApps',
    45,
    named(`
      LaunchPowerApp
    `)
  ],
  [
    'MicrosoftFlow',
    30,
    named(`
      CreateFlow
    `)
  ],
  [
    'MicrosoftForms',
    66,
    named(`
      ListForms
    `)
  ],
  [
    'Yammer',
    22,
    named(`
      MessageCreation
    `)
  ],
  [
    'Quarantine',
    65,
    named(`
      QuarantinePreviewMessage | QuarantineReleaseMessage
    `)
  ],
  [
    'AirInvestigation',
    64,
    named(`
      AirInvestigationData
    `)
  ],
  [
    'PublicEndpoint',
    0,
    named(`
      AuditSearchCreated
    `)
  ],
  [
    'Project',
    35,
    named(`
      ProjectAccessed
    `)
  ]
]

/** Event names by application and type. */
export const googleWorkspace: readonly (readonly [application: string, type: string, names: readonly string[]])[] = [
  [
    'admin',
    'USER_SETTINGS',
    list(`
      CREATE_USER DELETE_USER SUSPEND_USER UNSUSPEND_USER CHANGE_PASSWORD RENAME_USER GRANT_ADMIN_PRIVILEGE
      REVOKE_ADMIN_PRIVILEGE TURN_OFF_2_STEP_VERIFICATION UNENROLL_USER_FROM_STRONG_AUTH REVOKE_ASP REVOKE_3LO_TOKEN
      ADD_RECOVERY_EMAIL CHANGE_RECOVERY_EMAIL RESET_SIGNIN_COOKIES MOVE_USER_TO_ORG_UNIT USER_INVITE
      DOWNLOAD_USERLIST_CSV ARCHIVE_USER CHANGE_FIRST_NAME ADD_NICKNAME GENERATE_2SV_SCRATCH_CODES VIEW_TEMP_PASSWORD
    `)
  ],
  [
    'admin',
    'GROUP_SETTINGS',
    list(`
      CREATE_GROUP DELETE_GROUP ADD_GROUP_MEMBER REMOVE_GROUP_MEMBER CHANGE_GROUP_SETTING UPDATE_GROUP_MEMBER
      WHITELISTED_GROUPS_UPDATED
    `)
  ],
  [
    'admin',
    'DELEGATED_ADMIN_SETTINGS',
    list(`
      ASSIGN_ROLE UNASSIGN_ROLE CREATE_ROLE DELETE_ROLE ADD_PRIVILEGE REMOVE_PRIVILEGE RENAME_ROLE UPDATE_ROLE
    `)
  ],
  [
    'admin',
    'DOMAIN_SETTINGS',
    list(`
      AUTHORIZE_API_CLIENT_ACCESS REMOVE_API_CLIENT_ACCESS ADD_TRUSTED_DOMAINS REMOVE_TRUSTED_DOMAINS ADD_DOMAIN_ALIAS
      CHANGE_DOMAIN_NAME TOGGLE_SSO_ENABLED ENABLE_API_ACCESS CREATE_ALERT
    `)
  ],
  [
    'admin',
    'SECURITY_SETTINGS',
    list(`
      ENFORCE_STRONG_AUTHENTICATION ALLOW_STRONG_AUTHENTICATION TOGGLE_CAA_ENABLEMENT
      CHANGE_TWO_STEP_VERIFICATION_FREQUENCY BLOCK_ALL_THIRD_PARTY_API_ACCESS ADD_TO_TRUSTED_OAUTH2_APPS
      CHANGE_SESSION_LENGTH
    `)
  ],
  [
    'admin',
    'APPLICATION_SETTINGS',
    list(`
      CHANGE_APPLICATION_SETTING CREATE_APPLICATION_SETTING DELETE_APPLICATION_SETTING CREATE_MANAGED_CONFIGURATION
    `)
  ],
  [
    'admin',
    'EMAIL_LOG_SEARCH',
    list(`
      EMAIL_LOG_SEARCH
    `)
  ],
  [
    'admin',
    'ALERT_CENTER',
    list(`
      ALERT_CENTER_VIEW ALERT_CENTER_LIST_RELATED_ALERTS
    `)
  ],
  [
    'admin',
    'GMAIL_SETTINGS',
    list(`
      CHANGE_GMAIL_SETTING CREATE_GMAIL_SETTING DELETE_GMAIL_SETTING
    `)
  ],
  [
    'admin',
    'DOCS_SETTINGS',
    list(`
      TRANSFER_DOCUMENT_OWNERSHIP DRIVE_DATA_RESTORE
    `)
  ],
  [
    'admin',
    'ORG_SETTINGS',
    list(`
      CREATE_ORG_UNIT REMOVE_ORG_UNIT MOVE_ORG_UNIT EDIT_ORG_UNIT_NAME
    `)
  ],
  [
    'admin',
    'LICENSES_SETTINGS',
    list(`
      USER_LICENSE_ASSIGNMENT ORG_USERS_LICENSE_ASSIGNMENT USER_LICENSE_REVOKE
    `)
  ],
  [
    'login',
    'login',
    list(`
      login_success login_failure login_challenge login_verification logout risky_sensitive_action_allowed
    `)
  ],
  [
    'login',
    'account_warning',
    list(`
      suspicious_login suspicious_login_less_secure_app account_disabled_password_leak gov_attack_warning
      account_disabled_hijacked
    `)
  ],
  [
    'user_accounts',
    'password_change',
    list(`
      password_edit
    `)
  ],
  [
    'user_accounts',
    '2sv_change',
    list(`
      2sv_enroll 2sv_disable
    `)
  ],
  [
    'user_accounts',
    'recovery_info_change',
    list(`
      recovery_email_edit
    `)
  ],
  [
    'user_accounts',
    'titanium_change',
    list(`
      titanium_enroll
    `)
  ],
  [
    'user_accounts',
    'email_forwarding_change',
    list(`
      email_forwarding_out_of_domain
    `)
  ],
  [
    'drive',
    'access',
    list(`
      view edit create upload delete trash untrash rename move download print copy preview source_copy add_to_folder
      remove_from_folder approval_requested email_as_attachment
    `)
  ],
  [
    'drive',
    'acl_change',
    list(`
      change_user_access change_document_visibility change_document_access_scope change_acl_editors
      team_drive_membership_change shared_drive_membership_change change_owner publish_change sheets_import_range
    `)
  ],
  [
    'token',
    'auth',
    list(`
      authorize revoke activity request
    `)
  ],
  [
    'groups',
    'acl_change',
    list(`
      change_acl_permission
    `)
  ],
  [
    'groups',
    'moderator_action',
    list(`
      add_user
    `)
  ],
  [
    'saml',
    'login',
    list(`
      login_success login_failure
    `)
  ],
  [
    'mobile',
    'device_updates',
    list(`
      DEVICE_REGISTER_UNREGISTER_EVENT
    `)
  ],
  [
    'chrome',
    'x',
    list(`
      MALWARE_TRANSFER
    `)
  ],
  [
    'calendar',
    'event_change',
    list(`
      change_event_title create_event delete_event
    `)
  ],
  [
    'meet',
    'call',
    list(`
      call_ended
    `)
  ],
  [
    'chat',
    'user_action',
    list(`
      message_posted
    `)
  ],
  [
    'gmail',
    'x',
    list(`
      delivery
    `)
  ],
  [
    'rules',
    'rule_match_type',
    list(`
      rule_match
    `)
  ],
  [
    'context_aware_access',
    'x',
    list(`
      ACCESS_DENY_EVENT
    `)
  ],
  [
    'takeout',
    'x',
    list(`
      user_takeout
    `)
  ],
  [
    'vault',
    'x',
    list(`
      view_search_results
    `)
  ]
]

/** Activities by category and operation type. */
export const entra: readonly (readonly [category: string, operationType: string, activities: readonly string[]])[] = [
  [
    'UserManagement',
    'Add',
    named(`
      Add user | Invite external user
    `)
  ],
  [
    'UserManagement',
    'Delete',
    named(`
      Delete user
    `)
  ],
  [
    'UserManagement',
    'Update',
    named(`
      Update user | Change user password
    `)
  ],
  [
    'UserManagement',
    '',
    named(`
      Reset user password | User registered security info | User registered all required security info | Update
      StsRefreshTokenValidFrom Timestamp | User started security info registration
    `)
  ],
  [
    'RoleManagement',
    'Assign',
    named(`
      Add member to role
    `)
  ],
  [
    'RoleManagement',
    '',
    named(`
      Add eligible member to role in PIM completed (permanent) | Remove member from role
    `)
  ],
  [
    'RoleManagement',
    'ActivateRole',
    named(`
      Add member to role completed (PIM activation)
    `)
  ],
  [
    'ApplicationManagement',
    'Assign',
    named(`
      Consent to application | Add app role assignment to service principal | Add delegated permission grant
    `)
  ],
  [
    'ApplicationManagement',
    'Add',
    named(`
      Add service principal
    `)
  ],
  [
    'ApplicationManagement',
    '',
    named(`
      Remove service principal credentials
    `)
  ],
  [
    'Policy',
    'Add',
    named(`
      Add conditional access policy
    `)
  ],
  [
    'Policy',
    'Update',
    named(`
      Update conditional access policy
    `)
  ],
  [
    'Policy',
    'Delete',
    named(`
      Delete conditional access policy
    `)
  ],
  [
    'GroupManagement',
    'Assign',
    named(`
      Add member to group
    `)
  ],
  [
    'GroupManagement',
    'Unassign',
    named(`
      Remove member from group
    `)
  ],
  [
    'Device',
    'Add',
    named(`
      Register device
    `)
  ],
  [
    'Device',
    'Delete',
    named(`
      Delete device
    `)
  ],
  [
    'DirectoryManagement',
    'Update',
    named(`
      Set domain authentication
    `)
  ],
  [
    'DirectoryManagement',
    '',
    named(`
      Set federation settings on domain
    `)
  ],
  [
    'AuthorizationPolicy',
    'Update',
    named(`
      Update authorization policy
    `)
  ],
  [
    'EntitlementManagement',
    '',
    named(`
      User requests access package assignment
    `)
  ],
  [
    'Other',
    '',
    named(`
      Validate user authentication
    `)
  ],
  [
    'IdentityProtection',
    '',
    named(`
      Update risk detections
    `)
  ],
  [
    'ProvisioningManagement',
    '',
    named(`
      Import
    `)
  ],
  [
    'KeyManagement',
    '',
    named(`
      GetKey
    `)
  ],
  [
    'Authentication',
    '',
    named(`
      Self-service password reset flow activity progress
    `)
  ],
  [
    'ResourceManagement',
    'Add',
    named(`
      Create access package
    `)
  ]
]
