package dev.sluice.processors.probabilisticsampler;

import dev.sluice.gotext.GoFloat;
import dev.sluice.otlp.Wire;
import dev.sluice.otlp.edit.Patch;
import dev.sluice.otlp.view.AnyValueView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A span: randomness and threshold are in its tracestate, its priority is the attribute {@code sampling.priority}. */
final class SpanItem implements Item {
    private static final byte[] PRIORITY = "sampling.priority".getBytes(StandardCharsets.UTF_8);

    private static final int TRACE_ID = 1 << 3 | Wire.LEN;
    private static final int TRACE_STATE_FIELD = 3;
    private static final int TRACE_STATE = TRACE_STATE_FIELD << 3 | Wire.LEN;
    private static final int ATTRIBUTES = 9;
    private static final int ATTRIBUTE = ATTRIBUTES << 3 | Wire.LEN;

    private byte[] array = new byte[0];
    private int traceIdStart;
    private int traceStateStart;
    private int traceStateEnd;
    /** The first attribute of that key, or nothing. */
    private int priorityStart;

    private int priorityEnd;
    private final TraceState traceState = new TraceState();
    private final AnyValueView value = new AnyValueView();
    private final byte[] written = new byte[TraceState.MAX_WRITTEN_BYTES];

    @Override
    public void reset(byte[] source, int start, int end) {
        array = source;
        int traceId = -1;
        int stateStart = 0;
        int stateEnd = 0;
        int priority = 0;
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(source, at, end);
            int tag = Wire.value(prefix);
            at = Wire.position(prefix);
            if ((tag & 7) != Wire.LEN) {
                at = Wire.skip(source, at, end, tag);
                continue;
            }
            long length = Wire.length(source, at, end);
            int from = Wire.position(length);
            at = from + Wire.value(length);
            switch (tag) {
                case TRACE_ID -> traceId = Threshold.traceId(source, from, at);
                case TRACE_STATE -> {
                    stateStart = from;
                    stateEnd = at;
                }
                case ATTRIBUTE -> {
                    if (priority == 0 && isPriority(source, from, at)) {
                        priority = from;
                        priorityEnd = at;
                    }
                }
                default -> {}
            }
        }
        traceIdStart = traceId;
        traceStateStart = stateStart;
        traceStateEnd = stateEnd;
        // A message within a request never starts at 0.
        priorityStart = priority;
    }

    @Override
    public @Nullable String read() {
        if (traceStateStart == traceStateEnd) {
            traceState.clear();
            return null;
        }
        return traceState.read(array, traceStateStart, traceStateEnd);
    }

    @Override
    public boolean hasRandomness() {
        return traceState.hasRandomness();
    }

    @Override
    public long randomness() {
        return traceState.randomness();
    }

    @Override
    public boolean hasThreshold() {
        return traceState.hasThreshold();
    }

    @Override
    public long threshold() {
        return traceState.threshold();
    }

    @Override
    public void setRandomness(long randomness, boolean known) {
        traceState.randomness(randomness);
    }

    @Override
    public void clearThreshold() {
        traceState.threshold(Threshold.NONE);
    }

    @Override
    public boolean raiseThreshold(long threshold) {
        if (traceState.hasThreshold() && traceState.threshold() > threshold) {
            return false;
        }
        traceState.threshold(threshold);
        return true;
    }

    @Override
    public int attributesField() {
        return ATTRIBUTES;
    }

    @Override
    public byte[] array() {
        return array;
    }

    @Override
    public int traceIdStart() {
        return traceIdStart;
    }

    @Override
    public long attributeHash(Hash hash) {
        return Hash.NONE;
    }

    @Override
    public long priority() {
        if (priorityStart == 0) {
            return Threshold.NONE;
        }
        long range = Keys.value(array, priorityStart, priorityEnd);
        value.reset(array, Wire.position(range), Wire.position(range) + Wire.value(range));
        double priority = switch (value.kind()) {
            case INT -> value.integer();
            case DOUBLE -> value.decimal();
            case STRING -> Objects.requireNonNullElse(GoFloat.parse(value.string()), Double.NaN);
            case EMPTY, BOOL, SLICE, MAP, BYTES -> Double.NaN;
        };
        if (priority == 0) {
            return Threshold.NEVER;
        }
        return priority > 0 ? Threshold.ALWAYS : Threshold.NONE;
    }

    @Override
    public void writeTo(Patch patch) {
        int length = traceState.write(written);
        if (Arrays.equals(written, 0, length, array, traceStateStart, traceStateEnd)) {
            return;
        }
        if (traceStateStart == traceStateEnd) {
            // Nothing, or an empty one: the last one counts.
            patch.added().bytes(TRACE_STATE_FIELD, written, 0, length);
        } else {
            patch.set(TRACE_STATE_FIELD, written, 0, length);
        }
    }

    private static boolean isPriority(byte[] array, int start, int end) {
        long key = Keys.of(array, start, end);
        int at = Wire.position(key);
        return Wire.value(key) == PRIORITY.length
                && Arrays.equals(array, at, at + PRIORITY.length, PRIORITY, 0, PRIORITY.length);
    }
}
