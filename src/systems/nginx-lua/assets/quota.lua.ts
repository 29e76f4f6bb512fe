export const quotaLua = `-- How much each consumer has in a day or a month, in memory that all workers share.
local lines = require("edge.policy").quotas
local refuse = require "edge.refuse"
local counts = ngx.shared.quotas

local quota = {}

-- The period of the calendar, in UTC: that is what the exclamation mark says.
local names = { day = "!%Y-%m-%d", month = "!%Y-%m" }

-- A count is of no use any more when its month is over.
local kept = 32 * 24 * 60 * 60

-- Seconds until the next period begins. Both times are read as local ones: the difference is the same.
local function left(period, now)
    local ends = { year = now.year, month = now.month, day = now.day, hour = 0 }
    if period == "day" then
        ends.day = now.day + 1
    else
        ends.month, ends.day = now.month + 1, 1
    end
    return os.time(ends) - os.time(now)
end

function quota.take(index)
    local line = lines[index]
    local consumer = ngx.var.consumer
    if not consumer or consumer == "" then return end
    local now = ngx.time()
    -- Added and read in one step: no two workers give away the same request.
    local count = counts:incr(index .. ":" .. os.date(names[line.period], now) .. ":" .. consumer, 1, 0, kept)
    if not count or count <= line.requests then return end
    ngx.header["Retry-After"] = left(line.period, os.date("!*t", now))
    return refuse(429, '{"error":"quota_exceeded"}')
end

return quota
`
