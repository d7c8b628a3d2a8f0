package dev.sluice.processors.probabilisticsampler;

import org.jspecify.annotations.Nullable;

/**
 * A tracestate taken apart into randomness ({@code rv}) and threshold ({@code th}) of the member {@code ot}, its other fields, and
 * the members of other vendors; ranges of the input, nothing copied. What is malformed is read as far as the Collector reads it,
 * since in some modes that is written back. One object for all spans of a thread.
 */
final class TraceState {
    /** Room for what {@link #write} makes: at most the input and a threshold and randomness that were not there. */
    static final int MAX_WRITTEN_BYTES = 1024 + 64;

    private static final int MAX_BYTES = 1024;
    /** The Collector counts empty members too, and takes one less than W3C allows. */
    private static final int MAX_MEMBERS = 31;

    private static final int MAX_KEY_BYTES = 256;
    private static final int MAX_TENANT_BYTES = 241;
    private static final int MAX_SYSTEM_BYTES = 14;
    /** Of two bytes and a separator each in a value of 256. */
    private static final int MAX_FIELDS = 86;

    private static final String SIZE = "invalid tracestate size";
    private static final String SYNTAX = "invalid syntax";

    private byte[] array = new byte[0];
    /** Start and end of each member of another vendor. */
    private final int[] members = new int[2 * MAX_MEMBERS];

    private int memberCount;
    /** Start and end of each other field of {@code ot}. */
    private final int[] fields = new int[2 * MAX_FIELDS];

    private int fieldCount;
    private long randomness;
    /** Where it is spelt in the input, or -1 if it was set here. */
    private int randomnessStart;

    private long threshold;
    private int thresholdStart;
    private int thresholdEnd;

    /** As an empty one. */
    void clear() {
        memberCount = 0;
        clearOtel();
    }

    /** Null, or what is wrong, in the Collector's words. */
    @Nullable
    String read(byte[] source, int start, int end) {
        clear();
        array = source;
        if (end - start > MAX_BYTES) {
            return SIZE;
        }
        if (!TraceStateSyntax.isList(source, start, end)) {
            return SYNTAX;
        }
        String problem = null;
        int count = 0;
        int at = start;
        while (at < end) {
            if (++count > MAX_MEMBERS) {
                return SIZE;
            }
            int next = TraceStateSyntax.indexOf(source, at, end, ',');
            int from = TraceStateSyntax.trimStart(source, at, next);
            int to = TraceStateSyntax.trimEnd(source, from, next);
            if (from < to) {
                problem = and(problem, member(from, to));
            }
            at = next + 1;
        }
        return problem;
    }

    boolean hasRandomness() {
        return randomness != Threshold.NONE;
    }

    long randomness() {
        return randomness;
    }

    void randomness(long value) {
        randomness = value;
        randomnessStart = -1;
    }

    boolean hasThreshold() {
        return threshold != Threshold.NONE;
    }

    long threshold() {
        return threshold;
    }

    /** Sets it, or removes it if NONE. */
    void threshold(long value) {
        threshold = value;
        thresholdStart = -1;
    }

    /** Writes it as the Collector does: {@code ot} first, in it {@code rv} and {@code th} first. Returns the length. */
    int write(byte[] out) {
        int at = 0;
        if (hasRandomness() || hasThreshold() || fieldCount > 0) {
            out[0] = 'o';
            out[1] = 't';
            out[2] = '=';
            at = writeOtel(out, 3);
        }
        for (int i = 0; i < memberCount; i++) {
            at = copy(members, i, at == 0 ? 0 : ',', out, at);
        }
        return at;
    }

    private int writeOtel(byte[] out, int start) {
        int at = start;
        if (hasRandomness()) {
            at = key('r', 'v', out, at);
            at = randomnessStart < 0
                    ? Threshold.writeRandomness(randomness, out, at)
                    : copy(randomnessStart, randomnessStart + Threshold.DIGITS, out, at);
        }
        if (hasThreshold()) {
            at = separate(at > start ? ';' : 0, out, at);
            at = key('t', 'h', out, at);
            at = thresholdStart < 0 ? Threshold.write(threshold, out, at) : copy(thresholdStart, thresholdEnd, out, at);
        }
        for (int i = 0; i < fieldCount; i++) {
            at = copy(fields, i, at > start ? ';' : 0, out, at);
        }
        return at;
    }

    private @Nullable String member(int start, int end) {
        int equals = TraceStateSyntax.indexOf(array, start, end, '=');
        int at = TraceStateSyntax.indexOf(array, start, equals, '@');
        if (equals - start > MAX_KEY_BYTES
                || (at < equals && (at - start > MAX_TENANT_BYTES || equals - at - 1 > MAX_SYSTEM_BYTES))) {
            return SIZE;
        }
        if (equals - start == 2 && array[start] == 'o' && array[start + 1] == 't') {
            return otel(equals + 1, end);
        }
        members[2 * memberCount] = start;
        members[2 * memberCount + 1] = end;
        memberCount++;
        return null;
    }

    /** The value of {@code ot}; a second one replaces the first. */
    private @Nullable String otel(int start, int end) {
        clearOtel();
        if (!TraceStateSyntax.isOtelValue(array, start, end)) {
            return SYNTAX;
        }
        String problem = null;
        int at = start;
        while (at < end) {
            int next = TraceStateSyntax.indexOf(array, at, end, ';');
            problem = and(problem, field(at, next));
            at = next + 1;
        }
        return problem;
    }

    private @Nullable String field(int start, int end) {
        int colon = TraceStateSyntax.indexOf(array, start, end, ':');
        int value = colon + 1;
        if (colon - start == 2 && array[start] == 'r' && array[start + 1] == 'v') {
            randomness = Threshold.readRandomness(array, value, end);
            randomnessStart = value;
            return hasRandomness() ? null : Threshold.randomnessProblem(array, value, end);
        }
        if (colon - start == 2 && array[start] == 't' && array[start + 1] == 'h') {
            threshold = Threshold.read(array, value, end);
            thresholdStart = value;
            thresholdEnd = end;
            return hasThreshold() ? null : Threshold.problem(array, value, end);
        }
        fields[2 * fieldCount] = start;
        fields[2 * fieldCount + 1] = end;
        fieldCount++;
        return null;
    }

    private void clearOtel() {
        fieldCount = 0;
        randomness = Threshold.NONE;
        threshold = Threshold.NONE;
    }

    private static @Nullable String and(@Nullable String first, @Nullable String second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first + "; " + second;
    }

    private static int key(char first, char second, byte[] out, int at) {
        out[at] = (byte) first;
        out[at + 1] = (byte) second;
        out[at + 2] = ':';
        return at + 3;
    }

    private int copy(int[] ranges, int i, int separator, byte[] out, int at) {
        return copy(ranges[2 * i], ranges[2 * i + 1], out, separate(separator, out, at));
    }

    private int copy(int start, int end, byte[] out, int at) {
        System.arraycopy(array, start, out, at, end - start);
        return at + end - start;
    }

    /** Nothing if the separator is 0. */
    private static int separate(int separator, byte[] out, int at) {
        if (separator == 0) {
            return at;
        }
        out[at] = (byte) separator;
        return at + 1;
    }
}
