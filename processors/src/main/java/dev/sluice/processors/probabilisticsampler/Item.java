package dev.sluice.processors.probabilisticsampler;

import dev.sluice.otlp.edit.Patch;
import org.jspecify.annotations.Nullable;

/** A span or log record under decision: what it carries, and what to write to it if it stays. One object, set to each in turn. */
sealed interface Item permits SpanItem, RecordItem {
    /** Stands on the message in the range. */
    void reset(byte[] array, int start, int end);

    /** Reads randomness and threshold: null, or what is wrong with them, in the Collector's words. Comes before the rest. */
    @Nullable
    String read();

    boolean hasRandomness();

    long randomness();

    boolean hasThreshold();

    long threshold();

    /** Writes randomness that the item did not bring; {@code known} unless it stands for some that could not be found. */
    void setRandomness(long randomness, boolean known);

    /** Takes the threshold away, which the randomness belies. */
    void clearThreshold();

    /** Writes the threshold; false, and nothing, if that would raise the probability that the item brought. */
    boolean raiseThreshold(long threshold);

    /** The number of the field that holds the attributes. */
    int attributesField();

    byte[] array();

    /** Where the 16 bytes of the trace id are, or -1 without one; all zeros are none. */
    int traceIdStart();

    /** The hash of the attribute to decide by, or {@link Hash#NONE} without one. */
    long attributeHash(Hash hash);

    /** The threshold that the item's priority asks for, or {@link Threshold#NONE} without one. */
    long priority();

    /** What has been set, as changes to the message. */
    void writeTo(Patch patch);
}
