-- Reads JSON text byte by byte and tells a writer what it meets. No values are made of it: numbers, the order of
-- members and empty arrays stay what the origin wrote. (cjson makes {} of [] and 1.2345678901235e+16 of
-- 12345678901234567.) Loops over bytes by FFI, which LuaJIT compiles; patterns it would interpret.
local ffi = require "ffi"

local json = { deepest = 512 }

local ordinary, quote, backslash, control, markup, beyond_ascii = 0, 1, 2, 3, 4, 5

-- What a byte means inside a string. markup: what XML would have to escape.
local kind = ffi.new("uint8_t[256]")
for byte = 0, 31 do kind[byte] = control end
for byte = 128, 255 do kind[byte] = beyond_ascii end
for byte in ("&<>'"):gmatch "." do kind[byte:byte()] = markup end
kind[0x22], kind[0x5c] = quote, backslash

local is_digit, is_hex, is_escape = ffi.new("bool[256]"), ffi.new("bool[256]"), ffi.new("bool[256]")
for byte in ("0123456789"):gmatch "." do is_digit[byte:byte()] = true end
for byte in ("0123456789abcdefABCDEF"):gmatch "." do is_hex[byte:byte()] = true end
for byte in ([["\/bfnrt]]):gmatch "." do is_escape[byte:byte()] = true end

-- The text ends with a NUL byte, as every Lua string does. No loop passes it, so none needs to know the length.

local function skip_space(at, p)
    local byte = at[p]
    while byte == 0x20 or byte == 0x0a or byte == 0x0d or byte == 0x09 do
        p = p + 1
        byte = at[p]
    end
    return p
end

-- Behind one character of more than one byte, or nil where it is not UTF-8 (RFC 3629).
local function behind_character(at, p)
    local first, second = at[p], at[p + 1]
    if first < 0xc2 or first > 0xf4 or second < 0x80 or second > 0xbf then return nil end
    if first < 0xe0 then return p + 2 end
    if at[p + 2] < 0x80 or at[p + 2] > 0xbf then return nil end
    if first < 0xf0 then
        if (first == 0xe0 and second < 0xa0) or (first == 0xed and second > 0x9f) then return nil end
        return p + 3
    end
    if at[p + 3] < 0x80 or at[p + 3] > 0xbf then return nil end
    if (first == 0xf0 and second < 0x90) or (first == 0xf4 and second > 0x8f) then return nil end
    return p + 4
end

-- From behind the opening quote to the closing one; nil where the string is broken. Then: is it plain, without escapes
-- and without anything that XML would have to escape?
local function string_end(at, p)
    local plain = true
    while true do
        while kind[at[p]] == ordinary do p = p + 1 end
        local what = kind[at[p]]
        if what == quote then
            return p, plain
        elseif what == backslash then
            plain = false
            if at[p + 1] == 0x75 then
                if not (is_hex[at[p + 2]] and is_hex[at[p + 3]] and is_hex[at[p + 4]] and is_hex[at[p + 5]]) then
                    return nil
                end
                p = p + 6
            elseif is_escape[at[p + 1]] then
                p = p + 2
            else
                return nil
            end
        elseif what == markup then
            plain = false
            p = p + 1
        elseif what == beyond_ascii then
            -- U+FFFE and U+FFFF are JSON but not XML.
            if at[p] == 0xef then plain = false end
            p = behind_character(at, p)
            if not p then return nil end
        else
            return nil
        end
    end
end

local function digits_end(at, p)
    if not is_digit[at[p]] then return nil end
    repeat p = p + 1 until not is_digit[at[p]]
    return p
end

local function number_end(at, p)
    if at[p] == 0x2d then p = p + 1 end
    if at[p] == 0x30 then p = p + 1 else p = digits_end(at, p) end
    if p and at[p] == 0x2e then p = digits_end(at, p + 1) end
    if p and (at[p] == 0x65 or at[p] == 0x45) then
        p = p + 1
        if at[p] == 0x2b or at[p] == 0x2d then p = p + 1 end
        p = digits_end(at, p)
    end
    return p
end

local words = { [0x74] = "true", [0x66] = "false", [0x6e] = "null" }

local function word_end(at, p)
    local word = words[at[p]]
    if not word or ffi.string(at + p, #word) ~= word then return nil end
    return p + #word
end

-- Calls writer.open(byte), close(byte), comma(), key(…), text(…) with (at, from, to, plain), and bare(at,
-- from, to) for numbers, true, false and null. Returns true, or nil and where the text is not JSON (RFC 8259).
function json.walk(text, writer)
    local at = ffi.cast("const uint8_t *", text)
    local closing, depth = {}, 0
    local state = "value"
    local p = skip_space(at, 0)
    while true do
        local byte = at[p]
        if state == "value" then
            if byte == 0x22 then
                local to, plain = string_end(at, p + 1)
                if not to then return nil, p end
                writer.text(at, p + 1, to, plain)
                p, state = to + 1, "after"
            elseif byte == 0x7b or byte == 0x5b then
                depth = depth + 1
                if depth > json.deepest then return nil, p end
                closing[depth] = byte + 2
                writer.open(byte)
                p = skip_space(at, p + 1)
                if at[p] == byte + 2 then
                    state = "after"
                else
                    state = byte == 0x7b and "key" or "value"
                end
            else
                local to
                if byte == 0x2d or is_digit[byte] then to = number_end(at, p) else to = word_end(at, p) end
                if not to then return nil, p end
                writer.bare(at, p, to)
                p, state = to, "after"
            end
        elseif state == "key" then
            if byte ~= 0x22 then return nil, p end
            local to = string_end(at, p + 1)
            if not to then return nil, p end
            local colon = skip_space(at, to + 1)
            if at[colon] ~= 0x3a then return nil, colon end
            writer.key(at, p + 1, to)
            p, state = skip_space(at, colon + 1), "value"
        else
            p = skip_space(at, p)
            byte = at[p]
            if depth == 0 then
                if p == #text then return true end
                return nil, p
            elseif byte == 0x2c then
                writer.comma()
                p = skip_space(at, p + 1)
                state = closing[depth] == 0x7d and "key" or "value"
            elseif byte == closing[depth] then
                depth = depth - 1
                writer.close(byte)
                p = p + 1
            else
                return nil, p
            end
        end
    end
end

return json
