-- Path and query as the client sent them.
function envoy_on_request(handle)
    local headers = handle:headers()
    headers:replace(":path", headers:get("x-edge-uri"))
    headers:remove("x-edge-uri")
end
