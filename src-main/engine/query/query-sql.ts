import type { Answer, Query } from '../../contract/query'
import { calendarAnswer } from './calendar-sql'
import { compareAnswer } from './compare-sql'
import { contextAnswer } from './context-sql'
import { countAnswer } from './count-sql'
import { coverageAnswer } from './coverage-sql'
import type { DeepRows } from './deep-rows'
import { distributionAnswer } from './distribution-sql'
import { facetsAnswer } from './facet-sql'
import { groupsAnswer } from './group-sql'
import { locateAnswer } from './locate-sql'
import { markCounts } from './marks-sql'
import { placesAnswer } from './places-sql'
import { rowsAnswer } from './rows-sql'
import type { Run } from './statement'
import { positionsAnswer, stepAnswer } from './step-sql'
import { timelineAnswer } from './timeline-sql'

/** Answers a query over the shown events; `run` runs each statement it takes, `deep` knows where rows of long listings stand. */
export function answer(query: Query, run: Run, deep: DeepRows): Promise<Answer> {
  switch (query.select) {
    case 'rows':
      return rowsAnswer(query, run, deep)
    case 'locate':
      return locateAnswer(query, run)
    case 'count':
      return countAnswer(query, run)
    case 'groups':
      return groupsAnswer(query, run)
    case 'facets':
      return facetsAnswer(query, run)
    case 'distribution':
      return distributionAnswer(query, run)
    case 'compare':
      return compareAnswer(query, run)
    case 'timeline':
      return timelineAnswer(query, run)
    case 'calendar':
      return calendarAnswer(query, run)
    case 'places':
      return placesAnswer(query, run)
    case 'marks':
      return markCounts(query.filter, run)
    case 'context':
      return contextAnswer(query, run)
    case 'coverage':
      return coverageAnswer(query, run)
    case 'step':
      return stepAnswer(query, run)
    case 'positions':
      return positionsAnswer(query, run)
  }
}
