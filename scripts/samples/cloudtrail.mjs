import { gzipSync } from 'node:zlib'
import { intruder, machines, office, who } from './people.mjs'
import { random } from './random.mjs'
import { ascending, moment, shifts } from './shifts.mjs'
import { at, days, isWorkday, seconds, to } from './time.mjs'

const account = '210987654321'
const region = 'eu-central-1'
const host = { 'signin.amazonaws.com': region, 'iam.amazonaws.com': 'us-east-1', 'sts.amazonaws.com': region }

/** A person who came through single sign-on: a role, with the person as the session's name. */
const staff = (person, roleName = 'Engineer') => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE${roleName.toUpperCase()}:${person.email}`,
  arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${person.email}`,
  accountId: account,
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: `AROAEXAMPLE${roleName.toUpperCase()}`,
      arn: `arn:aws:iam::${account}:role/${roleName}`,
      accountId: account,
      userName: roleName
    },
    attributes: { mfaAuthenticated: 'true' }
  }
})
const user = (userName, accessKeyId) => ({
  type: 'IAMUser',
  principalId: `AIDAEXAMPLE${userName.length}`,
  arn: `arn:aws:iam::${account}:user/${userName}`,
  accountId: account,
  accessKeyId,
  userName
})
const service = (invokedBy) => ({ type: 'AWSService', invokedBy })

function record(dice, time, userIdentity, eventSource, eventName, sourceIPAddress, userAgent, more = {}) {
  const readOnly = /^(Get|List|Describe|Head|Lookup)/.test(eventName)
  return {
    time,
    record: {
      eventVersion: '1.11',
      userIdentity,
      eventTime: seconds(time),
      eventSource,
      eventName,
      awsRegion: host[eventSource] ?? region,
      sourceIPAddress,
      userAgent,
      ...(more.error && { errorCode: more.error[0], errorMessage: more.error[1] }),
      requestParameters: more.request ?? null,
      responseElements: more.response ?? null,
      requestID: dice.uuid(),
      eventID: dice.uuid(),
      readOnly,
      ...(more.resources && { resources: more.resources }),
      eventType: more.type ?? 'AwsApiCall',
      managementEvent: !more.data,
      recipientAccountId: account,
      eventCategory: more.data ? 'Data' : 'Management'
    }
  }
}

/** The account's trail: one gathered file for the month, compressed, and the day of the incident as it lay in the bucket. */
export function cloudtrail() {
  const dice = random('cloudtrail')
  const records = ascending([...people(dice), ...automation(dice), ...incident(dice)].filter(({ time }) => time < to))
  const day = ({ time }) => time >= at('2026-11-05 00:00:00') && time < at('2026-11-06 00:00:00')
  const file = (list) => JSON.stringify({ Records: list.map(({ record }) => record) })
  const name = (date) => `${account}_CloudTrail_${region}_${date}T0000Z_`
  const zipped = gzipSync(file(records.filter((entry) => !day(entry))), { level: 9 })
  zipped[9] = 255
  return {
    [`aws-cloudtrail/${name('20261012')}month.json.gz`]: zipped,
    [`aws-cloudtrail/${name('20261105')}Vq3Zr8TkLm2Xw7Bn.json`]: file(records.filter(day))
  }
}

const reads = [
  ['ec2.amazonaws.com', 'DescribeInstances'],
  ['s3.amazonaws.com', 'ListBuckets'],
  ['logs.amazonaws.com', 'DescribeLogGroups'],
  ['iam.amazonaws.com', 'ListUsers'],
  ['cloudwatch.amazonaws.com', 'GetMetricData'],
  ['eks.amazonaws.com', 'DescribeCluster'],
  ['secretsmanager.amazonaws.com', 'ListSecrets']
]

const consoleLogin = (dice, time, person, address, agent, failed) =>
  record(
    dice,
    time,
    staff(person, person.role === 'identity lead' ? 'IdentityAdmin' : 'Engineer'),
    'signin.amazonaws.com',
    'ConsoleLogin',
    address,
    agent,
    {
      type: 'AwsConsoleSignIn',
      response: { ConsoleLogin: failed ? 'Failure' : 'Success' },
      ...(failed && { error: ['AccessDenied', 'Failed authentication'] })
    }
  )

