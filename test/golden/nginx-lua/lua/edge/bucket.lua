-- A token bucket for every caller, in memory that all workers share.
local lines = require("edge.policy").limits
local refuse = require "edge.refuse"
local buckets = ngx.shared.buckets

local bucket = {}

-- Whoever was verified, or the address. The prefix keeps a consumer from sharing a bucket with an address.
local function caller(per)
    local consumer = per == "consumer" and ngx.var.consumer
    if consumer and consumer ~= "" then return "consumer:" .. consumer end
    return "address:" .. ngx.var.remote_addr
end

-- Time is in milliseconds, the grain of nginx's clock. Nothing yields between reading and
-- writing: with one worker no request comes in between.
function bucket.take(index)
    local line = lines[index]
    local key = index .. ":" .. caller(line.per)
    local now = math.floor(ngx.now() * 1000 + 0.5)
    local tokens = line.burst
    local kept = buckets:get(key)
    if kept then
        local space = kept:find(" ", 1, true)
        local since = now - tonumber(kept:sub(space + 1))
        tokens = math.min(tokens, tonumber(kept:sub(1, space - 1)) + since * line.rate / 1000)
    end
    local passes = tokens >= 1
    if passes then
        tokens = tokens - 1
        -- Gone when it would be full again: a bucket that is not there is full.
        buckets:set(key, string.format("%.9f %d", tokens, now), (line.burst - tokens) / line.rate + 0.001)
    end
    ngx.header["RateLimit-Limit"] = line.burst
    ngx.header["RateLimit-Remaining"] = math.floor(tokens)
    if passes then return end
    ngx.header["Retry-After"] = math.max(1, math.ceil((1 - tokens) / line.rate))
    return refuse(429, '{"error":"rate_limited"}')
end

return bucket
