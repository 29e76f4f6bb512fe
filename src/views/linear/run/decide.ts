/** The same questions one after another, then the decision. Every answer is kept as it is given. */
import { decide } from '../../../comparison/findings/choice/decision/decide.ts'
import { decisionDocument } from '../../../comparison/findings/choice/decision/document.ts'
import { usualTerms } from '../../../prices/terms.ts'
import type { FinishedRun } from '../../services.ts'
import { decisionLines } from '../../text/summary/decision.ts'
import { firstPriorities, questionsOf } from '../../words/decision-questions.ts'
import { agrees, choose, sayText, sayTitle } from '../dialogue.ts'
import type { LinearApp } from '../linear-app.ts'

export async function decideScreen({ services, dialogue }: LinearApp, run: FinishedRun): Promise<void> {
  let priorities = (await services.lastPriorities()) ?? firstPriorities
  for (const [at] of questionsOf(priorities).entries()) {
    const { asked, answers, givenWords } = questionsOf(priorities)[at]!
    sayTitle(dialogue, asked)
    sayText(dialogue, `So far: ${givenWords}.`)
    const chosen = await choose(
      dialogue,
      answers.map(({ words }) => ({ label: words, detail: '' })),
    )
    if (chosen === null) return
    priorities = answers[chosen]!.taken
    await services.rememberPriorities(priorities)
  }
  if (priorities.must.length === 0) {
    sayText(dialogue, 'Something has to be a must.')
    return
  }
  const { record } = run.model
  const document = decisionDocument(record, decide(record, priorities, usualTerms), usualTerms)
  dialogue.say(['', ...decisionLines(document, dialogue.text)])
  if (!(await agrees(dialogue, 'Write it beside the run, as Markdown and HTML?'))) return
  sayText(dialogue, ...(await services.keepDecision(run.folder, priorities)))
}
