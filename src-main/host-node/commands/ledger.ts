import { type Command, caseOption, jsonOption } from '../command'
import { ledgerJson } from '../ledger-json'
import { ledgerNotes, ledgerText } from '../ledger-text'
import { printable } from '../printable'
import { withCase } from '../session'

export default {
  usage: '--case <folder>',
  about: 'What was read into a case, file by file: records = events + undated + unreadable + blank.',
  options: { case: caseOption, json: jsonOption },
  async run(call) {
    const lines = await withCase(call.need('case'), (engine) => engine.ledger())
    const { out, err, columns } = call.terminal
    const seconds = lines.reduce((sum, line) => sum + line.seconds, 0)
    await out(call.has('json') ? `${JSON.stringify(ledgerJson(lines, seconds))}\n` : ledgerText(lines, columns))
    for (const note of ledgerNotes(lines)) err(printable(note))
    return 0
  }
} satisfies Command as Command
