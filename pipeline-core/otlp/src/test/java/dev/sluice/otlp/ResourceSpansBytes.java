package dev.sluice.otlp;

/** Hand-made requests that the generated classes refuse to make. */
final class ResourceSpansBytes {
    private ResourceSpansBytes() {}

    /** A request of one ResourceSpans with these fields. */
    static byte[] around(byte[] fields) {
        WireWriter writer = new WireWriter(16);
        writer.bytes(1, fields);
        return writer.toByteArray();
    }
}
