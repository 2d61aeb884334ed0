import { intruder, machines, office, who } from './people.mjs'
import { random } from './random.mjs'
import { ascending, moment, shifts } from './shifts.mjs'
import { at, dateOf, days, isWorkday, millis, to } from './time.mjs'

const api = { type: 'api', id: 'api_3Fq8VtLmN2xKpR7wJcYd', name: 'tracking' }
const deploy = { type: 'rootkey', id: 'key_5WnXb2TqRz8YkVh3MsPd', name: 'CI/CD production deploy' }
const rogue = { type: 'rootkey', id: 'key_9GtLxQ4vBn7HcZp2KwRf', name: 'metrics-export' }
const staff = (person) => ({
  type: 'user',
  id: `user_${person.id.slice(0, 8)}${person.id.slice(-12)}`,
  name: person.email,
  meta: {}
})
const key = (dice, name) => ({ type: 'key', id: `key_${dice.base58(20)}`, name })
const role = { type: 'role', id: 'role_8RkPz3XcVb5NmQw2', name: 'admin' }
const permission = (name) => ({
  type: 'permission',
  id: `perm_${Buffer.from(name).toString('hex').slice(0, 16)}`,
  name
})

function entry(dice, time, actor, event, description, resources, ipAddress, userAgent, more = {}) {
  return {
    time,
    log: {
      auditLogId: `log_${dice.base58(22)}`,
      version: 'v1',
      time: millis(time),
      insertedAt: millis(time + dice.int(20, 900)),
      event,
      description,
      outcome: 'success',
      source: 'platform',
      actor,
      resources,
      context: { ipAddress, userAgent },
      ...more
    }
  }
}

/** Every change in the Unkey workspace, as the API's audit log lists it: oldest first. Reads are never logged, nor are failures. */
export function unkey() {
  const dice = random('unkey')
  const couriers = Array.from({ length: 60 }, (_, n) => key(dice, `courier-${String(n + 1).padStart(3, '0')}`))
  const entries = ascending(
    [...deployments(dice), ...requests(dice, couriers), ...incident(dice, couriers)].filter(({ time }) => time < to)
  )
  return {
    'unkey/audit-logs.json': JSON.stringify({
      meta: { requestId: `req_${dice.base58(16)}` },
      data: entries.map(({ log }) => log),
      pagination: { hasMore: false }
    })
  }
}

const go = 'unkey-go/2.5.1'

/** The build server makes a short-lived key for each release, and removes the one before. */
const deployments = (dice) =>
  days.filter(isWorkday).flatMap((midnight) =>
    Array.from({ length: dice.int(1, 3) }, () => {
      const time = midnight + dice.int(8 * 3600, 16 * 3600) * 1000 + dice.int(0, 999)
      const release = key(dice, `release-${dateOf(midnight)}-${dice.hex(4)}`)
      const more = { correlationId: `corr_${dice.hex(12)}` }
      return [
        entry(dice, time, deploy, 'key.create', `Created ${release.id}`, [release, api], machines.runner, go, more),
        entry(
          dice,
          time + 212,
          deploy,
          'authorization.connect_permission_and_key',
          `Connected shipments.read and ${release.id}`,
          [permission('shipments.read'), release],
          machines.runner,
          go,
          more
        ),
        entry(dice, time + 940_000, deploy, 'key.delete', `Deleted ${release.id}`, [release, api], machines.runner, go)
      ]
    }).flat()
  )

/** Developers renew and limit the couriers' keys. */
const requests = (dice, couriers) =>
  shifts
    .filter(({ person }) => person.apps.includes('Unkey') && dice.chance(0.45))
    .map((shift) => {
      const target = dice.pick(couriers)
      const by = [staff(shift.person), shift.address, shift.agent]
      const time = moment(shift, dice)
      const until = `${dateOf(time + 90 * 86_400_000)}T00:00:00.000Z`
      return dice.pick([
        () =>
          entry(
            dice,
            time,
            by[0],
            'key.update',
            `Changed expiration of ${target.id} to ${until}`,
            [{ ...target, meta: { expires: until } }, api],
            by[1],
            by[2]
          ),
        () =>
          entry(
            dice,
            time,
            by[0],
            'ratelimit.set_override',
            `Set ratelimit override for ${target.name}`,
            [
              {
                type: 'ratelimitOverride',
                id: `rlor_${dice.base58(12)}`,
                name: target.name,
                meta: { limit: dice.int(2, 20) * 50, duration: 60_000 }
              }
            ],
            by[1],
            by[2]
          ),
        () => entry(dice, time, by[0], 'key.reroll', `Rerolled key ${target.id}`, [target, api], by[1], by[2])
      ])()
    })

