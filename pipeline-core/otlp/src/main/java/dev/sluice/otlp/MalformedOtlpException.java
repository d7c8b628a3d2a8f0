package dev.sluice.otlp;

/** Bytes that are not a well-formed OTLP request: the only exception that reading the wire or OTLP/JSON throws. */
public final class MalformedOtlpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedOtlpException(String message) {
        // No stack trace: hostile input must not be able to buy CPU with it.
        super(message, null, false, false);
    }
}
