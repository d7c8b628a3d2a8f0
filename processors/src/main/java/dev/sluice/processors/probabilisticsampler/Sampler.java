package dev.sluice.processors.probabilisticsampler;

import dev.sluice.api.Boost;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.edit.ItemEditor;
import dev.sluice.otlp.edit.Patch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Decides on the items of one signal, and writes to those it keeps with what threshold they were kept. For one thread.
 *
 * <p>Decisions, what is written and what is logged are the Collector's (contrib 0.158, probabilisticsamplerprocessor), bit for bit:
 * see {@code e2e/sampler}. It knows no boosts.
 */
final class Sampler {
    private static final String RANDOMNESS_IN_USE =
            "item has sampling randomness, equalizing or proportional mode recommended";
    private static final String THRESHOLD_IN_USE =
            "item has sampling threshold, equalizing or proportional mode recommended";
    private static final String MISSING_RANDOMNESS = "missing randomness";
    private static final String INCONSISTENT_THRESHOLD =
            "inconsistent arriving threshold: item should not have been sampled";
    private static final String RAISED_PROBABILITY = "cannot raise existing sampling probability";

    private static final float BUCKETS_A_PERCENT = Hash.BUCKETS / 100f;

    private final Signal signal;
    private final Item item;
    private final Logger log;
    private final String description;
    private final Decisions decisions;
    private final ItemEditor plain;
    /** The one at work: {@link #plain} but while something is boosted, so that boosts cost nothing where there are none. */
    private ItemEditor editor;

    private final SamplingMode mode;
    private final boolean failClosed;
    /** Nothing is sampled but by priority, or because a failure passes. */
    private final boolean never;

    private final double ratio;
    private final int precision;
    /** Of the modes but PROPORTIONAL. */
    private final long threshold;

    private final Hash hash;
    private final boolean hashesTraceId;

    /** Of the item under decision. */
    private long randomness;

    private Policy policy = Policy.MISSING_RANDOMNESS;

    Sampler(Signal signal, Item item, ProbabilisticSamplerConfig config, Decisions decisions, Logger log) {
        this.signal = signal;
        this.item = item;
        this.log = log;
        this.description = signal == Signal.TRACES ? "traces sampler" : "logs sampler";
        this.decisions = decisions;
        this.plain = new ItemEditor(signal, this::keep);
        this.editor = plain;
        this.mode = Objects.requireNonNull(SamplingMode.of(config.mode()), "a validated mode");
        this.failClosed = config.failClosed();
        this.precision = config.samplingPrecision();
        this.hash = new Hash(config.seedBits());
        this.hashesTraceId = signal == Signal.TRACES || config.usesTraceId();

        float percent = Math.min(config.samplingPercentage(), 100);
        this.ratio = Math.max((double) percent / 100, Threshold.LEAST_PROBABILITY);
        // In single precision and cut off, as it always was.
        int buckets = (int) (percent * BUCKETS_A_PERCENT);
        this.never = percent == 0 || (mode == SamplingMode.HASH_SEED && buckets == 0);
        this.threshold = mode == SamplingMode.HASH_SEED
                ? (long) (Hash.BUCKETS - buckets) << (56 - Hash.BUCKET_BITS)
                : Threshold.ofProbability(ratio, precision);
    }

    /** What is kept of the request; the request itself if that is all of it, unchanged. */
    Bytes sample(Bytes request) {
        return editor.edit(request);
    }

    /** Keeps from now on all that one of the boosts matches. */
    void boost(List<Boost> boosts) {
        if (boosts.isEmpty()) {
            editor = plain;
            return;
        }
        Boosted boosted = new Boosted(boosts, item.attributesField());
        editor = new ItemEditor(
                signal,
                (array, start, end, patch) -> boosted.matches(array, start, end)
                        ? keepBoosted(array, start, end, patch)
                        : keep(array, start, end, patch),
                boosted::resource);
    }

    /**
     * What is kept with certainty has the threshold 0, so that it counts as one; a threshold that it arrives with stays as it is, for what went before still
     * counts. Randomness is written down as without the boost, so that those behind see the same in all spans of a trace.
     */
    private boolean keepBoosted(byte[] array, int start, int end, Patch patch) {
        item.reset(array, start, end);
        String malformed = item.read();
        if (malformed == null && !item.hasThreshold()) {
            if (mode == SamplingMode.HASH_SEED && !item.hasRandomness()) {
                hash();
                if (policy != Policy.MISSING_RANDOMNESS) {
                    item.setRandomness(randomness, true);
                }
            }
            item.raiseThreshold(Threshold.ALWAYS);
            item.writeTo(patch);
        }
        decisions.add(Policy.BOOST, true);
        return true;
    }

