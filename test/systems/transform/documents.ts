/** JSON that is easily spoilt, and JSON that is none. */

export const documents: readonly string[] = [
  '{ "list": [], "map": {}, "no": null, "yes": true, "not": false, "empty": "" }',
  '[ 12345678901234567, -0, 0.10, 1.0, 1e3, 1E+400, 3.141592653589793238 ]',
  '{ "nested": [ [ 1, [ 2 ] ], { "a": [ { "b": [] } ] } ], "after": 1 }',
  String.raw`{ "text": "<a href='x'>&amp;</a> \"q\" \\ \/ \u00e9 \uD83D\uDE00 é 😀 \t tab \n line \r back" }`,
  String.raw`{ "a b": 1, "1x": 2, "": 3, "xml": 4, "XmlThing": 5, "item": [1], "\u0061b": 6, "<&\">": 7, "é": 8 }`,
  '  [  ]  ',
  '"only text"',
  '\t42\n',
  'null',
  `${'['.repeat(90)}1${']'.repeat(90)}`,
]

/** Printed with indentation, about 64 KB. */
export const large = JSON.stringify(
  {
    products: Array.from({ length: 300 }, (_, n) => ({
      id: n,
      name: `Kettle <${n}> & “more”, 10" – ½`,
      tags: n % 3 === 0 ? [] : ['new', 'a\\b\n'],
      price: n / 7,
      stock: { here: n, there: null },
    })),
  },
  null,
  2,
)

export const brokenDocuments: readonly (string | Buffer)[] = [
  '',
  ' ',
  '{',
  '[1,]',
  '{"a":1,}',
  '{"a"}',
  '{a:1}',
  "{'a':1}",
  '[1 2]',
  '01',
  '1.',
  '-',
  '+1',
  '.5',
  '1e',
  'nul',
  'True',
  'NaN',
  '"a',
  '"a\nb"',
  String.raw`"\x"`,
  String.raw`"\u12g4"`,
  '[]]',
  '{}x',
  '[1]\0',
  '"\0"',
  '[}',
  '{"a":[}',
  '{1:2}',
  '/**/{}',
  Buffer.from([0x22, 0xff, 0x22]),
  Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
  Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
  Buffer.from([0x22, 0xe2, 0x82]),
  '\ufeff{}',
  '['.repeat(600) + ']'.repeat(600),
]
