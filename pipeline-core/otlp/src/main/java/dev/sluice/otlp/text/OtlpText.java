package dev.sluice.otlp.text;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.Signal;

/**
 * A request as text, byte for byte as the Go Collector's debug exporter (0.158) prints it. Throws {@link MalformedOtlpException} on
 * broken bytes.
 */
public final class OtlpText {
    private OtlpText() {}

    /** Every field on a line of its own, as with {@code verbosity: detailed}; each line ends with a line feed. */
    public static String detailed(Signal signal, Bytes request) {
        return new DetailedText().of(signal, request);
    }

    /** A line for each resource, scope and item, as with {@code verbosity: normal}; each line ends with a line feed. */
    public static String normal(Signal signal, Bytes request) {
        return new NormalText().of(signal, request);
    }
}
