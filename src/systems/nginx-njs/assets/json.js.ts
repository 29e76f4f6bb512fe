export const jsonJs = String.raw`// JSON text as its pieces, without making values of it: numbers, the order of members, duplicates and escapes stay what the
// origin wrote. Only split and join replace anything in long text: each match of a regular expression would look at all
// that is left of it again.

// Of open arrays and objects.
const deepest = 512;

// Raw control characters are no JSON, so that two of them can stand for what ends no string.
const backslash = '\x01';
const quote = '\x02';

const bare = /^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)$/;

function refuse(why) {
    throw new SyntaxError('the origin\'s answer is not JSON: ' + why);
}

// replaceAll, which older versions do not have.
function swap(text, from, to) {
    return text.indexOf(from) < 0 ? text : text.split(from).join(to);
}

function textOf(bytes) {
    const text = bytes.toString();
    // What was no UTF-8 is U+FFFD now.
    if (text.indexOf('\ufffd') >= 0 && !Buffer.from(text).equals(bytes)) { refuse('bytes that are no UTF-8'); }
    if (text.indexOf(backslash) >= 0 || text.indexOf(quote) >= 0) { refuse('a control character'); }
    return text;
}

// What stands outside of strings, and the strings as they are written; one is between every two of the others.
function pieces(bytes) {
    const parts = swap(swap(textOf(bytes), '\\\\', backslash), '\\"', quote).split('"');
    if (parts.length % 2 === 0) { refuse('a string without an end'); }
    const outside = [];
    const inside = [];
    for (let i = 0; i < parts.length; i += 1) { (i % 2 === 0 ? outside : inside).push(parts[i]); }
    const written = swap(swap(inside.join('","'), backslash, '\\\\'), quote, '\\"');
    // All strings by one call of what reads JSON natively.
    const values = inside.length === 0 ? [] : JSON.parse('["' + written + '"]');
    return { outside, written: written.split('","'), values };
}

// Each of { } [ ] , : and what stands between them and white space. A loop over characters: what is outside of strings may
// be long, too (a list of numbers), and a loop takes no longer than that.
function tokensOf(text) {
    const tokens = [];
    const length = text.length;
    let from = -1;
    for (let at = 0; at < length; at += 1) {
        switch (text.charCodeAt(at)) {
        case 0x20: case 0x0a: case 0x0d: case 0x09:
            if (from >= 0) { tokens.push(text.slice(from, at)); }
            from = -1;
            break;
        case 0x2c: case 0x3a: case 0x7b: case 0x7d: case 0x5b: case 0x5d:
            if (from >= 0) { tokens.push(text.slice(from, at)); }
            from = -1;
            tokens.push(text[at]);
            break;
        default:
            if (from < 0) { from = at; }
        }
    }
    if (from >= 0) { tokens.push(text.slice(from)); }
    return tokens;
}

// Calls writer.open(token), close(token), bare(token) for numbers, true, false and null, key(n) and text(n) for the string
// with this number. Takes the white space out of the pieces. Throws where they are no JSON (RFC 8259).
function walk(outside, writer) {
    const known = Object.create(null);
    const closing = [];
    let expected = 'value';
    const wants = (one, other) => expected === one || expected === other;
    for (let n = 0; n < outside.length; n += 1) {
        const text = outside[n];
        // Most pieces occur again and again.
        const tokens = known[text] || (known[text] = tokensOf(text));
        outside[n] = tokens.join('');
        for (let t = 0; t < tokens.length; t += 1) {
            const token = tokens[t];
            if (token === ',') {
                if (expected !== 'end' || closing.length === 0) { refuse(token); }
                expected = closing[closing.length - 1] === '}' ? 'key' : 'value';
            } else if (token === ':') {
                if (expected !== 'colon') { refuse(token); }
                expected = 'value';
            } else if (token === '{' || token === '[') {
                if (!wants('value', 'first value') || closing.length === deepest) { refuse(token); }
                closing.push(token === '{' ? '}' : ']');
                expected = token === '{' ? 'first key' : 'first value';
                writer.open(token);
            } else if (token === '}' || token === ']') {
                if (expected !== 'end' && !wants('first key', 'first value')) { refuse(token); }
                if (closing.pop() !== token) { refuse(token); }
                expected = 'end';
                writer.close(token);
            } else {
                if (!wants('value', 'first value') || !bare.test(token)) { refuse(token); }
                expected = 'end';
                writer.bare(token);
            }
        }
        if (n === outside.length - 1) { break; }
        if (wants('key', 'first key')) {
            expected = 'colon';
            writer.key(n);
        } else if (wants('value', 'first value')) {
            expected = 'end';
            writer.text(n);
        } else {
            refuse('"');
        }
    }
    if (expected !== 'end' || closing.length > 0) { refuse('it ends too early'); }
}

export default { pieces, walk, swap };
`
