package dev.sluice.processors.probabilisticsampler;

/** What a decision rests on: the label {@code policy} of the counters. */
enum Policy {
    TRACE_ID_HASH("trace_id_hash"),
    TRACE_ID_W3C("trace_id_w3c"),
    SAMPLING_RANDOMNESS("sampling_randomness"),
    SAMPLING_PRIORITY("sampling_priority"),
    MISSING_RANDOMNESS("missing_randomness"),
    /** Of Sluice alone: an alert asks for it. */
    BOOST("boost"),
    /** Shown as the name of the attribute. */
    ATTRIBUTE("");

    private final String label;

    Policy(String label) {
        this.label = label;
    }

    String label(String attribute) {
        return this == ATTRIBUTE ? attribute : label;
    }
}
