package dev.sluice.processors.probabilisticsampler;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;

/** The block of a {@code probabilistic_sampler}. */
public record ProbabilisticSamplerConfig(
        @Doc(
                "How the decision is made: `hash_seed` by a hash of the trace id, `proportional` and `equalizing` by the randomness"
                        + " and threshold of OpenTelemetry's consistent sampling. Unset is `hash_seed`.")
        String mode,

        @Doc("The share to pass on, in percent: 0 nothing, 100 and more everything.")
        float samplingPercentage,

        @Doc("Put before what is hashed, as 32 bits: layers of collectors with other seeds decide independently.")
        long hashSeed,

        @Doc(
                "Drop, rather than pass on, what cannot be decided on: its tracestate is malformed, or it has no randomness. A"
                        + " priority still decides.")
        boolean failClosed,

        @Doc("How many hex digits of a threshold to write, 1 to 14.")
        int samplingPrecision,

        @Doc(
                "Logs: what `hash_seed` hashes, `traceID` the trace id and without one `from_attribute`, `record` only that.")
        String attributeSource,

        @Doc("Logs: the attribute to hash.") String fromAttribute,

        @Doc("Logs: the attribute that holds a percentage of its own for the record, as a number.")
        String samplingPriority)
        implements Config {
    static final String TRACE_ID = "traceID";

    private static final String RECORD = "record";
    private static final int MAX_PRECISION = 14;
    private static final long HASH_SEED_MASK = 0xFFFF_FFFFL;

    public static final ProbabilisticSamplerConfig DEFAULT =
            new ProbabilisticSamplerConfig("", 0, 0, true, 4, TRACE_ID, "", "");

    @Override
    public void validate(Problems problems) {
        if (SamplingMode.of(mode) == null) {
            problems.at("mode", "unsupported sampler mode " + GoString.quote(mode));
        }
        validatePercentage(problems);
        if (hashSeed < 0) {
            problems.at("hash_seed", "cannot parse value as 'uint32': " + hashSeed + " overflows uint");
        }
        if (!attributeSource.isEmpty() && !usesTraceId() && !attributeSource.equals(RECORD)) {
            problems.at(
                    "attribute_source",
                    "invalid attribute source: " + attributeSource + ". Expected: " + TRACE_ID + " or " + RECORD);
        }
        if (samplingPrecision == 0) {
            problems.at("sampling_precision", "invalid sampling precision: 0");
        } else if (samplingPrecision > MAX_PRECISION) {
            problems.at(
                    "sampling_precision",
                    "sampling precision is too great, should be <= " + MAX_PRECISION + ": " + samplingPrecision);
        }
    }

    /** An empty source is neither of the two, and so the attribute. */
    boolean usesTraceId() {
        return attributeSource.equals(TRACE_ID);
    }

    /** What the Collector makes of a seed beyond 32 bits: it cuts them off. */
    int seedBits() {
        return (int) (hashSeed & HASH_SEED_MASK);
    }

    private void validatePercentage(Problems problems) {
        double ratio = (double) samplingPercentage / 100;
        String key = "sampling_percentage";
        if (!Float.isFinite(samplingPercentage)) {
            problems.at(key, "sampling rate is invalid: " + GoFloat.fixed(samplingPercentage) + "%");
        } else if (ratio < 0) {
            problems.at(key, "sampling rate is negative: " + GoFloat.fixed(samplingPercentage) + "%");
        } else if (ratio != 0 && ratio < Threshold.LEAST_PROBABILITY) {
            problems.at(key, "sampling rate is too small: " + GoFloat.g(samplingPercentage) + "%");
        }
    }
}
