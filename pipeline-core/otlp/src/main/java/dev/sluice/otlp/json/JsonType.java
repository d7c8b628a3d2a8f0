package dev.sluice.otlp.json;

/** How a field stands in JSON and on the wire. */
enum JsonType {
    STRING,
    /** Base64. */
    BYTES,
    /** 16 bytes as hex. */
    TRACE_ID,
    /** 8 bytes as hex. */
    SPAN_ID,
    BOOL,
    /** Number; varint. */
    UINT32,
    /** Number; fixed32. */
    FIXED32,
    /** Number; zigzag varint. */
    SINT32,
    /** String; varint. */
    UINT64,
    /** String; varint. */
    INT64,
    /** String; fixed64. */
    FIXED64,
    /** String; fixed64. */
    SFIXED64,
    /** Number, or NaN, Infinity and -Infinity as strings; fixed64. */
    DOUBLE,
    /** Number, read by name as well; varint. */
    ENUM,
    MESSAGE
}