    private boolean keep(byte[] array, int start, int end, Patch patch) {
        item.reset(array, start, end);
        String malformed = item.read();
        String problem = malformed;
        boolean writable = malformed == null;
        if (never) {
            randomness = Threshold.MAX_RANDOMNESS;
            policy = Policy.SAMPLING_PRIORITY;
            writable = true;
        } else if (mode == SamplingMode.HASH_SEED) {
            hash();
            if (malformed == null) {
                problem = claimRandomness();
                writable = problem == null;
            }
        } else {
            findRandomness(malformed == null);
        }
        if (problem == null) {
            problem = inconsistency();
        }

        long wanted;
        if (problem == null) {
            wanted = threshold();
        } else {
            report(problem, malformed != null);
            wanted = failClosed ? Threshold.NEVER : Threshold.ALWAYS;
        }
        long priority = item.priority();
        if (priority != Threshold.NONE) {
            wanted = priority;
            policy = Policy.SAMPLING_PRIORITY;
        }
        boolean sampled = wanted <= randomness;
        if (sampled && writable) {
            if (!item.raiseThreshold(wanted)) {
                report(RAISED_PROBABILITY, false);
            }
            item.writeTo(patch);
        }
        decisions.add(policy, sampled);
        return sampled;
    }

    /** Randomness from the trace id, or for logs from an attribute. */
    private void hash() {
        long hashed = Hash.NONE;
        if (hashesTraceId && item.traceIdStart() >= 0) {
            hashed = hash.of(item.array(), item.traceIdStart(), item.traceIdStart() + 2 * Long.BYTES);
            policy = Policy.TRACE_ID_HASH;
        }
        if (hashed == Hash.NONE) {
            hashed = item.attributeHash(hash);
            policy = Policy.ATTRIBUTE;
        }
        if (hashed == Hash.NONE) {
            missRandomness();
        } else {
            randomness = Hash.randomness(hashed);
        }
    }

    /** Writes the hash down as the item's randomness; or says what of consistent sampling is there already, and must not be mixed with it. */
    private @Nullable String claimRandomness() {
        if (item.hasRandomness()) {
            return RANDOMNESS_IN_USE;
        }
        if (item.hasThreshold()) {
            return THRESHOLD_IN_USE;
        }
        item.setRandomness(randomness, policy != Policy.MISSING_RANDOMNESS);
        return null;
    }

    /** Randomness as consistent sampling has it: given, or else the trace id's. */
    private void findRandomness(boolean wellFormed) {
        if (wellFormed && item.hasRandomness()) {
            randomness = item.randomness();
            policy = Policy.SAMPLING_RANDOMNESS;
        } else if (wellFormed && item.traceIdStart() >= 0) {
            randomness = Threshold.ofTraceId(item.array(), item.traceIdStart());
            policy = Policy.TRACE_ID_W3C;
        } else {
            missRandomness();
        }
    }

    private void missRandomness() {
        randomness = Threshold.MAX_RANDOMNESS;
        policy = Policy.MISSING_RANDOMNESS;
    }

    private @Nullable String inconsistency() {
        if (policy == Policy.MISSING_RANDOMNESS) {
            return MISSING_RANDOMNESS;
        }
        if (item.hasThreshold() && item.threshold() > randomness) {
            item.clearThreshold();
            return INCONSISTENT_THRESHOLD;
        }
        return null;
    }

    private long threshold() {
        if (never) {
            return Threshold.NEVER;
        }
        return switch (mode) {
            case HASH_SEED -> threshold;
            case EQUALIZING -> item.hasThreshold() ? Math.max(threshold, item.threshold()) : threshold;
            case PROPORTIONAL -> {
                double arriving = item.hasThreshold() ? Threshold.probability(item.threshold()) : 1;
                long product = Threshold.ofProbability(arriving * ratio, precision);
                yield product == Threshold.NONE ? Threshold.NEVER : product;
            }
        };
    }

    private void report(String problem, boolean malformed) {
        if (malformed) {
            log.atInfo().addKeyValue("error", problem).log(description);
        } else if (log.isDebugEnabled()) {
            log.atDebug().addKeyValue("error", problem).log(description);
        }
    }
}
