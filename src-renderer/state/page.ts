/** What the window shows, by the name of its page. */
export type Page =
  | 'explore'
  | 'charts'
  | 'map'
  | 'compare'
  | 'evidence'
  | 'coverage'
  | 'connections'
  | 'sources'
  | 'sql'
