package dev.sluice.otlp.edit;

/** What to do with a span, data point or log record, for rules that read its bytes themselves. */
@FunctionalInterface
public interface ItemRule {
    /** Whether the item, the message in the range, stays; what {@code patch} holds then is changed in it. */
    boolean keep(byte[] array, int start, int end, Patch patch);
}
