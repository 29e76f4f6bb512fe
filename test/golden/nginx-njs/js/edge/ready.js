import keys from 'edge/keys.js';
import bucket from 'edge/bucket.js';
import json from 'edge/json.js';
import compact from 'edge/compact.js';
import xml from 'edge/xml.js';
import transform from 'edge/transform.js';

function answer(r) {
    const mustHold = [
        keys.holder,
        bucket.take,
        ngx.shared.buckets,
        transform.header,
        transform.body,
        xml.fromJson(Buffer.from('{"a":[1]}')),
        compact.fromJson(Buffer.from('{"a":[1]}')),
    ];
    r.return(mustHold.every(Boolean) ? 204 : 500);
}

export default { answer };
