import { cacheStatusHeader } from '../../../policy/policy.ts'

/** For pre-function and post-function, between which proxy-cache looks at an answer's headers. */
export const cacheLua = `-- What proxy-cache lacks of a shared cache (RFC 9111): a lifetime for answers that state none, and heed of Vary.
local cache = {}

-- Values of a header that was sent on several lines, in one.
local function joined(name)
    local value = kong.response.get_headers()[name]
    if type(value) == "table" then return table.concat(value, ",") end
    return value
end

local function has(directives, name)
    return (directives:lower():gsub("%s", "") .. ","):find("%f[%w]" .. name .. "%f[^%w]") ~= nil
end

-- Whether an answer varies by something that is not told apart. "known" has the names that are.
local function varies(known)
    for name in (joined("vary") or ""):lower():gmatch "[^,%s]+" do
        if not known[name] then return true end
    end
    return false
end

-- In header_filter, before proxy-cache: writes Cache-Control so that it decides rightly. "ttl" in seconds, 0 for none.
function cache.filling(ttl, known)
    return function()
        -- What the cache itself gives has been through this.
        if kong.response.get_source() ~= "service" then return end
        if varies(known) then return kong.response.set_header("Cache-Control", "no-store") end
        local said = joined("cache-control") or ""
        local states = has(said, "max%-age") or has(said, "s%-maxage") or kong.response.get_header("Expires")
        -- An answer with a cookie is one caller's by its look.
        if ttl == 0 or states or kong.response.get_header("Set-Cookie") then return end
        if has(said, "no%-store") or has(said, "no%-cache") or has(said, "private") then return end
        kong.response.set_header("Cache-Control", (said == "" and "" or said .. ", ") .. "max-age=" .. ttl)
    end
end

-- In header_filter, behind proxy-cache: its word in the words that every edge here uses.
function cache.tell()
    local status = kong.response.get_header("X-Cache-Status")
    if status then kong.response.set_header("${cacheStatusHeader}", status:upper()) end
end

return cache
`