const people = (dice) =>
  shifts
    .filter(({ person }) => person.apps.includes('AWS') && dice.chance(0.7))
    .flatMap((shift) => {
      const begin = moment(shift, dice)
      const calls = Array.from({ length: dice.int(1, 6) }, (_, n) => {
        const [source, name] = dice.pick(reads)
        const denied = dice.chance(0.06)
        return record(
          dice,
          begin + (n + 1) * dice.int(20_000, 200_000),
          staff(shift.person),
          source,
          name,
          shift.address,
          shift.agent,
          denied
            ? {
                error: [
                  'AccessDenied',
                  `User: ${staff(shift.person).arn} is not authorized to perform: ${source.split('.')[0]}:${name}`
                ]
              }
            : { request: { maxResults: 100 } }
        )
      })
      return [consoleLogin(dice, begin, shift.person, shift.address, shift.agent), ...calls]
    })

/** Backups, builds, and services that call each other: their "address" is a name. */
function automation(dice) {
  const backup = user('svc-backup', 'AKIAEXAMPLEBACKUP001')
  const bucket = 'harbourlight-backups'
  return days.flatMap((midnight) => [
    ...[0, 6, 12, 18].map((hour) =>
      record(
        dice,
        midnight + hour * 3_600_000 + 180_000,
        service('cloudtrail.amazonaws.com'),
        's3.amazonaws.com',
        'GetBucketAcl',
        'cloudtrail.amazonaws.com',
        'cloudtrail.amazonaws.com',
        {
          request: { bucketName: 'harbourlight-trail' },
          resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::harbourlight-trail', accountId: account }]
        }
      )
    ),
    record(
      dice,
      midnight + 7_260_000 + dice.int(0, 30_000),
      backup,
      's3.amazonaws.com',
      'PutObject',
      '10.42.7.3',
      'aws-cli/2.31.4 md/awscrt#0.27 ua/2.1 os/linux',
      {
        data: true,
        request: { bucketName: bucket, key: `orders/${new Date(midnight).toISOString().slice(0, 10)}.dump.zst` },
        resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/orders/` }]
      }
    ),
    record(
      dice,
      midnight + 4 * 3_600_000,
      service('autoscaling.amazonaws.com'),
      'ec2.amazonaws.com',
      'RunInstances',
      'autoscaling.amazonaws.com',
      'autoscaling.amazonaws.com',
      { request: { instanceType: 'm7g.large', minCount: 1, maxCount: 1 } }
    ),
    ...(isWorkday(midnight)
      ? Array.from({ length: dice.int(1, 3) }, () =>
          record(
            dice,
            midnight + dice.int(8, 16) * 3_600_000 + dice.int(0, 3_500_000),
            { ...staff({ email: 'gitlab-runner' }, 'Deploy') },
            'eks.amazonaws.com',
            'UpdateNodegroupVersion',
            machines.runner,
            'Terraform/1.13.5 terraform-provider-aws/6.18.0',
            { request: { clusterName: 'shop', nodegroupName: 'blue' } }
          )
        )
      : []),
    record(
      dice,
      midnight + 9_060_000,
      staff({ email: 'drift-check' }, 'Terraform'),
      'sts.amazonaws.com',
      'GetCallerIdentity',
      machines.terraform,
      'Terraform/1.13.5 terraform-provider-aws/6.18.0'
    )
  ])
}

/** A user with a key and all rights; the trail that could not be stopped; a bucket read from São Paulo; the key taken away. */
function incident(dice) {
  const robot = 'svc-metrics-export'
  const accessKey = 'AKIAEXAMPLEMETRICS77'
  const call = (identity, address, agent) => (clock, source, name, more) =>
    record(dice, at(`2026-11-05 ${clock}`), identity, `${source}.amazonaws.com`, name, address, agent, more)
  const mara = call(staff(who.mara, 'IdentityAdmin'), intruder.hand, intruder.agent)
  const zoe = call(staff(who.zoe, 'Security'), who.zoe.homes[0], who.zoe.agent)
  const key = call(
    user(robot, accessKey),
    intruder.script,
    'Boto3/1.40.61 md/Botocore#1.40.61 ua/2.1 os/linux lang/python#3.13.7'
  )
  const denied = (action, trail) => ({
    request: { name: trail },
    error: [
      'AccessDenied',
      `User: ${staff(who.mara, 'IdentityAdmin').arn} is not authorized to perform: cloudtrail:${action} with an explicit deny in a service control policy`
    ]
  })
  const objects = Array.from(
    { length: 36 },
    (_, n) =>
      `orders/2026-${String(10 - Math.floor(n / 12)).padStart(2, '0')}-${String((n % 12) * 2 + 1).padStart(2, '0')}.dump.zst`
  )
  return [
    consoleLogin(dice, at('2026-11-05 08:47:24'), who.mara, intruder.hand, intruder.agent),
    mara('08:49:51', 'iam', 'ListUsers', { request: { maxItems: 1000 } }),
    mara('09:12:03', 'iam', 'CreateUser', {
      request: { userName: robot },
      response: { user: { userName: robot, arn: `arn:aws:iam::${account}:user/${robot}` } }
    }),
    mara('09:12:31', 'iam', 'CreateAccessKey', {
      request: { userName: robot },
      response: { accessKey: { userName: robot, accessKeyId: accessKey, status: 'Active' } }
    }),
    mara('09:13:05', 'iam', 'AttachUserPolicy', {
      request: { userName: robot, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }
    }),
    mara('09:13:58', 'iam', 'AttachUserPolicy', {
      request: { userName: robot, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }
    }),
    mara('09:15:27', 'cloudtrail', 'StopLogging', denied('StopLogging', 'harbourlight-trail')),
    mara('09:15:49', 'cloudtrail', 'DeleteTrail', denied('DeleteTrail', 'harbourlight-trail')),
    key('10:28:10', 'sts', 'GetCallerIdentity'),
    key('10:28:12', 's3', 'ListBuckets'),
    key('10:28:40', 'secretsmanager', 'ListSecrets', { request: { maxResults: 100 } }),
    key('10:29:02', 'secretsmanager', 'GetSecretValue', {
      request: { secretId: 'shop/orders-db' },
      resources: [
        { ARN: `arn:aws:secretsmanager:${region}:${account}:secret:shop/orders-db-Xy12Zw`, accountId: account }
      ]
    }),
    key('10:29:05', 'secretsmanager', 'GetSecretValue', {
      request: { secretId: 'shop/payment-provider' },
      error: ['AccessDeniedException', 'Access to KMS is not allowed']
    }),
    ...objects.map((name, n) =>
      record(
        dice,
        at('2026-11-05 10:31:00') + n * 17_000,
        user(robot, accessKey),
        's3.amazonaws.com',
        'GetObject',
        intruder.script,
        'Boto3/1.40.61 md/Botocore#1.40.61',
        {
          data: true,
          request: { bucketName: 'harbourlight-backups', key: name },
          resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::harbourlight-backups/${name}` }]
        }
      )
    ),
    key('10:43:20', 's3', 'PutBucketPolicy', {
      request: {
        bucketName: 'harbourlight-backups',
        bucketPolicy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::harbourlight-backups/*' }
          ]
        }
      },
      error: ['AccessDenied', 'User is not authorized: public policies are blocked by the BlockPublicPolicy setting']
    }),
    consoleLogin(dice, at('2026-11-05 11:35:02'), who.zoe, who.zoe.homes[0], who.zoe.agent),
    zoe('11:36:20', 'iam', 'UpdateAccessKey', {
      request: { userName: robot, accessKeyId: accessKey, status: 'Inactive' }
    }),
    key('11:38:44', 's3', 'ListBuckets', {
      error: ['InvalidClientTokenId', 'The security token included in the request is invalid']
    }),
    zoe('11:39:12', 'iam', 'DetachUserPolicy', {
      request: { userName: robot, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }
    }),
    zoe('11:39:15', 'iam', 'DetachUserPolicy', {
      request: { userName: robot, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }
    }),
    zoe('11:39:40', 'iam', 'DeleteAccessKey', { request: { userName: robot, accessKeyId: accessKey } }),
    zoe('11:39:58', 'iam', 'DeleteUser', { request: { userName: robot } }),
    zoe('11:44:10', 'secretsmanager', 'RotateSecret', {
      request: { secretId: 'shop/orders-db' },
      response: { aRN: `arn:aws:secretsmanager:${region}:${account}:secret:shop/orders-db-Xy12Zw` }
    }),
    consoleLogin(dice, at('2026-11-05 12:02:33'), who.mara, office, who.mara.agent, true)
  ]
}
