/**
 * Commands as this copy of EdgeLab is called: what a person is told to type works where it is pasted. Texts say
 * `edgelab …`; the launcher tells how it was started.
 */

/** The name before a verb or an option. */
const command =
  /(?<![\w/.-])edgelab (?=(?:-|run|lab|report|decide|compare|list|matrix|config|export|import|get|images|doctor|clean|host|join|<command>)(?![a-z]))/g

/** `edgelab lab 1` → `npm start -- lab 1` where the launcher says that it was started so. */
export function asTyped(text: string, call = process.env['EDGELAB_CALLED_BY']): string {
  return call ? text.replace(command, `${call} `) : text
}
