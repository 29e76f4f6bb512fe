export const keysJs = `// Who is asking: the holder of the key that was sent; empty for nobody.
function holder(r) {
    const line = policy.keys[r.variables.key_line];
    const sent = r.headersIn[line.header];
    // Own members only: every object has a "constructor", too. Of a header that came twice njs makes one text, which is
    // nobody's key.
    return Object.prototype.hasOwnProperty.call(line.consumers, sent) ? line.consumers[sent] : '';
}

export default { holder };
`
