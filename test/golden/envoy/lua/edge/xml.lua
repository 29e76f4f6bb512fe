-- JSON as XML: members become elements of their names, items <item>, all of it in <response>.
local json = require "edge.json"
local buffer = require "string.buffer"
local ffi = require "ffi"

local out = buffer.new()
-- Where names are written before they become tags.
local name_out = buffer.new()

local replacement = "\239\191\189"

-- Every ASCII character as XML writes it, in text and in attributes. XML 1.0 has no way to write control characters,
-- not even as references: they become U+FFFD. White space as references, or a parser would make other of it.
local as_xml = {}
for byte = 0, 127 do as_xml[byte] = byte < 32 and replacement or string.char(byte) end
as_xml[0x26], as_xml[0x3c], as_xml[0x3e] = "&amp;", "&lt;", "&gt;"
as_xml[0x22], as_xml[0x27] = "&quot;", "&apos;"
as_xml[0x09], as_xml[0x0a], as_xml[0x0d] = "&#9;", "&#10;", "&#13;"

local function put_code(into, code)
    local tail = 0x80 + code % 64
    if code < 0x80 then
        into:put(as_xml[code])
    elseif code < 0x800 then
        into:put(string.char(0xc0 + math.floor(code / 64), tail))
    elseif code >= 0xd800 and code <= 0xdfff or code == 0xfffe or code == 0xffff then
        into:put(replacement)
    elseif code < 0x10000 then
        into:put(string.char(0xe0 + math.floor(code / 4096), 0x80 + math.floor(code / 64) % 64, tail))
    else
        into:put(string.char(
            0xf0 + math.floor(code / 262144), 0x80 + math.floor(code / 4096) % 64,
            0x80 + math.floor(code / 64) % 64, tail))
    end
end

local function hex_digit(byte)
    if byte <= 0x39 then return byte - 0x30 end
    return byte % 32 + 9
end

local function hex(at, p)
    return hex_digit(at[p]) * 4096 + hex_digit(at[p + 1]) * 256 + hex_digit(at[p + 2]) * 16 + hex_digit(at[p + 3])
end

local short = { [0x62] = 0x08, [0x66] = 0x0c, [0x6e] = 0x0a, [0x72] = 0x0d, [0x74] = 0x09 }

-- The character behind a backslash, and the place behind it. Half of a surrogate pair stays one.
local function escaped_code(at, p)
    local letter = at[p]
    if letter ~= 0x75 then return short[letter] or letter, p + 1 end
    local code = hex(at, p + 1)
    p = p + 5
    if code >= 0xd800 and code <= 0xdbff and at[p] == 0x5c and at[p + 1] == 0x75 then
        local low = hex(at, p + 2)
        if low >= 0xdc00 and low <= 0xdfff then
            return 0x10000 + (code - 0xd800) * 0x400 + low - 0xdc00, p + 6
        end
    end
    return code, p
end

-- Bytes of a JSON string that cannot go to XML as they are: markup, the backslash, the first byte of U+FFFE.
local touched = ffi.new("bool[256]")
for byte in ("&<>'\"\\\239"):gmatch "." do touched[byte:byte()] = true end

-- The text of a JSON string, without its escapes and with those of XML.
local function put_text(into, at, from, to)
    local p = from
    while p < to do
        local untouched = p
        while p < to and not touched[at[p]] do p = p + 1 end
        if p > untouched then into:putcdata(at + untouched, p - untouched) end
        if p < to then
            local byte = at[p]
            if byte == 0x5c then
                local code
                code, p = escaped_code(at, p + 1)
                put_code(into, code)
            elseif byte == 0xef then
                if at[p + 1] == 0xbf and at[p + 2] >= 0xbe then
                    into:put(replacement)
                else
                    into:putcdata(at + p, 3)
                end
                p = p + 3
            else
                into:put(as_xml[byte])
                p = p + 1
            end
        end
    end
end

-- The tags of a member: an element of its name where XML allows that.
local function tags_of(at, from, to)
    name_out:reset()
    put_text(name_out, at, from, to)
    local name = name_out:get()
    if name:find("^[%a_][%w_.-]*$") and name:sub(1, 3):lower() ~= "xml" then
        return { open = "<" .. name .. ">", close = "</" .. name .. ">" }
    end
    return { open = '<entry name="' .. name .. '">', close = "</entry>" }
end
local item = { open = "<item>", close = "</item>" }
local document = {
    open = '<?xml version="1.0" encoding="UTF-8"?>\n<response>', close = "</response>\n",
}

-- The tags of every element that is open, and those of the names met so far in this document.
local stack, depth, known
-- Arrays that are open: their values are items. Members bring their own tags.
local in_array

local function begin_value()
    if in_array[depth] then
        depth = depth + 1
        stack[depth] = item
        in_array[depth] = false
        out:put(item.open)
    end
end

local function end_value()
    out:put(stack[depth].close)
    depth = depth - 1
end

local writer = {
    key = function(at, from, to)
        local name = ffi.string(at + from, to - from)
        local tags = known[name]
        if not tags then
            tags = tags_of(at, from, to)
            known[name] = tags
        end
        depth = depth + 1
        stack[depth] = tags
        in_array[depth] = false
        out:put(tags.open)
    end,
    text = function(at, from, to, plain)
        begin_value()
        if plain then
            out:putcdata(at + from, to - from)
        else
            put_text(out, at, from, to)
        end
        end_value()
    end,
    bare = function(at, from, to)
        begin_value()
        if at[from] ~= 0x6e then out:putcdata(at + from, to - from) end
        end_value()
    end,
    open = function(byte)
        begin_value()
        in_array[depth] = byte == 0x5b
    end,
    close = function()
        in_array[depth] = false
        end_value()
    end,
    comma = function() end,
}

local xml = { content_type = "application/xml; charset=utf-8" }

-- The text, or nil and the place where the origin's answer is not JSON.
function xml.from_json(text)
    out:reset()
    stack, depth, known, in_array = { document }, 1, {}, { false }
    out:put(document.open)
    local well_formed, place = json.walk(text, writer)
    if not well_formed then return nil, place end
    return out:get()
end

return xml
