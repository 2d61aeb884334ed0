import { type Command, jsonOption } from '../command'
import { startEngine } from '../session'
import { table } from '../table'

export default {
  usage: '',
  about: 'What can be read and is recognised without being asked. Anything else in CSV or JSON is read by guessing.',
  options: { json: jsonOption },
  async run(call) {
    const sources = await startEngine().sources()
    const { out, columns } = call.terminal
    if (call.has('json')) await out(`${JSON.stringify({ sources })}\n`)
    else {
      const heads = [{ title: 'Source' }, { title: 'Title' }, { title: 'Vendor' }, { title: 'Reads' }]
      await out(
        table(
          heads,
          sources.map(({ id, title, vendor, reads }) => [id, title, vendor, reads]),
          columns
        )
      )
    }
    return 0
  }
} satisfies Command as Command
