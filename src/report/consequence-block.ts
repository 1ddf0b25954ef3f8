import { severalOf } from '#report/challenge-block.ts'
import type { ReportGround } from '#report/report-ground.ts'
import { groupsOf, ranked } from '#report/tally.ts'
import type { ConsequencesBlock } from '#report/tree.ts'

/** Question 3: what should define priorities to come. */
export function consequencesBlock(ground: ReportGround): ConsequencesBlock {
  const { counted: { challenges, actions }, figures } = ground
  return {
    block: 'consequences',
    question: { say: 'report.question.3' },
    consequences: ranked(figures, { id: 'consequence', list: 'consequence', groups: groupsOf(challenges, severalOf('consequence')) }),
    lessons: figures.reports('lessons', actions.filter(({ content }) => content.kind === 'action' && content.lesson !== undefined)),
    findings: [],
    priorities: [],
  }
}
