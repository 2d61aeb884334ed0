/** The statement being written; it outlives a visit to another page. */
export const sqlDraft = $state({
  text: 'SELECT "user.name", "event.action", count(*) AS events\nFROM event\nGROUP BY ALL\nORDER BY events DESC'
})
