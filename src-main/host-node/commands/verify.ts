import { type Command, caseOption, jsonOption } from '../command'
import { withCase } from '../session'
import { table } from '../table'

export default {
  usage: '--case <folder>',
  about:
    'Whether everything in a case is still as it was: the evidence by its hashes, the chain of custody, the books.',
  options: { case: caseOption, json: jsonOption },
  notes: 'Exits with 3 when it finds a difference.',
  async run(call) {
    const result = await withCase(call.need('case'), (engine) => engine.verify())
    const { out, err, columns } = call.terminal
    if (call.has('json')) await out(`${JSON.stringify(result)}\n`)
    else {
      const rows = result.checks.map(({ what, clean, found }) => [clean ? 'ok' : 'DIFFERS', what, found])
      await out(table([{ title: '' }, { title: 'Checked' }, { title: 'Found' }], rows, columns))
    }
    err(result.clean ? 'Everything is as it was.' : 'Something differs; see the lines marked DIFFERS.')
    return result.clean ? 0 : 3
  }
} satisfies Command as Command
