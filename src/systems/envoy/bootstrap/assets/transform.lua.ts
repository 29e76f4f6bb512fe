/** Runs on the answers of one route; which representation it makes, the route says. */
export const transformLua = `-- Makes XML or compact JSON of the origin's JSON. It waits for the whole body before anything is sent: so a broken one can
-- still become a 502.
local representations = { xml = require "edge.xml", ["compact-json"] = require "edge.compact" }

-- They speak of the origin's bytes, not of those that are sent.
local of_the_bytes = { "etag", "last-modified", "accept-ranges", "content-md5", "digest" }

local function is_json(headers)
    local media_type = (headers:get("content-type") or ""):lower():match("^%s*([^;%s]*)")
    return media_type == "application/json" and not headers:get("content-encoding")
end

local function answer(handle, content_type, text)
    -- Anew: what was taken before the body came is no longer valid.
    handle:headers():replace("content-type", content_type)
    handle:body(true):setBytes(text)
end

-- An answer does not know what was asked.
function envoy_on_request(handle)
    handle:streamInfo():dynamicMetadata():set("edge.transform", "method", handle:headers():get(":method"))
end

function envoy_on_response(handle)
    local headers = handle:headers()
    local representation = representations[handle:filterContext():get("representation")]
    if headers:get(":status") ~= "200" or not is_json(headers) then return end
    for _, name in ipairs(of_the_bytes) do headers:remove(name) end
    if handle:streamInfo():dynamicMetadata():get("edge.transform")["method"] == "HEAD" then
        -- How long the other representation would be, nobody knows without making it.
        headers:remove("content-length")
        headers:replace("content-type", representation.content_type)
    else
        local body = handle:body(true)
        local text, place = representation.from_json(body:getBytes(0, body:length()))
        if text then return answer(handle, representation.content_type, text) end
        handle:logWarn("the origin's answer is not JSON from byte " .. place .. " on")
        handle:headers():replace(":status", "502")
        answer(handle, "application/json", '{"error":"bad_gateway"}')
    end
end
`
