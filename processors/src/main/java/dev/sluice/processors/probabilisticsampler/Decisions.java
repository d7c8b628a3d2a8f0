package dev.sluice.processors.probabilisticsampler;

import dev.sluice.api.Meters;
import dev.sluice.api.Meters.Counter;
import dev.sluice.otlp.Signal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts decisions: item by item here, then once for each batch in the meters, whose names and labels are the Collector's. */
final class Decisions {
    private final Meters meters;
    private final String name;
    private final String description;
    private final String attribute;
    private final Map<Policy, Tally> tallies = new EnumMap<>(Policy.class);

    Decisions(Signal signal, String attribute, Meters meters) {
        String items = signal == Signal.TRACES ? "traces" : "logs";
        this.meters = meters;
        this.name = "processor_probabilistic_sampler_count_" + items + "_sampled";
        this.description = "Number of decisions on "
                + (signal == Signal.TRACES ? "spans" : "log records")
                + ", by what they rest on and how they came out.";
        this.attribute = attribute;
    }

    void add(Policy policy, boolean sampled) {
        Tally tally = tallies.get(policy);
        if (tally == null) {
            tally = new Tally(policy.label(attribute));
            tallies.put(policy, tally);
        }
        if (sampled) {
            tally.kept++;
        } else {
            tally.dropped++;
        }
    }

    /** Counts what came since the last call; returns how many items of it were kept. */
    int flush() {
        int kept = 0;
        for (Tally tally : tallies.values()) {
            kept += tally.kept;
            tally.flush();
        }
        return kept;
    }

    /** The decisions that rest on the same. */
    private final class Tally {
        private final String label;
        private int kept;
        private int dropped;
        /** Made when first needed: one that never counted is not shown. */
        private @Nullable Counter keptCounter;

        private @Nullable Counter droppedCounter;

        Tally(String label) {
            this.label = label;
        }

        void flush() {
            if (kept > 0) {
                if (keptCounter == null) {
                    keptCounter = counter(true);
                }
                keptCounter.add(kept);
                kept = 0;
            }
            if (dropped > 0) {
                if (droppedCounter == null) {
                    droppedCounter = counter(false);
                }
                droppedCounter.add(dropped);
                dropped = 0;
            }
        }

        private Counter counter(boolean sampled) {
            Map<String, String> labels = Map.of("policy", label, "sampled", Boolean.toString(sampled));
            return meters.counter(name, "1", description, labels);
        }
    }
}
