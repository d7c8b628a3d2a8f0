package dev.sluice.receivers.jvm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** How long garbage collections took since the start, by what they were. For one thread. */
final class GcDurations {
    /** The bounds of the semantic conventions, in seconds. */
    static final double[] BOUNDS = {0.01, 0.1, 1, 10};

    private final Map<Collection, Histogram> histograms = new LinkedHashMap<>();

    /** What was collected, by what action, and why; {@code cause} is empty where causes are not told apart. */
    record Collection(String name, String action, String cause) {}

    /** Counts in each bucket, the last one without an upper bound. */
    static final class Histogram {
        private final long[] counts = new long[BOUNDS.length + 1];
        private long count;
        private double sum;
        private double least = Double.MAX_VALUE;
        private double greatest;

        long[] counts() {
            return counts.clone();
        }

        long count() {
            return count;
        }

        double sum() {
            return sum;
        }

        double least() {
            return least;
        }

        double greatest() {
            return greatest;
        }

        private void add(double seconds) {
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket]++;
            count++;
            sum += seconds;
            least = Math.min(least, seconds);
            greatest = Math.max(greatest, seconds);
        }
    }

    void add(Collection collection, double seconds) {
        histograms.computeIfAbsent(collection, _ -> new Histogram()).add(seconds);
    }

    boolean isEmpty() {
        return histograms.isEmpty();
    }

    void forEach(BiConsumer<Collection, Histogram> action) {
        histograms.forEach(action);
    }
}