/** A root key: made, widened three times, used from another continent to delete 34 couriers' keys in 17 minutes, revoked. */
function incident(dice, couriers) {
  const by = (person, address, agent) => (clock, event, description, resources) =>
    entry(dice, at(`2026-11-05 ${clock}`), staff(person), event, description, resources, address, agent)
  const mara = by(who.mara, intruder.hand, intruder.agent)
  const zoe = by(who.zoe, who.zoe.homes[0], who.zoe.agent)
  const asKey = { ...rogue, type: 'key' }
  const spare = key(dice, 'metrics-export-2')
  const script = (time, event, description, resources) =>
    entry(dice, time, rogue, event, description, resources, intruder.script, intruder.tool)
  const first = at('2026-11-05 10:45:03')
  return [
    mara('09:20:14.288', 'key.create', `Created root key ${rogue.id}`, [asKey]),
    mara('09:22:05.761', 'authorization.connect_permission_and_key', `Connected api.*.read_key and ${rogue.id}`, [
      permission('api.*.read_key'),
      asKey
    ]),
    mara('09:27:48.094', 'key.update', `Changed expiration of ${rogue.id} to never`, [
      { ...asKey, meta: { expires: null } }
    ]),
    mara('09:31:30.517', 'authorization.connect_permission_and_key', `Connected api.*.delete_key and ${rogue.id}`, [
      permission('api.*.delete_key'),
      asKey
    ]),
    mara('09:33:12.940', 'authorization.connect_role_and_key', `Connected role admin and ${rogue.id}`, [role, asKey]),
    script(at('2026-11-05 09:36:20.101'), 'key.create', `Created ${spare.id}`, [spare, api]),
    script(at('2026-11-05 09:36:21.455'), 'ratelimitNamespace.update', 'Updated rate limit namespace tracking', [
      { type: 'ratelimitNamespace', id: 'rlns_6Yb4TzQm', name: 'tracking', meta: { limit: 100000 } }
    ]),
    ...couriers
      .slice(0, 34)
      .map((target, n) =>
        script(first + n * 30_100 + dice.int(0, 2500), 'key.delete', `Deleted ${target.id}`, [target, api])
      ),
    mara('11:04:50.620', 'ratelimit.set_override', 'Set ratelimit override for metrics-export', [
      {
        type: 'ratelimitOverride',
        id: 'rlor_H3vT8nWq2LmX',
        name: 'metrics-export',
        meta: { limit: 100000, duration: 1000 }
      }
    ]),
    entry(
      dice,
      at('2026-11-05 10:34:02.318'),
      staff(who.mara),
      'ratelimit.set_override',
      'Set ratelimit override for courier-051',
      [
        {
          type: 'ratelimitOverride',
          id: 'rlor_B5kX2zDq7RtY',
          name: 'courier-051',
          meta: { limit: 300, duration: 60_000 }
        }
      ],
      office,
      who.mara.agent
    ),
    zoe('11:32:41.190', 'authorization.disconnect_role_and_key', `Disconnected role admin and ${rogue.id}`, [
      role,
      asKey
    ]),
    zoe('11:33:05.846', 'key.delete', `Deleted root key ${rogue.id}`, [asKey]),
    zoe('11:33:59.312', 'key.delete', `Deleted ${spare.id}`, [spare, api]),
    zoe('11:36:14.577', 'ratelimit.delete_override', 'Deleted ratelimit override for metrics-export', [
      { type: 'ratelimitOverride', id: 'rlor_H3vT8nWq2LmX', name: 'metrics-export' }
    ]),
    ...couriers
      .slice(0, 34)
      .map((target, n) =>
        entry(
          dice,
          at('2026-11-05 13:10:00') + n * 4100 + dice.int(0, 900),
          staff(who.tomasz),
          'key.create',
          `Created replacement for ${target.id}`,
          [key(dice, target.name), api],
          who.tomasz.homes[0],
          who.tomasz.agent
        )
      )
  ]
}
