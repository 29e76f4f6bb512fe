-- Makes XML or compact JSON of the origin's JSON, or of what the cache has kept of it.
local representations = { xml = require "edge.xml", ["compact-json"] = require "edge.compact" }

-- They speak of the origin's bytes, not of those that are sent.
local of_the_bytes = { "Content-Length", "ETag", "Last-Modified", "Accept-Ranges", "Content-MD5", "Digest" }

local transform = {}

-- The first offer that Accept names, in any case, unless with q=0.
function transform.chosen(offers, accept)
    for _, offer in ipairs(offers) do
        for range in accept:lower():gmatch "[^,]+" do
            local media_type, parameters = range:match "^%s*([^;%s]+)%s*(.*)$"
            local weight = parameters and (";" .. parameters):match ";%s*q%s*=%s*([%d.]+)"
            if media_type == offer[1] and (tonumber(weight) or 1) > 0 then return offer[2] end
        end
    end
end

-- Of a header that was sent on several lines.
local function joined(value)
    if type(value) == "table" then return table.concat(value, ",") end
    return value or ""
end

local function is_json()
    local media_type = (kong.response.get_header("Content-Type") or ""):lower():match("^%s*([^;%s]*)")
    return media_type == "application/json" and not kong.response.get_header("Content-Encoding")
end

function transform.choosing(offers)
    return function()
        -- Kong's own errors are as they are.
        if kong.response.get_status() ~= 200 then return end
        kong.response.add_header("Vary", "Accept")
        local representation = representations[transform.chosen(offers, joined(kong.request.get_headers()["accept"]))]
        if not representation or not is_json() then return end
        for _, name in ipairs(of_the_bytes) do kong.response.clear_header(name) end
        kong.response.set_header("Content-Type", representation.content_type)
        if kong.request.get_method() ~= "HEAD" then ngx.ctx.edge_representation = representation end
    end
end

-- get_raw_body holds back what comes until all of it is there.
function transform.convert()
    local representation = ngx.ctx.edge_representation
    local body = representation and kong.response.get_raw_body()
    if not body then return end
    local text, place = representation.from_json(body)
    -- Ends the connection: an answer that cannot be made is better not begun.
    if not text then error("the origin's answer is not JSON from byte " .. place .. " on") end
    kong.response.set_raw_body(text)
end

return transform
