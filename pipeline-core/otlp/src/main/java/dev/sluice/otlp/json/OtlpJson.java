package dev.sluice.otlp.json;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.Signal;

/** OTLP/JSON (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding") to wire bytes and back, without objects in between. */
public final class OtlpJson {
    private OtlpJson() {}

    /**
     * The request as wire bytes in one slice. As lenient as the Collector: 64-bit numbers as strings or numbers, enums as numbers or
     * names, keys in lowerCamelCase or as in the proto, unknown keys and nulls passed over. Throws {@link MalformedOtlpException}
     * whose message starts with line and column, as in {@code 3:14: ...}.
     */
    public static Bytes decode(Signal signal, Bytes json) {
        return new JsonDecoder(json).decode(JsonSchema.request(signal));
    }

    /**
     * The request as UTF-8 JSON on one line, byte for byte as the Go Collector's marshalers write it. Unknown fields have no JSON form and are
     * left out. Throws {@link MalformedOtlpException} on broken bytes.
     */
    public static byte[] encode(Signal signal, Bytes request) {
        return new JsonEncoder().encode(JsonSchema.request(signal), request);
    }
}
