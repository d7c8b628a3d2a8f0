package dev.sluice.prometheus;

import dev.sluice.otlp.Wire;
import dev.sluice.otlp.view.AttributesView;

/**
 * A 128-bit hash of wire bytes, so wide that equal hashes are taken for equal series. Two lanes of the "multiply and fold" step of
 * wyhash (github.com/wangyi-fudan/wyhash), with a seed that senders do not know.
 */
public final class Fingerprint {
    private static final long LOW_FACTOR = 0xA0761D6478BD642FL;
    private static final long HIGH_FACTOR = 0xE7037ED1A0B428DBL;

    private final long seed;
    private long low;
    private long high;

    public Fingerprint(long seed) {
        this.seed = seed;
        clear();
    }

    public long low() {
        return low;
    }

    public long high() {
        return high;
    }

    public Fingerprint clear() {
        low = seed ^ HIGH_FACTOR;
        high = seed ^ LOW_FACTOR;
        return this;
    }

    public Fingerprint set(Fingerprint other) {
        low = other.low;
        high = other.high;
        return this;
    }

    public Fingerprint add(long word) {
        low = fold(low ^ word, LOW_FACTOR);
        high = fold(high ^ Long.rotateLeft(word, 32), HIGH_FACTOR);
        return this;
    }

    /** The bytes and their number, so that two runs cannot be told apart wrongly. */
    public Fingerprint add(byte[] array, int start, int length) {
        int at = start;
        int end = start + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            add(Wire.fixed64(array, at));
        }
        long rest = length;
        for (; at < end; at++) {
            rest = (rest << 8) | (array[at] & 0xFF);
        }
        return add(rest);
    }

    public Fingerprint add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        return add(text.length());
    }

    /** The attributes in any order: OTLP gives their order no meaning. {@code scratch} is overwritten. */
    public Fingerprint add(AttributesView attributes, Fingerprint scratch) {
        long lowSum = 0;
        long highSum = 0;
        while (attributes.next()) {
            scratch.clear()
                    .add(attributes.array(), attributes.keyStart(), attributes.keyLength())
                    .add(
                            attributes.array(),
                            attributes.value().start(),
                            attributes.value().end() - attributes.value().start());
            lowSum += scratch.low;
            highSum += scratch.high;
        }
        return add(lowSum).add(highSum);
    }

    private static long fold(long word, long factor) {
        return (word * factor) ^ Math.unsignedMultiplyHigh(word, factor) ^ factor;
    }
}
