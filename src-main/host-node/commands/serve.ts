import { type Command, caseOption, jsonOption, wholeNumber } from '../command'
import { startHost, untilInterrupted } from '../start-host'

export default {
  usage: '[--case <folder>] [--port n]',
  about: 'The application for a browser on this machine. Prints an address that opens it once; Ctrl-C ends it.',
  options: {
    case: caseOption,
    port: { type: 'string', value: '<n>', about: 'listen on this port of 127.0.0.1 (any free one)' },
    json: jsonOption
  },
  async run(call) {
    const folder = call.get('case')
    const host = await startHost({ port: wholeNumber(call, 'port', 0), commands: [], ...(folder && { folder }) })
    const url = host.newAddress()
    await call.terminal.out(call.has('json') ? `${JSON.stringify({ url, port: host.port })}\n` : `${url}\n`)
    call.terminal.err('Open the address in a browser on this machine; it works once. Ctrl-C ends.')
    await untilInterrupted(call.terminal)
    await host.close()
    return 0
  }
} satisfies Command as Command
