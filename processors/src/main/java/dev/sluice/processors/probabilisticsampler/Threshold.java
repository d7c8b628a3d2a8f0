package dev.sluice.processors.probabilisticsampler;

import dev.sluice.gotext.GoString;
import dev.sluice.otlp.Wire;
import java.nio.charset.StandardCharsets;

/**
 * Thresholds and randomness of OpenTelemetry's consistent probability sampling: numbers of 56 bits, and their spelling in hex. An
 * item is sampled if its threshold is at most its randomness.
 *
 * <p>Source: OpenTelemetry specification, "TraceState: Probability Sampling"; precision as the Collector's package
 * {@code pkg/sampling} takes it.
 */
final class Threshold {
    /** Samples whatever the randomness. */
    static final long ALWAYS = 0;
    /** Above every randomness: samples nothing. */
    static final long NEVER = 1L << 56;
    /** The greatest randomness: whatever has a threshold below {@link #NEVER} is sampled. */
    static final long MAX_RANDOMNESS = NEVER - 1;

    static final double LEAST_PROBABILITY = 1.0 / NEVER;
    /** What the functions return for a value that is none. */
    static final long NONE = -1;

    static final int DIGITS = 14;

    private static final int DIGIT_BITS = 4;

    private Threshold() {}

    /**
     * The threshold that samples with the probability, with {@code precision} digits behind those that are all 0 or all f; NONE if
     * the probability is not from 2⁻⁵⁶ to 1.
     */
    static long ofProbability(double probability, int precision) {
        if (!(probability >= LEAST_PROBABILITY && probability <= 1)) {
            return NONE;
        }
        if (probability == 1) {
            return ALWAYS;
        }
        int leading = Math.max(exponent(probability) / -DIGIT_BITS, exponent(1 - probability) / -DIGIT_BITS);
        int digits = Math.min(DIGITS, precision + leading);
        long threshold = NEVER - Math.round(probability * NEVER);
        int shift = DIGIT_BITS * (DIGITS - digits);
        if (shift >= Long.SIZE) {
            // A negative precision, which the Collector takes as well, leaves no digit.
            return ALWAYS;
        }
        long half = shift == 0 ? 0 : 1L << (shift - 1);
        return ((threshold + half) >>> shift) << shift;
    }

    static double probability(long threshold) {
        return (double) (NEVER - threshold) / NEVER;
    }

    /** Writes a threshold below {@link #NEVER} without trailing zeros; returns the first position behind. */
    static int write(long threshold, byte[] out, int at) {
        int digits = DIGITS - (threshold == 0 ? DIGITS - 1 : Long.numberOfTrailingZeros(threshold) / DIGIT_BITS);
        return hex(threshold, digits, out, at);
    }

    /** Writes all digits; returns the first position behind. */
    static int writeRandomness(long randomness, byte[] out, int at) {
        return hex(randomness, DIGITS, out, at);
    }

    /** The threshold that the text in the range stands for, or NONE. */
    static long read(byte[] array, int start, int end) {
        int length = end - start;
        return length == 0 || length > DIGITS
                ? NONE
                : shifted(number(array, start, end), DIGIT_BITS * (DIGITS - length));
    }

    /** What is wrong with a text that {@link #read} takes for none, in the Collector's words. */
    static String problem(byte[] array, int start, int end) {
        if (end == start) {
            return "t-value is empty";
        }
        return end - start > DIGITS ? "t-value exceeds 14 hex digits" : numberProblem(array, start, end);
    }

    /** The randomness that the text in the range stands for, or NONE. */
    static long readRandomness(byte[] array, int start, int end) {
        return end - start == DIGITS ? number(array, start, end) : NONE;
    }

    /** What is wrong with a text that {@link #readRandomness} takes for none, in the Collector's words. */
    static String randomnessProblem(byte[] array, int start, int end) {
        return end - start == DIGITS ? numberProblem(array, start, end) : "r-value must have 14 hex digits";
    }

    /** Where the trace id in the range starts; -1 if it is empty or all zeros. */
    static int traceId(byte[] array, int start, int end) {
        boolean present = end - start == 2 * Long.BYTES
                && (Wire.fixed64(array, start) | Wire.fixed64(array, start + Long.BYTES)) != 0;
        return present ? start : -1;
    }

    /** The low 56 bits of the trace id that starts there. */
    static long ofTraceId(byte[] array, int start) {
        return Long.reverseBytes(Wire.fixed64(array, start + Long.BYTES)) & MAX_RANDOMNESS;
    }

    /** The exponent of the value as a fraction from 1/2 to 1. */
    private static int exponent(double value) {
        return Math.getExponent(value) + 1;
    }

    private static int hex(long value, int digits, byte[] out, int at) {
        for (int i = 0; i < digits; i++) {
            int digit = (int) (value >>> (DIGIT_BITS * (DIGITS - 1 - i))) & 0xF;
            out[at + i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
        return at + digits;
    }

    private static long shifted(long value, int shift) {
        return value == NONE ? NONE : value << shift;
    }

    private static long number(byte[] array, int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = Character.digit((char) (array[i] & 0xFF), 16);
            if (digit < 0) {
                return NONE;
            }
            value = value << DIGIT_BITS | digit;
        }
        return value;
    }

    private static String numberProblem(byte[] array, int start, int end) {
        String text = new String(array, start, end - start, StandardCharsets.UTF_8);
        return "strconv.ParseUint: parsing " + GoString.quote(text) + ": invalid syntax";
    }
}
