/** How a query is written, by examples; each can be tried. */
export const queryExamples: readonly {
  readonly title: string
  readonly lines: readonly (readonly [text: string, about: string])[]
}[] = [
  {
    title: 'Words',
    lines: [
      ['deploy key', 'both words, anywhere in the event or its record'],
      ['"deploy key"', 'these words as they stand, in this order'],
      ['-grafana', 'not this word'],
      ['(alice or bob) and not login', 'and binds closer than or']
    ]
  },
  {
    title: 'Fields',
    lines: [
      ['user.name:alice', 'is alice, whatever the case of letters'],
      ['user.name="Alice"', 'exactly so'],
      ['user.name:(alice or bob or "Carol D.")', 'one of these'],
      ['event.action:delete*', '* any letters, ? one; \\* is the asterisk itself'],
      ['user.name:*', 'is present; -user.name:* is absent'],
      ['event.reason:/time(d )?out/', 'a regular expression; after = it heeds case']
    ]
  },
  {
    title: 'Addresses and numbers',
    lines: [
      ['source.ip:10.0.0.0/8', 'a block, IPv4 or IPv6; 10.0.* works too'],
      ['source.ip:[10.0.0.1 TO 10.0.0.99]', 'from one to another'],
      ['http.response.status_code:>=400', 'also >, <, <='],
      ['event.severity:{2 TO 5]', '[ ] with its end, { } without; * is open']
    ]
  },
  {
    title: 'Times',
    lines: [
      ['last 7 days', 'counted back from the newest event of the case'],
      ['yesterday', 'by the calendar of the zone shown; also today, this week, this month'],
      ['@timestamp:2026-03', 'a month; also 2026, 2026-03-09, 2026-03-09T09:41'],
      ['@timestamp:[2026-03-01 TO 2026-03-05]', 'the last day included'],
      ['@timestamp:>=now-24h', 'before now; s m h d w M y, /d for the whole day'],
      ['every monday at 9 in Europe/Berlin', 'an hour of the week']
    ]
  },
  {
    title: 'Anything in the record',
    lines: [
      ['record.context.username:bob', 'by the path in the record, in any list an element of it'],
      ['record.items[*].id:42', '[*] any element, [0] the first, * any key'],
      ['record."odd key"."a.b":x', 'keys with spaces or dots in quotes'],
      ['record.size:[1000 TO *]', 'numbers; true, false and null as they stand']
    ]
  },
  {
    title: 'Names and marks',
    lines: [
      ['names:alice', 'ids that a directory file calls so'],
      ['is:starred', 'what you starred; is:tagged, tag:exfil, comment:phish']
    ]
  }
]
