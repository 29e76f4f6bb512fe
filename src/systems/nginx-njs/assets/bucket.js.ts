export const bucketJs = `// A token bucket for every caller, in memory that all workers share. It is kept as one number: the time, in milliseconds,
// at which it will be full again.

// Fractions of a millisecond get lost in numbers of this size.
const grain = 0.01;

// Whoever was verified, or the address. The prefix keeps a consumer from sharing a bucket with an address.
function caller(r, per) {
    const consumer = per === 'consumer' && r.variables.consumer;
    return consumer ? 'consumer:' + consumer : 'address:' + r.remoteAddress;
}

// Takes a token. What is left then; empty where none was there, and empty is what nginx makes of an exception, too.
function take(r) {
    const line = policy.limits[r.variables.limit_line];
    const buckets = ngx.shared.buckets;
    const key = r.variables.limit_line + ':' + caller(r, line.per);
    const perToken = 1000 / line.rate;
    const whole = line.burst * perToken;
    const now = Date.now();
    // Added and read in one step: no two workers take the same token.
    let full = buckets.incr(key, perToken, now);
    if (full - perToken < now) {
        // It had been full for a while, or was new.
        full = now + perToken;
        buckets.set(key, full);
    }
    const missing = full - now;
    if (missing > whole + grain) {
        buckets.incr(key, -perToken, now);
        r.variables.retry_after = String(Math.max(1, Math.ceil((missing - whole - grain) / 1000)));
        return '';
    }
    return String(Math.floor((whole - missing + grain) / perToken));
}

export default { take };
`
