// Within single quotes a shell takes everything as it stands, but for the quote itself.
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The command that lists what is on screen. */
export const searchCommand = (text: string, folder: string): string =>
  `spoor search ${quoted(text)} --case ${quoted(folder)}`
