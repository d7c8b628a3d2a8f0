package dev.sluice.api.config;

/** A value that is never printed. {@link #reveal} is the only way to it. */
public record Secret(String reveal) {
    public static final String REDACTED = "[REDACTED]";

    @Override
    public String toString() {
        return REDACTED;
    }
}
