import { badGatewayBody } from '../../nginx-core/bad-gateway.ts'

export const transformLua = `-- Answers with what the origin says, in the representation that was asked for. It fetches the whole answer first (a
-- subrequest) instead of filtering the body as it passes: then status and length are not promised yet, and a broken
-- body can still become a 502.
local refuse = require "edge.refuse"

local representations = { xml = require "edge.xml", ["compact-json"] = require "edge.compact" }

local methods = {}
-- All that a subrequest can have.
for name in ("GET HEAD POST PUT PATCH DELETE OPTIONS PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK"):gmatch "%a+" do methods[name] = ngx["HTTP_" .. name] end

-- nginx sets these itself, for the body that is sent.
local of_the_connection = { connection = true, ["transfer-encoding"] = true, ["content-length"] = true }
-- They speak of the origin's bytes, not of those that are sent.
local of_the_bytes = { "ETag", "Last-Modified", "Accept-Ranges", "Content-MD5", "Digest" }

local function is_json(header)
    local media_type = tostring(header["Content-Type"] or ""):lower():match("^%s*([^;%s]*)")
    return media_type == "application/json" and not header["Content-Encoding"]
end

local transform = {}

function transform.answer()
    local method = methods[ngx.req.get_method()]
    if not method then return refuse(405, '{"error":"method_not_allowed"}') end
    -- Without it the subrequest would promise a body that never comes.
    ngx.req.read_body()
    local answer = ngx.location.capture("/__edge/origin", { method = method, always_forward_body = true })
    local head = method == ngx.HTTP_HEAD
    -- The origin's connection broke in the middle. (A HEAD has less than it announces, too.)
    if answer.truncated and not head then return refuse(502, '${badGatewayBody}') end

    local body = answer.body
    local representation = representations[ngx.var.http_x_edge_representation]
    local transforms = answer.status == 200 and representation and is_json(answer.header)
    if transforms and not head then
        local place
        body, place = representation.from_json(body)
        if not body then
            ngx.log(ngx.WARN, "the origin's answer is not JSON from byte ", place, " on")
            return refuse(502, '${badGatewayBody}')
        end
    end

    ngx.status = answer.status
    for name, value in pairs(answer.header) do
        if not of_the_connection[name:lower()] then ngx.header[name] = value end
    end
    if transforms then
        for _, name in ipairs(of_the_bytes) do ngx.header[name] = nil end
        ngx.header["Content-Type"] = representation.content_type
    end
    if head then
        -- How long the other representation would be, nobody knows without making it.
        if not transforms then ngx.header["Content-Length"] = answer.header["Content-Length"] end
        return ngx.send_headers()
    end
    if body ~= "" then
        ngx.header["Content-Length"] = #body
        ngx.print(body)
    end
end

return transform
`
