import type { Lab } from '../../../labs/file/lab.ts'
import type { ProjectorView } from '../../../workshop/projector/projector-view.ts'
import { projectorScript, projectorStyle } from './projector-assets.ts'
import { projectorModel } from './projector-model.ts'
import { projectorAssets, projectorContent, projectorPage } from './projector-page.tsx'

/** The projector of a workshop that goes through these labs. */
export function projectorView(labs: readonly Lab[]): ProjectorView {
  return {
    assets: {
      [projectorAssets.script]: { type: 'text/javascript; charset=utf-8', text: projectorScript },
      [projectorAssets.style]: { type: 'text/css; charset=utf-8', text: projectorStyle },
    },
    page: (seen) => projectorPage(projectorModel(seen, labs)),
    update: (seen) => {
      const model = projectorModel(seen, labs)
      return { title: model.title, html: projectorContent(model) }
    },
  }
}
