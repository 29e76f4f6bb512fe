/** Before the cache: gives it another key than host, path and query. */
export const toKeyLua = `-- The cache takes path and query as its key. So the query is put aside and x-edge-key, which the route has set, takes its
-- place: not even the same key in another query can be somebody else's.
function envoy_on_request(handle)
    local headers = handle:headers()
    local uri = headers:get(":path")
    headers:replace("x-edge-uri", uri)
    headers:replace(":path", uri:match("^[^?]*") .. "?" .. headers:get("x-edge-key"))
    headers:remove("x-edge-key")
end
`

/** Behind it: the origin is asked for what the client asked for. */
export const fromKeyLua = `-- Path and query as the client sent them.
function envoy_on_request(handle)
    local headers = handle:headers()
    headers:replace(":path", headers:get("x-edge-uri"))
    headers:remove("x-edge-uri")
end
`
