import { documentElement, entryElement, itemElement } from '../../../../policy/features/transform/xml.ts'

/**
 * The mapping of policy/features/transform/xml.ts in Velocity, by the methods that strings have there (Java’s). The text
 * itself is rewritten, and never parsed: `$input.path` would make doubles of numbers. In single quotes nothing is
 * evaluated. Characters that have become free stand for what is known so far: `<…>` is a value or a name, `"…"` a tag.
 */
export const xmlTemplate = String.raw`## JSON as XML, by its text: numbers stay as the origin wrote them.
#set($t = $input.body.trim())
#if($t.startsWith('{') || $t.startsWith('['))
#set($context.responseOverride.header.Content-Type = 'application/xml; charset=utf-8')
## What XML gives a meaning to, and JSON's escapes. Characters that XML cannot have become U+FFFD.
#set($t = $t.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;'))
#set($t = $t.replaceAll('[\\]{2}', '&#92;').replaceAll('[\\]"', '&quot;').replaceAll('[\\]/', '/'))
#set($t = $t.replaceAll('[\\]n', '&#10;').replaceAll('[\\]r', '&#13;').replaceAll('[\\]t', '&#9;'))
#set($t = $t.replaceAll('[\\](?:[bf]|u(?:00(?:0[0-8bcefBCEF]|1[0-9a-fA-F])|[fF]{3}[efEF]))', '&#xFFFD;'))
#set($t = $t.replaceAll('(?:[\\]u[dD][89abAB][0-9a-fA-F]{2})?[\\]u[dD][89a-fA-F][0-9a-fA-F]{2}', '&#xFFFD;'))
#set($t = $t.replaceAll('[\\]u([0-9a-fA-F]{4})', '&#x$1;'))
## Every value in <...>, without white space between them. A string has an empty <> behind it until null is empty, too.
#set($t = $t.replaceAll('("[^"]*")|[ \t\n\r]+', '$1').replaceAll('("[^"]*")|([^"{}\[\],:]+)', '$1"$2"'))
#set($t = $t.replaceAll('"([^"]*)"', '<$1>').replaceAll('<null>(?!<)', '<>').replaceAll('(<[^<>]*>)<>', '$1'))
## What is structure gets a " in front; then the same characters in texts, which have none, become references.
#set($t = $t.replaceAll('(<[^<>]*>)|([{}\[\],:])', '$1"$2').replaceAll('>"', '>'))
#set($t = $t.replaceAll('(?<!")\{', '&#123;').replaceAll('(?<!")\}', '&#125;').replaceAll('(?<!"),', '&#44;'))
#set($t = $t.replaceAll('(?<!")\[', '&#91;').replaceAll('(?<!")\]', '&#93;').replaceAll('(?<!"):', '&#58;'))
#set($t = $t.replaceAll('"', ''))
## Names that XML does not allow.
#set($t = $t.replaceAll('<(?!(?![xX][mM][lL])[A-Za-z_][A-Za-z0-9_.-]*>)([^<>]*)>:', "<${entryElement} name='$1'>:"))
## Members and items without members of their own, as "name"text"/name".
#set($t = $t.replaceAll('<([^<> ]+)([^<>]*)>:<([^<>]*)>', '"$1$2"$3"/$1"'))
#set($t = $t.replaceAll('(?<=[\[,])<([^<>]*)>(?=[,\]])', '"${itemElement}"$1"/${itemElement}"'))
## The innermost objects and arrays, level by level.
#foreach($level in [1..20])
#set($t = $t.replaceAll('<([^<> ]+)([^<>]*)>:[{\[]([^{}\[\]]*)[}\]]', '"$1$2"$3"/$1"'))
#set($t = $t.replaceAll('(?<=[\[,])[{\[]([^{}\[\]]*)[}\]]', '"${itemElement}"$1"/${itemElement}"'))
#end
#set($t = $t.replaceAll('^[{\[]([^{}\[\]]*)[}\]]$', '"${documentElement}"$1"/${documentElement}"'))
#set($t = $t.replaceAll(',', '').replaceAll('"([^"]*)"', '<$1>'))
#set($t = $t.replaceAll('&#44;', ',').replaceAll('&#58;', ':').replaceAll('&#123;', '{').replaceAll('&#125;', '}'))
#set($t = $t.replaceAll('&#91;', '[').replaceAll('&#93;', ']'))
#end
$t`
