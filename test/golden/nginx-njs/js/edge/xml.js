// JSON as XML: members become elements of their names, items <item>, all of it in <response>.
import json from 'edge/json.js';

const elementName = /^(?!xml)[A-Za-z_][A-Za-z0-9_.-]*$/i;
const touched = /[&<>"'\x00-\x1f\ufffe\uffff]/;

// White space as references, or a parser would make other of it.
const asXml = [
    ['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ["'", '&apos;'],
    ['\t', '&#9;'], ['\n', '&#10;'], ['\r', '&#13;'],
];

// Characters that XML 1.0 does not have in any notation.
const absent = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

function escaped(text) {
    // Once over a text costs no more than its length; it is one for each match that would.
    if (!touched.test(text)) { return text; }
    let out = asXml.reduce((made, pair) => json.swap(made, pair[0], pair[1]), text);
    for (let found = absent.exec(out); found; found = absent.exec(out)) { out = json.swap(out, found[0], '\ufffd'); }
    return out;
}

function tagsOf(name) {
    return elementName.test(name)
        ? ['<' + name + '>', '</' + name + '>']
        : ['<entry name="' + escaped(name) + '">', '</entry>'];
}

// Throws SyntaxError where the bytes are no JSON.
function fromJson(bytes) {
    const read = json.pieces(bytes);
    const values = read.values;
    // Collected and joined: no memory is freed before the request ends, and each += would leave a copy behind.
    const out = ['<?xml version="1.0" encoding="UTF-8"?>\n<response>'];
    const known = Object.create(null);
    // Of every element that is open: its end tag, and whether what is in it are items.
    const ends = ['</response>\n'];
    const lists = [false];
    const begin = (tags) => {
        out.push(tags[0]);
        ends.push(tags[1]);
        lists.push(false);
    };
    const item = ['<item>', '</item>'];
    const beginValue = () => {
        if (lists[lists.length - 1]) { begin(item); }
    };
    const endValue = () => {
        out.push(ends.pop());
        lists.pop();
    };
    json.walk(read.outside, {
        open: (token) => {
            beginValue();
            lists[lists.length - 1] = token === '[';
        },
        close: endValue,
        bare: (token) => {
            beginValue();
            if (token !== 'null') { out.push(token); }
            endValue();
        },
        key: (n) => {
            const name = values[n];
            begin(known[name] || (known[name] = tagsOf(name)));
        },
        text: (n) => {
            beginValue();
            out.push(escaped(values[n]));
            endValue();
        },
    });
    return out.join('');
}

export default { fromJson, contentType: 'application/xml; charset=utf-8' };
