/** Which of several templates is meant, by media type. */
type Templates = Readonly<Record<string, string>>

/** Of a request: by its Content-Type, which is JSON where it names none. */
export function requestTemplate(templates: Templates, contentType: string | undefined): string | undefined {
  return own(templates, essence(contentType ?? 'application/json'))
}

/** Of an answer: the first that Accept names, else that for JSON, else the first there is. */
export function responseTemplate(templates: Templates, accept: string | undefined): string | undefined {
  const wanted = (accept ?? '').split(',').map(essence)
  const type = wanted.find((each) => Object.hasOwn(templates, each)) ?? 'application/json'
  return own(templates, type) ?? Object.values(templates)[0]
}

function own(templates: Templates, type: string): string | undefined {
  return Object.hasOwn(templates, type) ? templates[type] : undefined
}

function essence(type: string): string {
  return type.split(';')[0]!.trim().toLowerCase()
}
