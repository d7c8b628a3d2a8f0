package dev.sluice.processors.batch;

import dev.sluice.api.Meters;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Meters.Gauge;
import dev.sluice.api.Meters.Histogram;
import java.util.Map;

/** The metrics of a batch processor: names, units and bucket bounds are the Collector's. */
final class BatchMeters {
    private static final double[] SIZES = {
        10, 25, 50, 75, 100, 250, 500, 750, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000, 20000, 30000,
        50000, 100000
    };
    private static final int SMALLEST_BYTES_EXPONENT = 7;
    private static final int LARGEST_BYTES_EXPONENT = 24;

    private final Histogram size;
    private final Histogram bytes;
    private final Counter bySize;
    private final Counter byTimeout;
    private final Counter dropped;
    private final Gauge cardinality;

    BatchMeters(Meters meters) {
        size = meters.histogram(
                "processor_batch_batch_send_size", "{unit}", "Number of units in the batch.", Map.of(), SIZES);
        bytes = meters.histogram(
                "processor_batch_batch_send_size_bytes",
                "By",
                "Number of bytes in a batch that was sent.",
                Map.of(),
                byteBounds());
        bySize = meters.counter(
                "processor_batch_batch_size_trigger_send",
                "{time}",
                "Number of batches sent because they were large enough.",
                Map.of());
        byTimeout = meters.counter(
                "processor_batch_timeout_trigger_send",
                "{time}",
                "Number of batches sent because their time was up.",
                Map.of());
        dropped = meters.counter(
                "processor_batch_dropped_items",
                "{unit}",
                "Number of units that were accepted here and then refused by the next component, and so are lost.",
                Map.of());
        cardinality = meters.gauge(
                "processor_batch_metadata_cardinality",
                "{combination}",
                "Number of combinations of metadata values being gathered separately.",
                Map.of());
    }

    void sent(boolean timedOut, int items, int length) {
        (timedOut ? byTimeout : bySize).add(1);
        size.record(items);
        bytes.record(length);
    }

    void dropped(long items) {
        dropped.add(items);
    }

    void cardinality(int combinations) {
        cardinality.set(combinations);
    }

    private static double[] byteBounds() {
        double[] bounds = new double[LARGEST_BYTES_EXPONENT - SMALLEST_BYTES_EXPONENT + 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = 1 << (SMALLEST_BYTES_EXPONENT + i);
        }
        return bounds;
    }
}
