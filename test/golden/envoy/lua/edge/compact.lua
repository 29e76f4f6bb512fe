-- The same JSON without the white space between its tokens.
local json = require "edge.json"
local buffer = require "string.buffer"

local out = buffer.new()

local function token(at, from, to)
    out:putcdata(at + from, to - from)
end

local writer = {
    -- With the quotes, which stand just outside.
    text = function(at, from, to) token(at, from - 1, to + 1) end,
    key = function(at, from, to)
        token(at, from - 1, to + 1)
        out:put(":")
    end,
    bare = token,
    open = function(byte) out:put(byte == 0x7b and "{" or "[") end,
    close = function(byte) out:put(byte == 0x7d and "}" or "]") end,
    comma = function() out:put(",") end,
}

local compact = { content_type = "application/json; charset=utf-8" }

-- The text, or nil and the place where the origin's answer is not JSON.
function compact.from_json(text)
    out:reset()
    local well_formed, place = json.walk(text, writer)
    if not well_formed then return nil, place end
    return out:get()
end

return compact
