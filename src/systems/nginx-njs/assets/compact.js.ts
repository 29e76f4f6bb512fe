export const compactJs = `// The same JSON without the white space between its tokens.
import json from 'edge/json.js';

function nothing() {}
const readsOnly = { open: nothing, close: nothing, bare: nothing, key: nothing, text: nothing };

// Throws SyntaxError where the bytes are no JSON.
function fromJson(bytes) {
    const read = json.pieces(bytes);
    json.walk(read.outside, readsOnly);
    const out = [];
    for (let n = 0; n < read.outside.length; n += 1) {
        if (n > 0) { out.push(read.written[n - 1]); }
        out.push(read.outside[n]);
    }
    return out.join('"');
}

export default { fromJson, contentType: 'application/json; charset=utf-8' };
`
