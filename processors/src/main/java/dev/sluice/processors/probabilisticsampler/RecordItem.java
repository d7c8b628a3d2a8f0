package dev.sluice.processors.probabilisticsampler;

import dev.sluice.otlp.Wire;
import dev.sluice.otlp.edit.Patch;
import dev.sluice.otlp.view.AnyValueView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A log record: randomness and threshold are attributes; the attributes of its priority and to hash are configured. */
final class RecordItem implements Item {
    private static final int TRACE_ID = 9 << 3 | Wire.LEN;
    private static final int ATTRIBUTE = RecordPatch.ATTRIBUTES << 3 | Wire.LEN;

    /** Which attribute is at an index of the arrays. */
    private static final int THRESHOLD = 0;

    private static final int RANDOMNESS = 1;
    private static final int PRIORITY = 2;
    private static final int SOURCE = 3;

    private final byte[][] keys;
    /** The first attribute of each key, or nothing. */
    private final int[] starts = new int[SOURCE + 1];

    private final int[] ends = new int[SOURCE + 1];
    private final int precision;
    private final AnyValueView value = new AnyValueView();
    private final RecordPatch changes = new RecordPatch();

    private byte[] array = new byte[0];
    private int start;
    private int end;
    private int traceIdStart;
    private long randomness;
    private long threshold;

    RecordItem(ProbabilisticSamplerConfig config) {
        this.keys = new byte[][] {
            RecordPatch.THRESHOLD, RecordPatch.RANDOMNESS, utf8(config.samplingPriority()), utf8(config.fromAttribute())
        };
        this.precision = config.samplingPrecision();
    }

    @Override
    public void reset(byte[] source, int from, int to) {
        array = source;
        start = from;
        end = to;
        traceIdStart = -1;
        Arrays.fill(starts, 0);
        int at = from;
        while (at < to) {
            long prefix = Wire.prefix(source, at, to);
            int tag = Wire.value(prefix);
            at = Wire.position(prefix);
            if ((tag & 7) != Wire.LEN) {
                at = Wire.skip(source, at, to, tag);
                continue;
            }
            long length = Wire.length(source, at, to);
            int body = Wire.position(length);
            at = body + Wire.value(length);
            if (tag == ATTRIBUTE) {
                attribute(body, at);
            } else if (tag == TRACE_ID) {
                traceIdStart = Threshold.traceId(source, body, at);
            }
        }
    }

    @Override
    public @Nullable String read() {
        changes.reset();
        threshold = Threshold.NONE;
        randomness = Threshold.NONE;
        String problem = null;
        if (isText(THRESHOLD)) {
            threshold = Threshold.read(array, textStart(), textEnd());
            if (threshold == Threshold.NONE) {
                problem = Threshold.problem(array, textStart(), textEnd());
            }
        }
        if (isText(RANDOMNESS)) {
            randomness = Threshold.readRandomness(array, textStart(), textEnd());
            if (randomness == Threshold.NONE) {
                String own = Threshold.randomnessProblem(array, textStart(), textEnd());
                problem = problem == null ? own : own + "\n" + problem;
            }
        }
        return problem;
    }

    @Override
    public boolean hasRandomness() {
        return randomness != Threshold.NONE;
    }

    @Override
    public long randomness() {
        return randomness;
    }

    @Override
    public boolean hasThreshold() {
        return threshold != Threshold.NONE;
    }

    @Override
    public long threshold() {
        return threshold;
    }

    @Override
    public void setRandomness(long value, boolean known) {
        if (known) {
            randomness = value;
            changes.randomness(value);
        }
    }

    @Override
    public void clearThreshold() {
        threshold = Threshold.NONE;
        changes.clearThreshold();
    }

    @Override
    public boolean raiseThreshold(long value) {
        if (hasThreshold() && value < threshold) {
            return false;
        }
        changes.threshold(value);
        return true;
    }

    @Override
    public int attributesField() {
        return RecordPatch.ATTRIBUTES;
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
        if (!isPresent(SOURCE)) {
            return Hash.NONE;
        }
        valueOf(SOURCE);
        return switch (value.kind()) {
            case STRING, BYTES -> value.contentLength() == 0 ? Hash.NONE : hash.of(array, textStart(), textEnd());
            case EMPTY, BOOL, INT, DOUBLE, SLICE, MAP -> {
                String text = value.text();
                yield text.isEmpty() ? Hash.NONE : hash.of(text);
            }
        };
    }

    @Override
    public long priority() {
        if (!isPresent(PRIORITY)) {
            return Threshold.NONE;
        }
        valueOf(PRIORITY);
        double percent = switch (value.kind()) {
            case DOUBLE -> value.decimal();
            case INT -> value.integer();
            case EMPTY, STRING, BOOL, SLICE, MAP, BYTES -> 0;
        };
        return Threshold.ofProbability(percent / 100, precision);
    }

    @Override
    public void writeTo(Patch patch) {
        if (isPresent(THRESHOLD) || isPresent(RANDOMNESS)) {
            changes.mergeInto(patch, array, start, end);
        } else {
            changes.appendTo(patch);
        }
    }

    private void attribute(int from, int to) {
        long key = Keys.of(array, from, to);
        int length = Wire.value(key);
        int at = Wire.position(key);
        for (int i = 0; i < keys.length; i++) {
            byte[] wanted = keys[i];
            // Without a name there is nothing to look for.
            if (wanted.length == length
                    && length > 0
                    && !isPresent(i)
                    && Arrays.equals(array, at, at + length, wanted, 0, length)) {
                starts[i] = from;
                ends[i] = to;
            }
        }
    }

    /** A message within a request never starts at 0. */
    private boolean isPresent(int key) {
        return starts[key] != 0;
    }

    /** Whether the attribute is a string and not empty; the value then stands on it. */
    private boolean isText(int key) {
        if (!isPresent(key)) {
            return false;
        }
        valueOf(key);
        return value.kind() == AnyValueView.Kind.STRING && value.contentLength() > 0;
    }

    private void valueOf(int key) {
        long range = Keys.value(array, starts[key], ends[key]);
        value.reset(array, Wire.position(range), Wire.position(range) + Wire.value(range));
    }

    private int textStart() {
        return value.contentStart();
    }

    private int textEnd() {
        return value.contentStart() + value.contentLength();
    }

    private static byte[] utf8(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
