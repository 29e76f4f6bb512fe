// Makes the representation that was asked for of what the origin says, as it passes. An exception ends the connection to
// the outer server before anything was sent, which answers 502.
import compact from 'edge/compact.js';
import xml from 'edge/xml.js';

const representations = { xml: xml, 'compact-json': compact };

// A megabyte takes half a second, in which the worker serves nobody else, and twenty of memory.
const largest = 2 * 1024 * 1024;

// They speak of the origin's bytes, not of those that are sent.
const ofTheBytes = ['Content-Length', 'ETag', 'Last-Modified', 'Accept-Ranges', 'Content-MD5', 'Digest'];

let wanted;
let received;
let size;

function checkSize(bytes) {
    if (bytes > largest) { throw new Error('the origin\'s answer is larger than 2 MB'); }
}

function isJson(headers) {
    const mediaType = String(headers['Content-Type']).split(';')[0].trim().toLowerCase();
    return mediaType === 'application/json' && !headers['Content-Encoding'];
}

function header(r) {
    // njs runs modules anew for each request; QuickJS keeps them, with what the last one left.
    received = [];
    size = 0;
    wanted = representations[r.variables.http_x_edge_representation];
    if (r.status !== 200 || !isJson(r.headersOut)) { wanted = undefined; }
    if (!wanted) { return; }
    checkSize(Number(r.headersOut['Content-Length']));
    ofTheBytes.forEach((name) => { delete r.headersOut[name]; });
    r.headersOut['Content-Type'] = wanted.contentType;
    if (r.method === 'HEAD') { wanted = undefined; }
}

// Bytes, not strings: a character may begin in one piece and end in the next.
function body(r, data, flags) {
    if (!wanted) {
        r.sendBuffer(data, flags);
        return;
    }
    size += data.length;
    checkSize(size);
    received.push(data);
    if (flags.last) { r.sendBuffer(wanted.fromJson(Buffer.concat(received)), flags); }
}

export default { header, body };
