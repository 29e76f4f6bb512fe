-- Who is asking: the holder of the key that was sent, or 401 for nobody.
local lines = require("edge.policy").keys
local refuse = require "edge.refuse"

local keys = {}

-- A table lookup compares every byte, case included.
function keys.check(index)
    local line = lines[index]
    local sent = ngx.var[line.variable]
    local consumer = sent and line.consumers[sent]
    if consumer then
        ngx.var.consumer = consumer
        return
    end
    ngx.header["WWW-Authenticate"] = 'ApiKey realm="edge"'
    local reason = (sent == nil or sent == "") and "missing key" or "unknown key"
    return refuse(401, '{"error":"unauthorized","reason":"' .. reason .. '"}')
end

return keys
